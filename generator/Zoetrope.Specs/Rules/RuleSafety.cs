using System.Globalization;
using Zoetrope.Specs.Json;
using Zoetrope.Specs.Model;

namespace Zoetrope.Specs.Rules;

/// <summary>
/// Decides whether a rule can be enforced: it must agree with the schema, hold for every default and example of the document, and not be taken back. What is
/// enforced here keeps a request from being sent.
/// </summary>
internal sealed class RuleSafety(RuleObject owner, Func<IReadOnlyList<JsonNode>> examples)
{
    private const string SchemaDiffers = "the schema has another limit";

    private const TakenBack Beyond = Rules.TakenBack.Excess | Rules.TakenBack.Shortfall;

    private const decimal Largest = 1_000_000_000_000;
    private const decimal LargestArea = Largest * 1_000_000;
    private const decimal LargestOfFile = 1_000_000;

    private readonly Lazy<IReadOnlyList<JsonNode>> _examples = new(examples);

    /// <summary>The sentences that may take rules back.</summary>
    public RuleTakeBacks TakeBacks { get; } = new(owner);

    /// <summary>Why the rule cannot be enforced; null where it can. A rule that is partly taken back becomes a laxer one.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="stating">The member that has the sentence.</param>
    /// <param name="isAdvice">Whether a request that breaks it is only warned about.</param>
    public string? Problem(ref ParameterRule rule, RuleMember stating, bool isAdvice)
    {
        var names = rule.Parameters.Concat(rule.When.Concat(rule.Then).Select(condition => condition.Parameter));
        if (rule.Owner is { } holder)
            names = [holder];
        var members = names.Distinct().Select(owner.Find).OfType<RuleMember>().ToList();
        rule = rule with
        {
            Defaults = members.Where(member => member.Default is not null)
                .Select(member => new NamedText(member.Name, member.Default!.Json)).ToEquatableArray(),
            Unset = members.Where(member => member.IsEnum).SelectMany(member => member.Values.Where(RuleValues.IsUnset)
                .Select(value => new NamedText(member.Name, JsonStrings.Quote(value)))).ToEquatableArray(),
            IsRequired = members[0].IsRequired,
        };
        if (!IsPlausible(rule))
            return "the number is not plausible as a limit of a request";
        return TakenBack(ref rule, [.. members.Prepend(stating).Distinct()], isAdvice) ?? AlwaysGiven(rule, members)
            ?? SchemaProblem(rule, members[0]) ?? ExampleProblem(rule, members);
    }

    /// <summary>Whether the schema says the same already.</summary>
    public bool IsInSchema(ParameterRule rule)
    {
        if (rule.Parameters.Count == 0 || owner.Find(rule.Parameters[0]) is not { Forms: { Count: 1 } forms } || !rule.IsLimit || rule.When.Count > 0)
            return false;
        // Where the values are listed, and all within, the words add nothing.
        if (rule.Kind == ParameterRuleKind.Value && forms[0].Enum.Count > 0)
            return true;
        var (min, max, multiple) = Limits(rule.Kind, forms[0]);
        return (rule.Range.Minimum is null || rule.Range.Minimum == min) && (rule.Range.Maximum is null || rule.Range.Maximum == max)
            && (rule.Range.MultipleOf is null || (rule.Range.MultipleOf == multiple && rule.Range.Remainder == 0));
    }

    /// <summary>Whether every number can be a limit: with greater ones no request is compared, and their products are not numbers.</summary>
    private static bool IsPlausible(ParameterRule rule)
    {
        var ranges = rule.When.Concat(rule.Then).Select(condition => condition.Range).Prepend(rule.Range);
        var largest = rule.Kind == ParameterRuleKind.Area ? LargestArea : Largest;
        if (ranges.Any(range => Math.Abs(range.Minimum ?? 0) > largest || Math.Abs(range.Maximum ?? 0) > largest || range.MultipleOf > Largest))
            return false;
        return rule.File is not { } file
            || new[] { file.MinDuration, file.MaxDuration, file.MinFrameRate, file.MaxFrameRate, file.MinAspectRatio, file.MaxAspectRatio }
                .All(text => text is null || Decimal(text) is >= 0 and <= LargestOfFile);
    }

