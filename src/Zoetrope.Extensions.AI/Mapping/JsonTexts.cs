using System.Globalization;
using System.Text;
using System.Text.Json;
using Zoetrope.Json;

namespace Zoetrope.Extensions.AI.Mapping;

/// <summary>
/// Reads texts of results, also those that are not valid Unicode, such as half of an emoji that was cut off: System.Text.Json accepts them, but throws when it
/// decodes them, and a result that was paid for must not be lost because of them.
/// </summary>
internal static class JsonTexts
{
    /// <summary>The current string or name; U+FFFD stands for each part that is not valid.</summary>
    public static string Of(ref Utf8JsonReader reader) =>
        JsonStrings.TryText(ref reader, out var text) ? text : Mended(Encoding.UTF8.GetString(reader.ValueSpan));

    /// <summary>The text of a JSON string.</summary>
    public static string Of(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        reader.Read();
        return Of(ref reader);
    }

    private static string Mended(string escaped)
    {
        var text = new StringBuilder(escaped.Length);
        for (var at = 0; at < escaped.Length; at++)
        {
            if (escaped[at] != '\\')
            {
                text.Append(escaped[at]);
                continue;
            }
            at++;
            text.Append(escaped[at] switch
            {
                'b' => '\b',
                'f' => '\f',
                'n' => '\n',
                'r' => '\r',
                't' => '\t',
                'u' => (char)ushort.Parse(escaped.AsSpan(at + 1, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture),
                var other => other,
            });
            if (escaped[at] == 'u')
                at += 4;
        }
        // Encoding replaces surrogates without their other half.
        return Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text.ToString()));
    }
}
