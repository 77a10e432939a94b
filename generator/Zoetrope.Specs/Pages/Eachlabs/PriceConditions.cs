using System.Text.RegularExpressions;
using Zoetrope.Specs.Model;

namespace Zoetrope.Specs.Pages.Eachlabs;

/// <summary>
/// Reads the conditions of price rules, such as <c>duration == "4" AND resolution eq_i "720p"</c>, as cases of which one must hold. A name with
/// <c>(per unit)</c> is not a test: it says what the price is multiplied by.
/// </summary>
internal sealed class PriceConditions
{
    // More cases or tests than any page has are not a condition that a person wrote.
    private const int MostCases = 32;
    private const int MostTests = 256;
    private const int MostLength = 2000;

    private static readonly Regex _tokens = new(
        """
        \G\s*(?:
          (?<unit>[A-Za-z_][\w.]*)\s*\(\s*per[ _-]unit\s*\)
          | (?<text>"[^"]*" | '[^']*' | “[^”]*”)
          | (?<op>== | != | <> | <= | >= | && | \|\| | [=<>!()\[\],≤≥≠])
          | (?<word>[^\s"'“”=<>!()\[\],&|≤≥≠]+))
        """,
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.IgnorePatternWhitespace, TimeSpan.FromSeconds(1));

    private static readonly string[] _states = ["null", "none", "set", "unset", "provided", "given", "present", "absent", "specified", "empty", "missing"];

    private static readonly Dictionary<string, PriceOperator> _operators = new(StringComparer.OrdinalIgnoreCase)
    {
        ["=="] = PriceOperator.Is, ["="] = PriceOperator.Is, ["eq"] = PriceOperator.Is, ["is"] = PriceOperator.Is, ["in"] = PriceOperator.Is,
        ["eq_i"] = PriceOperator.IsIgnoringCase, ["in_i"] = PriceOperator.IsIgnoringCase,
        ["!="] = PriceOperator.IsNot, ["<>"] = PriceOperator.IsNot, ["≠"] = PriceOperator.IsNot, ["ne"] = PriceOperator.IsNot, ["neq"] = PriceOperator.IsNot,
        ["not_in"] = PriceOperator.IsNot, ["ne_i"] = PriceOperator.IsNotIgnoringCase, ["neq_i"] = PriceOperator.IsNotIgnoringCase,
        ["<"] = PriceOperator.IsBelow, ["lt"] = PriceOperator.IsBelow, ["<="] = PriceOperator.IsAtMost, ["≤"] = PriceOperator.IsAtMost,
        ["lte"] = PriceOperator.IsAtMost, ["le"] = PriceOperator.IsAtMost,
        [">"] = PriceOperator.IsAbove, ["gt"] = PriceOperator.IsAbove, [">="] = PriceOperator.IsAtLeast, ["≥"] = PriceOperator.IsAtLeast,
        ["gte"] = PriceOperator.IsAtLeast, ["ge"] = PriceOperator.IsAtLeast,
    };

    private readonly List<(string Kind, string Text)> _parts = [];
    private string? _quantity;
    private int _next;

    private PriceConditions(string text)
    {
        var place = 0;
        while (_tokens.Match(text, place) is { Success: true, Length: > 0 } match)
        {
            foreach (var kind in new[] { "unit", "text", "op", "word" })
            {
                if (match.Groups[kind] is { Success: true } group)
                    _parts.Add((kind, group.Value));
            }
            place = match.Index + match.Length;
        }
        if (PageText.SkipSpace(text, place, text.Length) < text.Length)
            throw new FormatException($"'{text.Substring(place).Trim()}' is not part of a condition");
    }

