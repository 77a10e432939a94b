using System.Globalization;
using System.Text;

namespace Zoetrope.Generator.Types;

/// <summary>A set of characters of a pattern, whichever plane they are of; halves of surrogate pairs are none.</summary>
internal sealed class CodePoints
{
    /// <summary>The last character that there is.</summary>
    public const int Last = 0x10FFFF;

    /// <summary>
    /// How the alternative of any surrogate pair ends a class; the core's <c>ValidationContext.AnyPair</c>, by which it is left out for values without pairs.
    /// </summary>
    public const string AnyPair = "|[\\uD800-\\uDBFF][\\uDC00-\\uDFFF])";

    private const string Surrogates = "\\uD800-\\uDFFF";
    private const int FirstBeyond = 0x10000;

    private readonly List<(int From, int To)> _ranges = [];
    private readonly List<string> _categories = [];
    private bool _isNegated;

    /// <summary>The only character; null where there are others.</summary>
    public int? Single => _ranges.Count == 1 && _ranges[0].From == _ranges[0].To && _categories.Count == 0 && !_isNegated ? _ranges[0].From : null;

    public static CodePoints Of(int codePoint) => Of(codePoint, codePoint);

    public static CodePoints Of(int from, int to)
    {
        var set = new CodePoints();
        set._ranges.Add((from, to));
        return set;
    }

    /// <summary>What the point does not match.</summary>
    public static CodePoints LineEnds() => Of('\n').Add(Of('\r')).Add(Of('\u2028', '\u2029'));

    /// <summary>The class that an escape denotes.</summary>
    /// <param name="escape">One of <c>dDwWsS</c>.</param>
    /// <param name="isExact">False where it may match more: then what engines disagree about is in both <c>\s</c> and <c>\S</c>.</param>
    public static CodePoints OfEscape(char escape, bool isExact)
    {
        var set = char.ToLowerInvariant(escape) switch
        {
            'd' => Of('0', '9'),
            'w' => Of('0', '9').Add(Of('A', 'Z')).Add(Of('_')).Add(Of('a', 'z')),
            _ => Spaces(isExact, escape == 's'),
        };
        return char.IsUpper(escape) ? set.Complement() : set;
    }

    /// <summary>A general category. A character that no category has yet may be in any.</summary>
    public static CodePoints OfCategory(string category, bool isNegated)
    {
        var set = new CodePoints();
        set._categories.Add((isNegated ? "\\P{" : "\\p{") + category + "}");
        if (!isNegated)
            set._categories.Add("\\p{Cn}");
        return set;
    }

    /// <summary>Adds the characters of another set.</summary>
    public CodePoints Add(CodePoints other)
    {
        _ranges.AddRange(other._isNegated ? Gaps(other._ranges) : other._ranges);
        _categories.AddRange(other._categories);
        return this;
    }

    /// <summary>All other characters.</summary>
    /// <exception cref="FormatException">Of a category they are not known.</exception>
    public CodePoints Complement()
    {
        if (_categories.Exists(one => one.StartsWith("\\P", StringComparison.Ordinal)))
            throw new FormatException();
        _categories.RemoveAll(one => one == "\\p{Cn}");
        _isNegated = true;
        return this;
    }

    /// <summary>Writes it as one atom of a pattern.</summary>
    /// <exception cref="FormatException">It takes too many alternatives.</exception>
    public void AppendTo(StringBuilder output)
    {
        if (Single is { } single && single < FirstBeyond)
        {
            Append(output, single, isInClass: false);
            return;
        }
        var basic = Basic();
        List<(int From, int To)> pairs = _categories.Count > 0 ? [(FirstBeyond, Last)] : Clip(_isNegated ? Gaps(_ranges) : Merged(_ranges), FirstBeyond, Last);
        if (pairs.Count == 0)
            output.Append(basic);
        else if (basic.Length > 0 && pairs.Count == 1 && pairs[0] == (FirstBeyond, Last))
            output.Append("(?:").Append(basic).Append(AnyPair);
        else
            output.Append("(?:").Append(string.Join("|", (basic.Length > 0 ? new[] { basic } : []).Concat(Pairs(pairs)))).Append(')');
    }