    private string? TakenBack(ref ParameterRule rule, List<RuleMember> members, bool isAdvice)
    {
        // More than soft words say may always be taken.
        var text = TakeBacks.Find(rule, members, TakesBack(rule) & ~(isAdvice ? Beyond : Rules.TakenBack.Nothing));
        if (rule.Kind == ParameterRuleKind.ExactlyOne && rule.Owner is null)
        {
            if (text is not null)
                rule = rule with { Kind = ParameterRuleKind.AtLeastOne };
            text = TakeBacks.Find(rule, members, Rules.TakenBack.Presence);
        }
        return text is null ? null : "it is taken back by: " + text;
    }

    /// <summary>What takes rules of a kind back.</summary>
    private static TakenBack TakesBack(ParameterRule rule) => rule.Kind switch
    {
        ParameterRuleKind.AtLeastOne or ParameterRuleKind.RequiredWhen => Rules.TakenBack.Presence,
        ParameterRuleKind.ExactlyOne or ParameterRuleKind.Excludes => Rules.TakenBack.Pairs,
        ParameterRuleKind.Requires or ParameterRuleKind.AllOrNone or ParameterRuleKind.AllItemsWith => Rules.TakenBack.Pairs | Rules.TakenBack.Presence,
        ParameterRuleKind.IfThen or ParameterRuleKind.Compare => Rules.TakenBack.Pairs | Rules.TakenBack.Limits | Rules.TakenBack.OtherLimits,
        ParameterRuleKind.SameCount => Rules.TakenBack.Pairs | Rules.TakenBack.Limits | Rules.TakenBack.OtherLimits | Rules.TakenBack.Counts,
        ParameterRuleKind.Sum => Rules.TakenBack.Limits | Rules.TakenBack.OtherLimits,
        // What becomes of a file that is too large or too much says nothing of its format.
        ParameterRuleKind.File when rule.File is { Formats.Count: > 0 } => Rules.TakenBack.OtherLimits,
        _ => Rules.TakenBack.Limits | Rules.TakenBack.OtherLimits | (HasMinimum(rule) ? Beyond : Rules.TakenBack.Excess),
    };

    private static bool HasMinimum(ParameterRule rule)
    {
        if (rule.Range.Minimum is not null || rule.Range.MultipleOf is not null)
            return true;
        return rule.File is { } file
            && ((file.MinDuration ?? file.MinFrameRate ?? file.MinAspectRatio) is not null || (file.MinWidth ?? file.MinHeight) is not null);
    }

    private static string? AlwaysGiven(ParameterRule rule, List<RuleMember> members)
    {
        if (rule.Kind is not (ParameterRuleKind.AtLeastOne or ParameterRuleKind.ExactlyOne or ParameterRuleKind.AllOrNone) || rule.Owner is not null)
            return null;
        if (members.Find(member => member.HasDefault) is { } preset)
            return $"'{preset.Name}' has a default, so it is never missing";
        return members.Find(member => member.IsRequired) is { } required ? $"'{required.Name}' is always required" : null;
    }

    private static string? SchemaProblem(ParameterRule rule, RuleMember member)
    {
        if (rule.Kind == ParameterRuleKind.File)
            return FileProblem(rule.File!, member);
        if (rule.IsLimit && rule.When.Count == 0)
            return member.Forms.Count == 1 ? LimitProblem(rule, member.Forms[0]) : "the value has several forms";
        if (rule.Kind != ParameterRuleKind.Sides || member.Sides is not { } sides)
            return null;
        foreach (var side in sides.Properties.Where(side => side.Name is "width" or "height"))
        {
            if (rule.Range.Maximum < Decimal(side.Schema.Minimum) || rule.Range.Minimum > Decimal(side.Schema.Maximum))
                return SchemaDiffers;
        }
        return null;
    }

    private static string? LimitProblem(ParameterRule rule, Schema form)
    {
        var (min, max, multiple) = Limits(rule.Kind, form);
        var range = rule.Range;
        var differs = Differ(range.Minimum, min) || Differ(range.Maximum, max) || Differ(range.MultipleOf, multiple);
        if (differs || range.Maximum < min || range.Minimum > max)
            return SchemaDiffers;
        return rule.Kind == ParameterRuleKind.Value && form.Enum.Any(value => Decimal(value.Text) is { } one && !range.Contains(one))
            ? "a value of its enum is outside"
            : null;
    }

