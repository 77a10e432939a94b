using System.Globalization;
using System.Text;
using System.Text.Json;
using Zoetrope.Json;

namespace Zoetrope.Providers;

/// <summary>
/// What protocols read answers with. Services write the same thing in several ways, so each of these takes every form that makes sense,
/// gives null for the rest, and leaves the reader on the value's last token. Nothing here throws on JSON that is well-formed.
/// </summary>
public static class ProtocolJson
{
    /// <summary>Goes to the next member of an object: gives its unescaped name and leaves the reader on its value.</summary>
    /// <returns>False at the end of the object.</returns>
    public static bool NextMember(ref Utf8JsonReader reader, out ReadOnlySpan<byte> name)
    {
        name = default;
        if (!reader.Read() || reader.TokenType == JsonTokenType.EndObject)
            return false;
        // A lone surrogate: no name that anything looks for.
        if (!JsonStrings.TryName(ref reader, out name))
            name = reader.ValueSpan;
        return reader.Read();
    }

    /// <summary>Reads a string; a number or a boolean counts as its spelling.</summary>
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

    /// <summary>Reads a string as <see cref="Text"/> does, of a member that may be there more than once: a later one that is empty, or no name, does not replace it.</summary>
    /// <param name="earlier">What was read before.</param>
    /// <param name="reader">The reader, on the value.</param>
    public static string? TextOr(string? earlier, ref Utf8JsonReader reader)
    {
        // A boolean names nothing.
        var names = reader.TokenType is JsonTokenType.String or JsonTokenType.Number;
        return Text(ref reader) is { } text && names && !string.IsNullOrWhiteSpace(text) ? text : earlier;
    }

    /// <summary>Reads a number; a string that holds one counts.</summary>
    public static decimal? Number(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.Number)
            return reader.TryGetDecimal(out var number) ? number : null;
        if (reader.TokenType == JsonTokenType.String)
            return Number(Text(ref reader));
        reader.Skip();
        return null;
    }

    /// <summary>Reads a text out of a JSON object of which only a part may have come; null where that part does not have it.</summary>
    /// <param name="part">The part, from the beginning.</param>
    /// <param name="names">The names of the members that hold it; the first that is there, and is not empty, counts.</param>
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
                var index = names.IndexOf(Encoding.UTF8.GetString(name));
                if (index >= 0 && reader.Read() && reader.TokenType is JsonTokenType.String or JsonTokenType.Number)
                    found[index] = TextOr(found[index], ref reader);
            }
        }
        catch (JsonException)
        {
            // What came before it broke counts.
        }
        return Array.Find(found, static text => !string.IsNullOrEmpty(text));
    }

    /// <summary>Reads a number from text, such as a header.</summary>
    public static decimal? Number(string? text) =>
        decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>Reads a whole number; a string that holds one counts.</summary>
    public static int? Integer(ref Utf8JsonReader reader) =>
        Number(ref reader) is { } number && number >= int.MinValue && number <= int.MaxValue && decimal.IsInteger(number) ? (int)number : null;

    /// <summary>Reads a time given in seconds.</summary>
    public static TimeSpan? Seconds(ref Utf8JsonReader reader) =>
        Number(ref reader) is >= 0 and < 1_000_000_000 and var seconds ? TimeSpan.FromSeconds((double)seconds) : null;

    /// <summary>Reads a boolean; the words for it in a string count, and so do 1 and 0.</summary>
    public static bool? Flag(ref Utf8JsonReader reader) => Flag(Text(ref reader));

    /// <summary>Reads a boolean from text, such as a header.</summary>
    public static bool? Flag(string? text) => text?.Trim().ToLowerInvariant() switch
    {
        "true" or "1" or "yes" => true,
        "false" or "0" or "no" => false,
        _ => null,
    };

    /// <summary>Reads a moment in ISO 8601; one without an offset counts as UTC.</summary>
    public static DateTimeOffset? Moment(ref Utf8JsonReader reader) =>
        DateTimeOffset.TryParse(Text(ref reader), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment) ? moment : null;
}