    /// <summary>Reads a condition.</summary>
    /// <param name="text">The condition.</param>
    /// <param name="quantity">The parameter that the price is multiplied by, if the condition names one.</param>
    /// <exception cref="FormatException">It is not understood; the message says why.</exception>
    public static EquatableArray<PriceCase> Read(string text, out string? quantity)
    {
        if (text.Length > MostLength)
            throw new FormatException("the condition is too long");
        var reader = new PriceConditions(text);
        var cases = reader.ReadAny(0);
        if (reader._next < reader._parts.Count)
            throw new FormatException($"'{reader._parts[reader._next].Text}' is not expected there");
        quantity = reader._quantity;
        var isAlways = cases.Exists(one => one.Count == 0);
        if (isAlways && cases.Count > 1)
            throw new FormatException("a part of it is not a comparison");
        return isAlways ? default : cases.Select(one => new PriceCase(one.ToEquatableArray())).ToEquatableArray();
    }

    private List<List<PriceTest>> ReadAny(int depth)
    {
        var cases = ReadAll(depth);
        while (Take("or", "||"))
            cases.AddRange(ReadAll(depth));
        return Checked(cases);
    }

    private List<List<PriceTest>> ReadAll(int depth)
    {
        var cases = ReadOne(depth);
        while (Take("and", "&&"))
        {
            var more = ReadOne(depth);
            cases = Checked(cases.SelectMany(left => more.Select(right => left.Concat(right).ToList())).ToList());
        }
        return cases;
    }

    private List<List<PriceTest>> ReadOne(int depth)
    {
        if (Take("("))
        {
            var cases = depth < 16 ? ReadAny(depth + 1) : throw new FormatException("the parentheses are too deep");
            return Take(")") ? cases : throw new FormatException("a parenthesis is not closed");
        }
        var (kind, name) = Next("a parameter");
        if (kind == "unit")
        {
            if (_quantity is not null && _quantity != name)
                throw new FormatException("it names several parameters to multiply by");
            _quantity = name;
            return [[]];
        }
        if (kind != "word" || !IsName(name))
            throw new FormatException($"'{name}' is not a parameter");
        var (_, spelling) = Next($"a comparison of '{name}'");
        if (spelling.Equals("not", StringComparison.OrdinalIgnoreCase) && Take("in"))
            spelling = "not_in";
        if (!_operators.TryGetValue(spelling, out var comparison))
            throw new FormatException($"'{spelling}' is not a known comparison");
        var isList = spelling.ToLowerInvariant() is "in" or "in_i" or "not_in";
        return [[new(name, comparison, ReadValues(isList).ToEquatableArray())]];
    }

    private List<string> ReadValues(bool isList)
    {
        var values = new List<string>();
        if (!isList)
            return [Value()];
        var close = Take("[") ? "]" : Take("(") ? ")" : throw new FormatException("a list of values is missing");
        do
            values.Add(Value());
        while (Take(","));
        return Take(close) ? values : throw new FormatException("a list of values is not closed");
    }

    private string Value()
    {
        var (kind, text) = Next("a value");
        return kind switch
        {
            "text" => text.Substring(1, text.Length - 2),
            // Whether a parameter is given is not a value: such a test would never hold.
            "word" when _states.Contains(text, StringComparer.OrdinalIgnoreCase) => throw new FormatException($"'{text}' is not a value"),
            "word" => text,
            _ => throw new FormatException($"'{text}' is not a value"),
        };
    }

    private (string Kind, string Text) Next(string what) =>
        _next < _parts.Count ? _parts[_next++] : throw new FormatException($"it ends where {what} is expected");

    private bool Take(params string[] spellings)
    {
        if (_next >= _parts.Count || _parts[_next].Kind is "text" or "unit")
            return false;
        var found = spellings.Contains(_parts[_next].Text, StringComparer.OrdinalIgnoreCase);
        if (found)
            _next++;
        return found;
    }

    private static List<List<PriceTest>> Checked(List<List<PriceTest>> cases) =>
        cases.Count <= MostCases && cases.Sum(one => one.Count) <= MostTests ? cases : throw new FormatException("it has too many cases");

    private static bool IsName(string text) => text.All(c => c is '_' or '.' or '-' || char.IsLetterOrDigit(c)) && !char.IsDigit(text[0]);
}
