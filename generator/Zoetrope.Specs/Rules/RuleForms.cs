namespace Zoetrope.Specs.Rules;

/// <summary>
/// The grammar of rules in words: a table of forms. A new form is a new row; its examples are its test, and its line in the documentation. Where two forms
/// match at one place, the earlier row counts.
/// </summary>
public static partial class RuleForms
{
    private static readonly (string Name, string Pattern)[] _macros =
    [
        ("NOT-GIVEN", "(not [be] [GIVEN]|omitted|missing|empty|absent|null|unset|left out|left empty|not GIVEN)"),
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

    private static readonly Lazy<Dictionary<string, List<int>>> _byFirst = new(IndexByFirst);

    /// <summary>The table.</summary>
    public static IReadOnlyList<RuleForm> All { get; } = [.. Presence, .. Conditions, .. Lists, .. Files, .. Sizes, .. Limits];

    /// <summary>The pattern with its macros, which are words in capitals, written out.</summary>
    internal static string Expand(string pattern)
    {
        // Macros contain macros.
        for (var depth = 0; depth < 3; depth++)
        {
            foreach (var (name, text) in _macros)
                pattern = Replace(pattern, name, text);
        }
        return pattern;
    }

    /// <summary>Adds the rows that can begin with a token.</summary>
    internal static void AddStarting(RuleToken token, int at, bool[] canMatch, List<(int Row, int At)> found)
    {
        if (!token.IsQuoted)
            Add(token.Lower, at, canMatch, found);
        if (token.Number is not null)
            Add(RuleTriggers.Number, at, canMatch, found);
        if (at == 0)
            Add("", at, canMatch, found);
    }

    private static void Add(string first, int at, bool[] canMatch, List<(int Row, int At)> found)
    {
        if (!_byFirst.Value.TryGetValue(first, out var rows))
            return;
        foreach (var row in rows)
        {
            if (canMatch[row])
                found.Add((row, at));
        }
    }

    private static RuleExample On(string member, string sentence, string formula) => new(member, sentence, formula);

    private static string Replace(string pattern, string name, string text)
    {
        var parts = pattern.Replace("(", " ( ").Replace(")", " ) ").Replace("[", " [ ").Replace("]", " ] ").Replace("|", " | ")
            .Split([' '], StringSplitOptions.RemoveEmptyEntries);
        return string.Join(" ", parts.Select(part => part == name ? text : part));
    }

    private static Dictionary<string, List<int>> IndexByFirst()
    {
        var index = new Dictionary<string, List<int>>(StringComparer.Ordinal);
        for (var i = 0; i < All.Count; i++)
        {
            foreach (var first in All[i].Pattern.First)
            {
                if (!index.TryGetValue(first, out var rows))
                    index.Add(first, rows = []);
                rows.Add(i);
            }
        }
        return index;
    }
}
