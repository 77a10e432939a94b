using Zoetrope.Specs.Model;

namespace Zoetrope.Specs.Rules;

/// <content>What a value of one member asks of another.</content>
public static partial class RuleForms
{
    private static RuleForm[] OfValues =>
    [
        new("a value limits values", "{value:x} [{words:noun}] (are|is) (limited|restricted) to {values:list} [seconds|second|s] "
            + "[videos|video|resolution]",
            static f => Limited(f),
            On("duration", "1080p videos are limited to 5 or 8 seconds", "if resolution in 1080p then duration in 5|8"),
            On("duration", "1080p videos are limited to 8 seconds", "if resolution in 1080p then duration in 5|8"),
            On("end", "1080p videos are limited to 8 seconds", "if resolution in 1080p then end <= 8"),
            On("resolution", "1080p is limited to 5 and 8 second videos.", "if resolution in 1080p then duration in 5|8"),
            On("duration", "10 second videos are limited to 720p resolution.", "if duration in 10 then resolution in 720p")),
        new("longer only with",
            "[durations|values] (longer|greater|higher|larger|more) than {n} [seconds|s] ... [are|is] only (supported|available|allowed) (with|at|for) "
            + "{values:first} [fps|resolution|seconds] [and {values:second} [fps|resolution|seconds]]",
            OnlyWith,
            On("duration", "Durations longer than 5 seconds (8, 10) are only supported with 25 FPS and 1080p resolution.",
                "if duration > 5 then fps in 25 and resolution in 1080p"))
        { HasCondition = true },
        new("supported where", "[is|are] only (supported|allowed) (when|if|where) {name:a} is {value:x}",
            static f => f.Is(f.Member("a"), [f.Text("x")]) is { } then ? IfThen(f, [RuleFinding.Given(f.Self)], [then]) : null,
            On("elements", "Element binding is only supported when mode is 'pro'.", "if elements given then mode in pro"))
        { HasCondition = true, IsSoft = true },
        new("with a value, must be a value", "(when|if|where|for) {name:a} (is|=|==|is set to|equals) {value:x} , {name:b} MUST be {values:list}",
            static f => !IsAboutPresence(f) && f.Member("b") is { } b && f.Is(f.Member("a"), [f.Text("x")]) is { } condition
                && f.Is(b, Values(f, "list")) is { } then ? IfThen(f, [condition], [then]) : null,
            On("resolution", "When resolution is 1080p, duration must be 5 or 8.", "if resolution in 1080p then duration in 5|8"))
        { HasCondition = true },
        new("must be a value where another has one",
            "MUST be {values:list} [seconds|s] (when|if|where) {name:a} (is|=|==|is set to|equals) {value:x}",
            static f => !IsAboutPresence(f) && f.Is(f.Member("a"), [f.Text("x")]) is { } condition && f.Is(f.Self, Values(f, "list")) is { } then
                ? IfThen(f, [condition], [then])
                : null,
            On("duration", "Must be 8 seconds when resolution is 1080p.", "if resolution in 1080p then duration in 8"))
        { HasCondition = true },
        new("a value requires a value", "{value:x} requires [a|an] {name:b} of {values:list} [seconds|s]",
            static f => Spell(f, "x") is { } on && f.Member("b") is { } b && on != b && f.Is(on, [f.Text("x")]) is { } when
                && f.Is(b, Values(f, "list")) is { } then ? IfThen(f, [when], [then]) : null,
            On("resolution", "1080p requires a duration of 8 seconds.", "if resolution in 1080p then duration in 8")),
        new("values not supported with", "{value:x} [{words:noun}] (is|are) not (supported|available|allowed) (for|with|at|in) {value:y} [{words:noun2}]",
            NotWith,
            On("duration", "10 seconds videos are not supported for 1080p resolution.", "if resolution in 1080p then duration not in 10"),
            On("duration", "10s videos are not supported for 1080p.", "if resolution in 1080p then duration not in 10")),
        new("a value only with values",
            "{value:x} [{words:noun}] (is|are) only (supported|available|allowed) (for|with|at|in) {values:list} [second|seconds|s] [videos|video|"
            + "duration|durations|resolution]",
            OnlyFor,
            On("resolution", "1080p is only available for 5 second videos.", "if resolution in 1080p then duration in 5")),
        new("only values for a value",
            "only {values:list} [second|seconds|s] [videos|video] (is|are) (supported|available|allowed) (for|with|at|in) {value:x} [{words:noun}]",
            OnlyFor,
            On("duration", "Only 5 and 8 seconds are supported for 1080p.", "if resolution in 1080p then duration in 5|8")),
        new("a value only supports values", "{value:x} [{words:noun}] only supports {values:list} [second|seconds|s] [videos|video]",
            OnlyFor,
            On("resolution", "1080p only supports 5 seconds.", "if resolution in 1080p then duration in 5")),
    ];

    private static ParameterRule? IfThen(RuleFinding f, RuleCondition[] when, RuleCondition[] then) =>
        when.Any(one => then.Any(other => other.Parameter == one.Parameter))
            ? f.No("it compares a member with itself")
            : f.Rule(ParameterRuleKind.IfThen, f.Self) with { When = new(when), Then = new(then) };

