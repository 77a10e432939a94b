using System.Globalization;
using System.Numerics;
using System.Text.Json;

namespace Zoetrope.Agreement.Tests;

/// <summary>Whether two JSON texts mean the same: members in any order, the last of a name counts, numbers by their exact value.</summary>
internal static class JsonSame
{
    private static readonly JsonDocumentOptions _options = new() { MaxDepth = 300 };

    /// <summary>The first difference as a path and both values, or null.</summary>
    public static string? Difference(string expected, string actual)
    {
        using var left = JsonDocument.Parse(expected, _options);
        using var right = JsonDocument.Parse(actual, _options);
        return Difference(left.RootElement, right.RootElement, "$");
    }

    private static string? Difference(JsonElement left, JsonElement right, string path)
    {
        if (left.ValueKind != right.ValueKind)
            return Describe(left, right, path);
        switch (left.ValueKind)
        {
            case JsonValueKind.Object:
                var others = Members(right);
                var members = Members(left);
                foreach (var (name, value) in members)
                {
                    if (!others.TryGetValue(name, out var other))
                        return $"{path}: '{name}' is gone";
                    if (Difference(value, other, $"{path}.{name}") is { } found)
                        return found;
                }
                return others.Keys.FirstOrDefault(name => !members.ContainsKey(name)) is { } added ? $"{path}: '{added}' came from nowhere" : null;
            case JsonValueKind.Array:
                if (left.GetArrayLength() != right.GetArrayLength())
                    return Describe(left, right, path);
                for (var i = 0; i < left.GetArrayLength(); i++)
                {
                    if (Difference(left[i], right[i], $"{path}[{i}]") is { } found)
                        return found;
                }
                return null;
            case JsonValueKind.String:
                return Text(left.GetRawText()) == Text(right.GetRawText()) ? null : Describe(left, right, path);
            case JsonValueKind.Number:
                return Number(left.GetRawText()) == Number(right.GetRawText()) ? null : Describe(left, right, path);
            default:
                return null;
        }
    }

    private static Dictionary<string, JsonElement> Members(JsonElement element)
    {
        var members = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var member in element.EnumerateObject())
            members[Text("\"" + RawName(member) + "\"")] = member.Value;
        return members;
    }

    private static string RawName(JsonProperty member)
    {
        var text = member.ToString();
        return text[1..text.IndexOf("\":", StringComparison.Ordinal)];
    }

    /// <summary>The text of a JSON string, halves of surrogate pairs included, which System.Text.Json has no text for.</summary>
    private static string Text(string quoted)
    {
        var text = new System.Text.StringBuilder();
        for (var i = 1; i < quoted.Length - 1; i++)
        {
            if (quoted[i] != '\\')
            {
                text.Append(quoted[i]);
                continue;
            }
            i++;
            if (quoted[i] == 'u')
            {
                text.Append((char)ushort.Parse(quoted.AsSpan(i + 1, 4), NumberStyles.HexNumber, CultureInfo.InvariantCulture));
                i += 4;
            }
            else
                text.Append(quoted[i] switch { 'b' => '\b', 'f' => '\f', 'n' => '\n', 'r' => '\r', 't' => '\t', var same => same });
        }
        return text.ToString();
    }

    /// <summary>Digits without the zeros around them, and where the point is.</summary>
    private static (BigInteger Digits, int Exponent) Number(string text)
    {
        var end = text.AsSpan().IndexOfAny('e', 'E');
        var exponent = end < 0 ? 0 : int.Parse(text.AsSpan(end + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        var mantissa = end < 0 ? text : text[..end];
        var point = mantissa.IndexOf('.');
        if (point >= 0)
        {
            exponent -= mantissa.Length - point - 1;
            mantissa = mantissa.Remove(point, 1);
        }
        var digits = BigInteger.Parse(mantissa, CultureInfo.InvariantCulture);
        if (digits.IsZero)
            return default;
        for (; digits % 10 == 0; exponent++)
            digits /= 10;
        return (digits, exponent);
    }

    private static string Describe(JsonElement left, JsonElement right, string path) => $"{path}: {Clip(left)} became {Clip(right)}";

    private static string Clip(JsonElement element) => element.GetRawText() is { Length: > 200 } text ? text[..200] + "…" : element.GetRawText();
}