    private string Basic()
    {
        var output = new StringBuilder(_isNegated ? "[^" : "[");
        var merged = Merged(_ranges);
        foreach (var (from, to) in Clip(merged, 0, 0xD7FF).Concat(Clip(merged, 0xE000, FirstBeyond - 1)))
        {
            Append(output, from, isInClass: true);
            if (to > from + 1)
                output.Append('-');
            if (to > from)
                Append(output, to, isInClass: true);
        }
        foreach (var category in _categories.Distinct(StringComparer.Ordinal))
            output.Append(category);
        if (output.Length == 1)
            return "";
        if (_isNegated)
            output.Append(Surrogates);
        else if (_categories.Count > 0)
            output.Append("-[" + Surrogates + "]");
        return output.Append(']').ToString();
    }

    private static void Append(StringBuilder output, int unit, bool isInClass)
    {
        var character = (char)unit;
        var isPlain = character is >= ' ' and <= '~' && (isInClass ? "\\]^-[" : "\\*+?|{}[]()^$.").IndexOf(character) < 0;
        if (isPlain)
            output.Append(character);
        else if (character is > ' ' and < '\x7f')
            output.Append('\\').Append(character);
        else
            output.Append(Unit(unit));
    }

    private static List<string> Pairs(List<(int From, int To)> ranges)
    {
        var alternatives = new List<string>();
        foreach (var (from, to) in ranges)
        {
            for (var start = from; start <= to;)
            {
                // As far as all second halves come behind each first one, else to the end of this first one.
                var (high, low) = Split(start);
                var isWhole = low == 0xDC00 && to - start >= 0x3FF;
                var end = isWhole ? start + (((to - start + 1) / 0x400) * 0x400) - 1 : Math.Min(to, start + (0xDFFF - low));
                var (lastHigh, lastLow) = Split(end);
                alternatives.Add(Units(high, lastHigh) + Units(low, lastLow));
                start = end + 1;
            }
        }
        return alternatives.Count <= 50 ? alternatives : throw new FormatException();
    }

    private static (int High, int Low) Split(int codePoint) => (0xD800 + ((codePoint - FirstBeyond) >> 10), 0xDC00 + ((codePoint - FirstBeyond) & 0x3FF));

    private static string Units(int from, int to) => from == to ? Unit(from) : "[" + Unit(from) + "-" + Unit(to) + "]";

    private static string Unit(int unit) => "\\u" + unit.ToString("X4", CultureInfo.InvariantCulture);

    private static CodePoints Spaces(bool isExact, bool isTaken)
    {
        var spaces = Of('\t', '\r').Add(Of(' ')).Add(Of('\u00A0')).Add(Of('\u1680')).Add(Of('\u2000', '\u200A')).Add(Of('\u2028', '\u2029'))
            .Add(Of('\u202F')).Add(Of('\u205F')).Add(Of('\u3000'));
        // Python and Rust take the first ones, ECMAScript the last.
        if (!isExact && isTaken)
            spaces.Add(Of('\x1C', '\x1F')).Add(Of('\x85'));
        return isExact || isTaken ? spaces.Add(Of('\uFEFF')) : spaces;
    }

    private static List<(int From, int To)> Merged(List<(int From, int To)> ranges)
    {
        var merged = new List<(int From, int To)>();
        foreach (var range in ranges.OrderBy(range => range.From))
        {
            if (merged.Count > 0 && range.From <= merged[merged.Count - 1].To + 1)
                merged[merged.Count - 1] = (merged[merged.Count - 1].From, Math.Max(merged[merged.Count - 1].To, range.To));
            else
                merged.Add(range);
        }
        return merged;
    }

    /// <summary>What is in none of the ranges; without surrogates.</summary>
    private static List<(int From, int To)> Gaps(List<(int From, int To)> ranges)
    {
        var gaps = new List<(int From, int To)>();
        var next = 0;
        foreach (var (from, to) in Merged([.. ranges, (0xD800, 0xDFFF)]))
        {
            if (from > next)
                gaps.Add((next, from - 1));
            next = Math.Max(next, to + 1);
        }
        if (next <= Last)
            gaps.Add((next, Last));
        return gaps;
    }

    private static List<(int From, int To)> Clip(List<(int From, int To)> ranges, int from, int to) =>
        ranges.Where(range => range.From <= to && range.To >= from).Select(range => (Math.Max(range.From, from), Math.Min(range.To, to))).ToList();
}