    private static ParameterRule? Limited(RuleFinding f)
    {
        if (Spell(f, "x") is not { } on)
            return f.No($"no member has the value '{f.Text("x")}'");
        if (f.Is(on, [f.Text("x")]) is not { } when)
            return null;
        var values = Values(f, "list").ToList();
        // At the member of the value, the only one that has all of the others.
        if (on == f.Self)
        {
            var others = f.Object.Members.Where(member => member != on && values.TrueForAll(value => Has(member, value))).ToList();
            return others.Count != 1 || (values.Count == 1 && RuleValues.Number(values[0]) is not null) ? f.No("it does not name the values of two members")
                : f.Is(others[0], values) is { } condition ? IfThen(f, [when], [condition]) : null;
        }
        // One number is the greatest: "limited to 6 seconds".
        if (values.Count == 1 && RuleValues.Number(values[0]) is { } most)
            return AtMost(f, most) is { } limited ? IfThen(f, [when], [limited]) : null;
        return f.Is(f.Self, values) is { } then ? IfThen(f, [when], [then]) : null;
    }

    /// <summary>The condition that this member is a number up to a limit, or one of its values up to there.</summary>
    private static RuleCondition? AtMost(RuleFinding f, decimal most)
    {
        if (f.Self.IsEnum)
        {
            var values = f.Self.Values.ToList();
            return values.Exists(value => NumberOf(value) == most) && values.TrueForAll(value => NumberOf(value) is not null)
                ? f.Is(f.Self, values.FindAll(value => NumberOf(value) <= most))
                : f.Is(f.Self, f.Captures["list"].Select(token => token.Text));
        }
        if (f.Self.IsNumber)
            return new(f.Self.Name) { Range = new() { Maximum = most }, Default = f.Self.Default?.Text };
        f.No($"'{f.Self.Name}' is not a number");
        return null;
    }

    /// <summary>The number of a listed value, which may have its unit: "5s".</summary>
    private static decimal? NumberOf(string value) => RuleValues.Number(value.TrimEnd('s', ' '));

    private static ParameterRule? OnlyWith(RuleFinding f)
    {
        if (!f.Self.IsNumber && !f.Self.Values.All(value => decimal.TryParse(value, out _)))
            return null;
        var when = new RuleCondition(f.Self.Name) { Range = new() { Minimum = f.Number(), ExclusiveMinimum = true }, Default = f.Self.Default?.Text };
        var then = new List<RuleCondition>();
        var tokens = f.Captures.Tokens;
        var open = tokens.FindIndex(f.Captures.Start, token => token.Is("("));
        var only = tokens.FindIndex(f.Captures.Start, token => token.Is("only"));
        var close = open < 0 || open > only ? only : tokens.FindIndex(open, token => token.Is(")"));
        if (tokens.Skip(open + 1).Take(close - open - 1).Any(token => token.Number is null && !token.Is(",")) && open >= 0 && open < only)
            return f.No("what it says of the values is not understood");
        var start = tokens.FindLastIndex(f.Captures.End - 1, token => token.Is("with") || token.Is("at") || token.Is("for"));
        if (tokens.FindIndex(start, token => token.Is("or")) >= 0)
            return f.No("it names alternatives");
        for (var i = start + 1; i < tokens.Count; i++)
        {
            // "25 FPS": the unit is the member; "1080p": the member that has the value.
            if (tokens[i].Kind == RuleTokenKind.Number && i + 1 < tokens.Count && f.Object.FindPhrase(tokens[i + 1].Text, static _ => true) is { } named)
            {
                if (f.Is(named, [tokens[i++].Text]) is { } one)
                    then.Add(one);
            }
            else if (f.Object.FindByValue(tokens[i].Text) is { } member && f.Is(member, [tokens[i].Text]) is { } other)
                then.Add(other);
            else if (tokens[i].Kind == RuleTokenKind.Number || tokens[i].Number is not null || tokens[i].Text.Any(char.IsDigit))
                return f.No($"'{tokens[i].Text}' is not the value of one member");
        }
        return then.Count == 0 ? f.No("it names no value of a member") : IfThen(f, [when], [.. then]);
    }

    private static ParameterRule? NotWith(RuleFinding f)
    {
        var (x, y) = (Spell(f, "x"), Spell(f, "y"));
        if (x is null || y is null)
            return f.No($"no member has the value '{f.Text(x is null ? "x" : "y")}'");
        return f.Is(y, [f.Text("y")]) is { } when && f.Is(x, [f.Text("x")], isNot: true) is { } then ? IfThen(f, [when], [then]) : null;
    }

    private static ParameterRule? OnlyFor(RuleFinding f)
    {
        var values = Values(f, "list").ToList();
        var on = Spell(f, "x");
        var then = f.Object.Members.Where(member => member != on && values.TrueForAll(value => Has(member, value))).ToList();
        // "Currently only supports 1 image" is about no value.
        if (on is null && f.Text("x").All(char.IsLetter))
            return null;
        if (on is null || then.Count != 1)
            return f.No("it does not name the values of two members");
        return f.Is(on, [f.Text("x")]) is { } when && f.Is(then[0], values) is { } condition ? IfThen(f, [when], [condition]) : null;
    }

    /// <summary>The member that has the value: the one with the sentence where it has it, or else the only one.</summary>
    private static RuleMember? Spell(RuleFinding f, string name) =>
        Has(f.Self, f.Text(name)) ? f.Self : f.Object.FindByValue(f.Text(name)) ?? f.Object.FindByValue(f.Text(name) + "s");

    // The unit of a number may be a part of the value: "8s".
    private static bool Has(RuleMember member, string value) => member.Values.Contains(value, StringComparer.OrdinalIgnoreCase)
        || (RuleValues.Number(value) is not null && member.Values.Contains(value + "s", StringComparer.OrdinalIgnoreCase));
}
