namespace Zoetrope.Specs.Rules;

/// <summary>
/// The grammar of rules in words: a table of forms. A new form is a new row; its examples are its test, and its line in the documentation. Where two forms
/// match at one place, the earlier row counts.
/// </summary>
public static partial class RuleForms
{
    private static readonly (string Name, string Pattern)[] _macros =
    [
        ("NOT-GIVEN", "(not [be] [GIVEN]|omitted|missing|empty|absent|null|none|unset|left out|left empty|not GIVEN)"),
        ("GIVEN", "(provided|specified|given|set|supplied|present|passed|used|sent|included|defined)"),
        ("PROVIDE", "(provide|specify|give|set|supply|pass|use|send|include|define)"),
        ("MUST", "(must|has to|have to|needs to|need to|is required to|are required to|should|shall)"),
        ("CANNOT", "(cannot|can not|can't|must not|mustn't|may not|should not|shouldn't)"),
        ("REQUIRED", "(MUST be GIVEN|is required|are required|is mandatory|are mandatory)"),
        ("KIND", "(file|image|video|audio|input)"),
        ("TOGETHER", "(together|in conjunction|in combination|simultaneously|at the same time|along|alongside|combined)"),
        ("EXCEED", "(exceed|be (more|greater|larger|longer|higher|bigger) than|be (above|over))"),
        ("LESS", "(less than|fewer than|under|below|shorter than|smaller than|lower than)"),
        ("MORE", "(more than|greater than|larger than|over|above|longer than|higher than|bigger than)"),
        ("MAX", "(max|maximum|at most|no more than|not more than|no longer than|not longer than|a maximum of|the maximum is|no larger than|not exceeding"
            + "|limited to|limit)"),
        ("MIN", "(min|minimum|at least|no less than|not less than|no fewer than|a minimum of|the minimum is)"),
    ];

    private static readonly Lazy<Dictionary<string, RuleRows>> _byFirst = new(IndexByFirst);

    /// <summary>The table.</summary>
    public static IReadOnlyList<RuleForm> All { get; } = [.. Presence, .. Conditions, .. OfValues, .. Lists, .. Files, .. Sizes, .. Limits];

    /// <summary>The parts of a pattern, with its macros, which are words in capitals, written out.</summary>
    internal static List<string> Expand(string pattern)
    {
        var parts = new List<string>();
        foreach (var part in RulePattern.Split(pattern))
        {
            // Macros contain macros.
            if (Array.Find(_macros, macro => macro.Name == part).Pattern is { } macro)
                parts.AddRange(Expand(macro));
            else
                parts.Add(part);
        }
        return parts;
    }

    /// <summary>The rows that can begin with a token.</summary>
    /// <param name="token">The token.</param>
    /// <param name="isFirst">Whether it is the first of its sentence.</param>
    internal static RuleRows StartingWith(RuleToken token, bool isFirst)
    {
        var rows = isFirst ? StartingWith("") : default;
        if (!token.IsQuoted)
            rows |= StartingWith(token.Lower);
        return token.Number is not null ? rows | StartingWith(RuleTriggers.Number) : rows;
    }

    private static RuleRows StartingWith(string first) => _byFirst.Value.TryGetValue(first, out var rows) ? rows : default;

    private static RuleExample On(string member, string sentence, string formula) => new(member, sentence, formula);

    private static Dictionary<string, RuleRows> IndexByFirst()
    {
        var index = new Dictionary<string, RuleRows>(StringComparer.Ordinal);
        for (var i = 0; i < All.Count; i++)
        {
            foreach (var first in All[i].Pattern.First)
            {
                index.TryGetValue(first, out var rows);
                rows.Add(i);
                index[first] = rows;
            }
        }
        return index;
    }
}