    private static (decimal? Min, decimal? Max, decimal? Multiple) Limits(ParameterRuleKind kind, Schema form) => kind switch
    {
        ParameterRuleKind.Value => (Decimal(form.Minimum), Decimal(form.Maximum), Decimal(form.MultipleOf)),
        ParameterRuleKind.Length => (form.MinLength is > 0 ? form.MinLength : null, form.MaxLength, null),
        ParameterRuleKind.Count => (form.MinItems is > 0 ? form.MinItems : null, form.MaxItems, null),
        _ => (form.Items?.MinLength is > 0 ? form.Items.MinLength : null, form.Items?.MaxLength, null),
    };

    private static string? FileProblem(FileLimits words, RuleMember member)
    {
        if ((member.Resolved.File ?? member.Resolved.Items?.File) is not { } schema)
            return null;
        var differs = Differ(words.MaxFileSize, schema.MaxFileSize) || Differ(words.MinWidth, schema.MinWidth) || Differ(words.MaxWidth, schema.MaxWidth)
            || Differ(words.MinHeight, schema.MinHeight) || Differ(words.MaxHeight, schema.MaxHeight)
            || Differ(Decimal(words.MinDuration), Decimal(schema.MinDuration)) || Differ(Decimal(words.MaxDuration), Decimal(schema.MaxDuration))
            || Differ(Decimal(words.MinFrameRate), Decimal(schema.MinFrameRate)) || Differ(Decimal(words.MaxFrameRate), Decimal(schema.MaxFrameRate))
            || Differ(Decimal(words.MinAspectRatio), Decimal(schema.MinAspectRatio)) || Differ(Decimal(words.MaxAspectRatio), Decimal(schema.MaxAspectRatio));
        return differs ? SchemaDiffers : null;
    }

    /// <summary>Whether both say something, and not the same.</summary>
    private static bool Differ<T>(T? one, T? other)
        where T : struct, IEquatable<T> => one is { } first && other is { } second && !first.Equals(second);

    private string? ExampleProblem(ParameterRule rule, List<RuleMember> members)
    {
        var isPresence = rule.Kind is ParameterRuleKind.ExactlyOne or ParameterRuleKind.AtLeastOne or ParameterRuleKind.RequiredWhen
            or ParameterRuleKind.Requires or ParameterRuleKind.AllOrNone;
        foreach (var example in _examples.Value)
        {
            // An example of the required members alone is made from the list of these, and need not be a valid request.
            if (!(isPresence && HasRequiredOnly(example)) && RuleEvaluator.IsBroken(rule, example))
                return "an example of the document breaks it";
        }
        if (isPresence && rule.Owner is null)
            return null;
        if (RuleEvaluator.IsBroken(rule, WithDefaults(members).Root))
            return "the defaults of the document break it";
        if (rule.File is { Formats.Count: > 0 } && members[0] is var file
            && _examples.Value.Select(example => example[file.Name]).Concat(file.Shown.Select(shown => JsonTree.Parse(shown.Json).Root))
                .Any(value => RuleFormats.IsOther(value, rule.File.Formats)))
            return "a file that the document shows has another format";
        // Every value that the document shows of a member, with the defaults of the others.
        foreach (var member in members)
        {
            foreach (var shown in member.Shown)
            {
                if (rule.Kind != ParameterRuleKind.Excludes && RuleEvaluator.IsBroken(rule, WithDefaults(members, member, shown).Root))
                    return $"{(shown.Equals(member.Default) ? "the default" : "an example")} of '{member.Name}' breaks it";
            }
        }
        return null;
    }

    private bool HasRequiredOnly(JsonNode example)
    {
        foreach (var member in example)
        {
            if (owner.Find(member.Name) is not { IsRequired: true })
                return false;
        }
        return true;
    }

    /// <summary>An object with the defaults of the members that a rule is about, one of them perhaps with another value.</summary>
    private static JsonTree WithDefaults(List<RuleMember> members, RuleMember? other = null, JsonLiteral? value = null) => JsonTree.Parse(
        "{" + string.Join(",", members.Where(one => one.Default is not null && one != other).Select(Pair)
            .Concat(other is null ? [] : [JsonStrings.Quote(other.Name) + ":" + value!.Json])) + "}");

    private static string Pair(RuleMember member) => JsonStrings.Quote(member.Name) + ":" + member.Default!.Json;

    private static decimal? Decimal(string? text) =>
        decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;
}
