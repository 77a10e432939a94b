using System.Globalization;
using System.Text;

namespace Zoetrope.Specs.Json;

/// <summary>Turns JSON strings into text and back.</summary>
public static class JsonStrings
{
    /// <summary>Whether a text is free of halves of surrogate pairs, which JSON can escape and UTF-8 cannot hold.</summary>
    public static bool IsWellFormed(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i]))
                continue;
            if (!char.IsHighSurrogate(text[i]) || i + 1 == text.Length || !char.IsLowSurrogate(text[i + 1]))
                return false;
            i++;
        }
        return true;
    }

    /// <summary>Writes <paramref name="text"/> as a JSON string with as few escapes as JSON allows, so that equal texts have equal JSON.</summary>
    public static string Quote(string text)
    {
        var builder = new StringBuilder(text.Length + 2).Append('"');
        foreach (var c in text)
        {
            switch (c)
            {
                case '"' or '\\':
                    builder.Append('\\').Append(c);
                    break;
                case '\n':
                    builder.Append("\\n");
                    break;
                case '\r':
                    builder.Append("\\r");
                    break;
                case '\t':
                    builder.Append("\\t");
                    break;
                case < ' ':
                    builder.Append("\\u").Append(((int)c).ToString("x4", CultureInfo.InvariantCulture));
                    break;
                default:
                    builder.Append(c);
                    break;
            }
        }
        return builder.Append('"').ToString();
    }

    /// <summary>The text of a well-formed JSON string that is in <paramref name="source"/> with its quotes. Lone surrogates become U+FFFD.</summary>
    internal static string Unquote(string source, int start, int length)
    {
        // A string that a broken document cuts off has no closing quote.
        var end = length >= 2 && source[start + length - 1] == '"' ? start + length - 1 : start + length;
        var first = start + 1;
        var plain = true;
        for (var i = first; i < end && plain; i++)
            plain = source[i] != '\\' && !char.IsSurrogate(source[i]);
        return plain ? source.Substring(first, Math.Max(0, end - first)) : Unescape(source, first, end);
    }

    /// <summary>Whether the name token at <paramref name="start"/> spells <paramref name="name"/>.</summary>
    internal static bool NameIs(string source, int start, int length, string name)
    {
        if (length == name.Length + 2)
            return string.CompareOrdinal(source, start + 1, name, 0, name.Length) == 0;
        return length > name.Length + 2 && source.IndexOf('\\', start, length) >= 0 && Unquote(source, start, length) == name;
    }

    private static string Unescape(string source, int start, int end)
    {
        var builder = new StringBuilder(end - start);
        for (var i = start; i < end; i++)
        {
            var c = source[i];
            if (c != '\\' || i + 1 >= end)
            {
                builder.Append(c);
                continue;
            }
            i++;
            switch (source[i])
            {
                case 'n':
                    builder.Append('\n');
                    break;
                case 't':
                    builder.Append('\t');
                    break;
                case 'r':
                    builder.Append('\r');
                    break;
                case 'b':
                    builder.Append('\b');
                    break;
                case 'f':
                    builder.Append('\f');
                    break;
                case 'u' when i + 4 < end:
                    builder.Append((char)int.Parse(source.Substring(i + 1, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture));
                    i += 4;
                    break;
                default:
                    builder.Append(source[i]);
                    break;
            }
        }
        return WithoutLoneSurrogates(builder).ToString();
    }

    private static StringBuilder WithoutLoneSurrogates(StringBuilder text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i]))
                continue;
            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
                i++;
            else
                text[i] = '\uFFFD';
        }
        return text;
    }
}
