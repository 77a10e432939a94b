using System.Text;

namespace Zoetrope.Specs.Model;

/// <summary>A rule that a document states in words, or by alternatives that only say which members are required.</summary>
/// <param name="Kind">What it asks.</param>
/// <param name="Parameters">The parameters, in the order in which the sentence names them; the one that has the sentence first, where it is concerned.</param>
/// <param name="Text">The sentence.</param>
/// <param name="Pointer">Its location (see <see cref="Schema.Pointer"/>).</param>
public sealed record ParameterRule(ParameterRuleKind Kind, EquatableArray<string> Parameters, string Text, string Pointer)
{
    /// <summary>Whether soft words state it ("supports up to"), so that a request that breaks it is warned about and not refused.</summary>
    public bool IsAdvice { get; init; }

    /// <summary>The conditions that must all hold for the rule to apply.</summary>
    public EquatableArray<RuleCondition> When { get; init; }

    /// <summary>What must hold then, all of it.</summary>
    public EquatableArray<RuleCondition> Then { get; init; }

    /// <summary>The limits of a number, a length, a count, an area or a side.</summary>
    public ValueRange Range { get; init; } = ValueRange.None;

    /// <summary>The member of the items that the rule is about, or null.</summary>
    public string? Inner { get; init; }

    /// <summary>The member whose members <see cref="Parameters"/> are; null where they are those of the object itself.</summary>
    public string? Owner { get; init; }

    /// <summary>How the first parameter compares with the second: <c>&gt;=</c>, <c>&gt;</c>, <c>&lt;=</c> or <c>&lt;</c>.</summary>
    public string? Operator { get; init; }

    /// <summary>What is added to the number of items of the second parameter.</summary>
    public int Offset { get; init; }

    /// <summary>The defaults of the parameters that have one, as JSON: a value that equals its default counts as not given.</summary>
    public EquatableArray<NamedText> Defaults { get; init; }

    /// <summary>The listed values, as JSON, that mean no choice (<c>none</c>, <c>auto</c>, <c>default</c>): they count as not given too.</summary>
    public EquatableArray<NamedText> Unset { get; init; }

    /// <summary>Whether the first parameter must always be given. The limits of another do not apply where it is empty.</summary>
    public bool IsRequired { get; init; }

    /// <summary>What is asked of the file.</summary>
    public FileLimits? File { get; init; }

    /// <summary>Whether only one value is limited, which a keyword of JSON Schema could have said.</summary>
    public bool IsLimit => Kind is ParameterRuleKind.Value or ParameterRuleKind.Length or ParameterRuleKind.Count or ParameterRuleKind.ItemLength;

    /// <summary>The rule in a form of its own, without the sentence: <c>count(image_urls) &lt;= 3</c>.</summary>
    public string Formula
    {
        get
        {
            var names = string.Join(", ", Parameters);
            return Kind switch
            {
                ParameterRuleKind.ExactlyOne or ParameterRuleKind.AtLeastOne or ParameterRuleKind.AllOrNone =>
                    $"{Name(Kind)}({(Owner is null ? "" : Owner + ": ")}{names})",
                ParameterRuleKind.Excludes => $"{Parameters[0]} excludes {Others}",
                ParameterRuleKind.Requires => $"{Parameters[0]} requires {Others}{Conditions(" if ", When)}",
                ParameterRuleKind.RequiredWhen => $"{names} required{Conditions(" if ", When)}",
                ParameterRuleKind.IfThen => $"{Conditions("if ", When)}{Conditions(" then ", Then)}",
                ParameterRuleKind.Compare => $"{Parameters[0]} {Operator} {Parameters[1]}",
                ParameterRuleKind.Sum => $"sum({Parameters[0]}.{Inner}) {Range}",
                ParameterRuleKind.ItemsWith => $"count({Parameters[0]} with {Inner}) {Range}",
                ParameterRuleKind.AllItemsWith => $"allOrNone({Parameters[0]} with {Inner})",
                ParameterRuleKind.SameCount => $"count({Parameters[0]}) = count({Parameters[1]}){OffsetText}",
                ParameterRuleKind.Value => $"{names} {Range}",
                ParameterRuleKind.File => $"file({names}) {FileText(File!)}",
                _ => $"{Name(Kind)}({names}) {Range}{Conditions(" if ", When)}",
            };
        }
    }

    /// <summary>What is the same for rules that ask the same, in whatever words and order.</summary>
    public string Key => Kind switch
    {
        ParameterRuleKind.ExactlyOne or ParameterRuleKind.AtLeastOne or ParameterRuleKind.AllOrNone or ParameterRuleKind.TotalCount => SortedKey,
        // Of two, each excludes the other.
        ParameterRuleKind.Excludes when Parameters.Count == 2 => SortedKey,
        _ => Formula,
    };

    private string SortedKey => $"{Kind}:{string.Join(",", Parameters.OrderBy(name => name, StringComparer.Ordinal))}:{Owner}:{Range}";

    /// <summary><see cref="Offset"/> with its sign; empty where it is zero.</summary>
    public string OffsetText => Offset == 0 ? "" : Offset > 0 ? $" + {Offset}" : $" - {-Offset}";

    private string Others => string.Join(Kind == ParameterRuleKind.Requires ? " or " : ", ", Parameters.Skip(1));

    private static string Name(ParameterRuleKind kind)
    {
        var name = kind.ToString();
        return char.ToLowerInvariant(name[0]) + name.Substring(1);
    }

    private static string Conditions(string before, EquatableArray<RuleCondition> conditions) =>
        conditions.Count == 0 ? "" : before + string.Join(" and ", conditions.Select(condition => condition.Formula));

    private static string FileText(FileLimits limits)
    {
        var text = new StringBuilder();
        Add("bytes", null, limits.MaxFileSize?.ToString(System.Globalization.CultureInfo.InvariantCulture));
        Add("width", Text(limits.MinWidth), Text(limits.MaxWidth));
        Add("height", Text(limits.MinHeight), Text(limits.MaxHeight));
        Add("aspect", limits.MinAspectRatio, limits.MaxAspectRatio);
        Add("seconds", limits.MinDuration, limits.MaxDuration);
        Add("fps", limits.MinFrameRate, limits.MaxFrameRate);
        if (limits.Formats.Count > 0)
            text.Append(text.Length > 0 ? ", " : "").Append("formats ").Append(string.Join(" ", limits.Formats));
        return text.ToString();

        static string? Text(int? value) => value?.ToString(System.Globalization.CultureInfo.InvariantCulture);

        void Add(string what, string? min, string? max)
        {
            if (min is null && max is null)
                return;
            text.Append(text.Length > 0 ? ", " : "").Append(what).Append(' ').Append(min).Append("..").Append(max);
        }
    }
}
