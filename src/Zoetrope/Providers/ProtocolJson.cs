using System.Globalization;
using System.Text;
using System.Text.Json;
using Zoetrope.Json;

namespace Zoetrope.Providers;

/// <summary>
/// Lenient readers of values in responses, for protocols. Services write the same value in several ways, so each reader accepts every sensible format,
/// returns null for others, and leaves the reader on the value's last token. They do not throw for well-formed JSON.
/// </summary>
public static class ProtocolJson
{
    /// <summary>Advances to the next member of an object: returns its unescaped name and leaves the reader on its value.</summary>
    /// <returns>False at the end of the object.</returns>
    public static bool NextMember(ref Utf8JsonReader reader, out ReadOnlySpan<byte> name)
    {
        name = default;
        if (!reader.Read() || reader.TokenType == JsonTokenType.EndObject)
            return false;
        // An unpaired surrogate: not a name that anything looks for.
        if (!JsonStrings.TryName(ref reader, out name))
            name = reader.ValueSpan;
        return reader.Read();
    }

    /// <summary>Reads a string; a number or a boolean is read as its spelling.</summary>
    public static string? Text(ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.String:
                return JsonStrings.TryText(ref reader, out var text) ? text : Encoding.UTF8.GetString(reader.ValueSpan);
            case JsonTokenType.Number or JsonTokenType.True or JsonTokenType.False:
                return Encoding.UTF8.GetString(reader.ValueSpan);
            default:
                reader.Skip();
                return null;
        }
    }

    /// <summary>
    /// Reads a string like <see cref="Text"/>, of a member that may occur more than once: a later value that is empty, or not a name, does not replace it.
    /// </summary>
    /// <param name="earlier">The value that was read before.</param>
    /// <param name="reader">The reader, on the value.</param>
    /// <param name="expected">A value that is likely, such as the id of the job: it is returned where it is equal, in place of a copy.</param>
    public static string? TextOr(string? earlier, ref Utf8JsonReader reader, string? expected = null)
    {
        var isPlain = reader is { TokenType: JsonTokenType.String, ValueIsEscaped: false, HasValueSequence: false };
        if (isPlain && expected is not null && Is(reader.ValueSpan, expected))
            return expected;
        // A boolean is not a name.
        var names = reader.TokenType is JsonTokenType.String or JsonTokenType.Number;
        return Text(ref reader) is { } text && names && !string.IsNullOrWhiteSpace(text) ? text : earlier;
    }

    /// <summary>Reads a number, or a string that contains one.</summary>
    public static decimal? Number(ref Utf8JsonReader reader) => Number(Text(ref reader));

    /// <summary>Reads a text from a JSON object that may be truncated; null where the received part does not contain it.</summary>
    /// <param name="part">The received part, from the beginning.</param>
    /// <param name="names">The names of members that may contain it; the first that is present and not empty is used.</param>
    public static string? TextOfPart(ReadOnlySpan<byte> part, params ReadOnlySpan<string> names)
    {
        var found = new string?[names.Length];
        var reader = new Utf8JsonReader(part, isFinalBlock: false, new JsonReaderState(new JsonReaderOptions { MaxDepth = int.MaxValue }));
        try
        {
            while (reader.Read())
            {
                if (reader.TokenType != JsonTokenType.PropertyName || reader.CurrentDepth != 1)
                    continue;
                if (!JsonStrings.TryName(ref reader, out var name))
                    continue;
                var index = IndexOf(names, Encoding.UTF8.GetString(name));
                if (index >= 0 && reader.Read() && reader.TokenType is JsonTokenType.String or JsonTokenType.Number)
                    found[index] = TextOr(found[index], ref reader);
            }
        }
        catch (JsonException)
        {
            // Values before the truncation count.
        }
        return Array.Find(found, static text => !string.IsNullOrEmpty(text));
    }

    // Ids are ASCII; another text is read as any.
    private static bool Is(ReadOnlySpan<byte> value, string expected)
    {
        if (value.Length != expected.Length || value.IsEmpty)
            return false;
        for (var i = 0; i < value.Length; i++)
        {
            if (value[i] != expected[i] || value[i] > 0x7F)
                return false;
        }
        return true;
    }

    private static int IndexOf(ReadOnlySpan<string> names, string name)
    {
        for (var i = 0; i < names.Length; i++)
        {
            if (string.Equals(names[i], name, StringComparison.Ordinal))
                return i;
        }
        return -1;
    }

    /// <summary>Reads a number from text, such as a header.</summary>
    public static decimal? Number(string? text) =>
        decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>Reads a whole number, or a string that contains one.</summary>
    public static int? Integer(ref Utf8JsonReader reader) =>
        Number(ref reader) is { } number && number >= int.MinValue && number <= int.MaxValue && decimal.IsInteger(number) ? (int)number : null;

    /// <summary>Reads a time given in seconds.</summary>
    public static TimeSpan? Seconds(ref Utf8JsonReader reader) =>
        Number(ref reader) is >= 0 and < 1_000_000_000 and var seconds ? TimeSpan.FromSeconds((double)seconds) : null;

    /// <summary>Reads a boolean; the usual words in a string are accepted, and so are 1 and 0.</summary>
    public static bool? Flag(ref Utf8JsonReader reader) => Flag(Text(ref reader));

    /// <summary>Reads a boolean from text, such as a header.</summary>
    public static bool? Flag(string? text) => text?.Trim().ToLowerInvariant() switch
    {
        "true" or "1" or "yes" => true,
        "false" or "0" or "no" => false,
        _ => null,
    };

    /// <summary>Reads a time in ISO 8601; one without an offset counts as UTC.</summary>
    public static DateTimeOffset? Moment(ref Utf8JsonReader reader) =>
        DateTimeOffset.TryParse(Text(ref reader), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment) ? moment : null;
}
