using System.Globalization;
using System.Text;

namespace Zoetrope.Cli.Output;

/// <summary>Writes the strings of JSON so that a terminal can show them: what it would act on stays escaped.</summary>
internal static class JsonText
{
    /// <summary>Appends a string with its quotes.</summary>
    /// <param name="raw">What is between the quotes in JSON, escapes included.</param>
    /// <param name="text">Where it goes.</param>
    public static void Append(ReadOnlySpan<byte> raw, StringBuilder text)
    {
        var content = Unescape(Encoding.UTF8.GetString(raw));
        text.Append('"');
        for (var i = 0; i < content.Length; i++)
        {
            if (Rune.TryGetRuneAt(content, i, out var rune))
            {
                Append(rune, text);
                i += rune.Utf16SequenceLength - 1;
            }
            else
                // Half a surrogate pair is valid JSON, but no text.
                Escape(content.AsSpan(i, 1), text);
        }
        text.Append('"');
    }

    private static void Append(Rune rune, StringBuilder text)
    {
        switch (rune.Value)
        {
            case '"' or '\\':
                text.Append('\\').Append((char)rune.Value);
                break;
            case '\n':
                text.Append("\\n");
                break;
            case '\r':
                text.Append("\\r");
                break;
            case '\t':
                text.Append("\\t");
                break;
            default:
                if (Printable.IsSafe(rune))
                    text.Append(rune.ToString());
                else
                    Escape(rune.ToString(), text);
                break;
        }
    }

    private static void Escape(ReadOnlySpan<char> units, StringBuilder text)
    {
        foreach (var unit in units)
            text.Append(CultureInfo.InvariantCulture, $"\\u{(int)unit:x4}");
    }

    private static string Unescape(string escaped)
    {
        if (!escaped.Contains('\\', StringComparison.Ordinal))
            return escaped;
        var text = new StringBuilder(escaped.Length);
        for (var i = 0; i < escaped.Length; i++)
        {
            if (escaped[i] != '\\')
            {
                text.Append(escaped[i]);
                continue;
            }
            i++;
            if (escaped[i] == 'u')
            {
                text.Append((char)ushort.Parse(escaped.AsSpan(i + 1, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture));
                i += 4;
            }
            else
                text.Append(escaped[i] switch { 'b' => '\b', 'f' => '\f', 'n' => '\n', 'r' => '\r', 't' => '\t', var other => other });
        }
        return text.ToString();
    }
}
