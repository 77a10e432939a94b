using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;

namespace Zoetrope.Simulator.Replay;

/// <summary>
/// Finds secrets in texts of any format by what is around them: parameters of queries, also where they are escaped for HTML, JSON or an address; members
/// and assignments (<c>"token": "…"</c>, <c>api_key=…</c>), also of JSON that breaks off; elements and attributes of XML and HTML.
/// </summary>
internal sealed partial class SecretShapes(SecretNameRules names)
{
    private const int MostDecodings = 4;

    /// <summary>The places of all secrets, in their order and apart from each other.</summary>
    public List<Range> Find(string text)
    {
        var places = FindParameters(text);
        foreach (Match pair in Pair().Matches(text))
        {
            var value = pair.Groups["value"];
            var length = pair.Groups["open"].Success ? value.Length : LengthOf(value.Value);
            if (IsSecret(pair.Groups["name"].Value, value.Value[..length], isQuoted: pair.Groups["open"].Success))
                places.Add(value.Index..(value.Index + length));
        }
        foreach (Match element in Element().Matches(text))
        {
            var (name, value) = (element.Groups["name"].Value, element.Groups["value"]);
            // The keys of S3's documents are names of files.
            if (name != "Key" && IsSecret(name, WebUtility.HtmlDecode(value.Value), isQuoted: true))
                places.Add(value.Index..(value.Index + value.Length));
        }
        foreach (Match tag in Tag().Matches(text))
        {
            var value = AttributeValue().Match(tag.Value).Groups["value"];
            if (value.Success && IsSecret(AttributeName().Match(tag.Value).Groups["name"].Value, WebUtility.HtmlDecode(value.Value), isQuoted: true))
                places.Add((tag.Index + value.Index)..(tag.Index + value.Index + value.Length));
        }
        return Apart(places);
    }

    /// <summary>The places of the values of secret parameters.</summary>
    public List<Range> FindParameters(string text)
    {
        var places = new List<Range>();
        foreach (Match parameter in Parameter().Matches(text))
        {
            if (!names.IsSecret(parameter.Groups["name"].Value))
                continue;
            var value = parameter.Groups["value"];
            var length = LengthOf(value.Value);
            if (parameter.Groups["equals"].Value is ['%', ..] equals && EndIn(value.Value, equals) is { } end)
                length = Math.Min(length, end);
            if (length > 0)
                places.Add(value.Index..(value.Index + length));
        }
        return Apart(places);
    }

    /// <summary>A secret as it is written in a text, and what it is in all its escapes.</summary>
    public static IEnumerable<string> Readings(string found)
    {
        var readings = new HashSet<string>(StringComparer.Ordinal) { found };
        var plain = SecretText.Unescape(WebUtility.HtmlDecode(found));
        for (var i = 0; i < MostDecodings && readings.Add(plain); i++)
            plain = Uri.UnescapeDataString(plain);
        return readings;
    }

    private bool IsSecret(string name, string value, bool isQuoted) =>
        (isQuoted && names.IsSurelySecret(name)) || (names.IsSecret(name) && SecretNameRules.LooksRandom(value));

    /// <summary>Where a value ends whose equals sign is percent-encoded: at a sign that is encoded as often and cannot be in a parameter.</summary>
    private static int? EndIn(string value, string equals)
    {
        var depth = equals[1..^2];
        for (var at = value.IndexOf('%'); at >= 0; at = value.IndexOf('%', at + 1))
        {
            var rest = value.AsSpan(at + 1);
            if (rest.StartsWith(depth) && rest.Length >= depth.Length + 2
                && byte.TryParse(rest.Slice(depth.Length, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var sign)
                && (char)sign is <= ' ' or '&' or '"' or '\'' or '#' or '<' or '>' or '}')
                return at;
        }
        return null;
    }

    /// <summary>The length of a value without quotes, behind which a sentence or a bracket may end.</summary>
    private static int LengthOf(string value) => value.TrimEnd(')', '.', ']', ':', '!', '?', '*').Length;

    private static List<Range> Apart(List<Range> places)
    {
        var apart = new List<Range>();
        foreach (var place in places.OrderBy(place => place.Start.Value))
        {
            if (apart.Count > 0 && place.Start.Value <= apart[^1].End.Value)
                apart[^1] = apart[^1].Start..Math.Max(apart[^1].End.Value, place.End.Value);
            else
                apart.Add(place);
        }
        return apart;
    }

    // A value may have parameters of its own, so that it is not passed over.
    [GeneratedRegex(
        """(?:[?&#;]|\\u0026|\\u003[fF]|%(?:25)*(?:26|3[fF]))(?<name>[A-Za-z0-9_.~\[\]-]{1,80})"""
        + """(?<equals>=|\\u003[dD]|&#(?:61|[xX]3[dD]);|&equals;|%(?:25)*3[dD])(?=(?<value>(?:[^\s\x00-\x1f"'<>\\&;,`|{}]|\\/|\\u002[bBfF]|\\u003[dD])+))""")]
    private static partial Regex Parameter();

    [GeneratedRegex(
        """(?<![A-Za-z0-9_.-])(?<name>[A-Za-z][A-Za-z0-9_-]{1,63})(?:\\*["']|&quot;|&#34;)?[ \t]*[:=][ \t]*"""
        + """(?:(?<open>\\*["']|&quot;|&#34;)(?:(?:Bearer|Basic|Key|Token|Digest)[ \t]+)?(?=(?<value>(?:[^"'\\<>\r\n&]|\\/|\\u[0-9a-fA-F]{4})+))"""
        + """|(?:(?:Bearer|Basic|Key|Token|Digest)[ \t]+)?(?=(?<value>[^\s\x00-\x1f"'<>\\&;,(){}]+)))""", RegexOptions.IgnoreCase)]
    private static partial Regex Pair();

    [GeneratedRegex("""<(?:[\w.-]+:)?(?<name>[A-Za-z][\w.-]{1,63})(?:\s[^<>]*)?>\s*(?:<!\[CDATA\[)?(?<value>[^<>\]\s][^<>\]]*)(?:\]\]>\s*)?</""")]
    private static partial Regex Element();

    [GeneratedRegex("<[A-Za-z][^<>]*>")]
    private static partial Regex Tag();

    [GeneratedRegex("""\s(?:name|id|property|key)\s*=\s*["'](?<name>[^"']+)["']""", RegexOptions.IgnoreCase)]
    private static partial Regex AttributeName();

    [GeneratedRegex("""\s(?:value|content)\s*=\s*["'](?<value>[^"']+)["']""", RegexOptions.IgnoreCase)]
    private static partial Regex AttributeValue();
}
