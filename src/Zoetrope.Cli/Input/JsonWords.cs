using System.Globalization;
using System.Text;
using System.Text.Json;
using Zoetrope.Json;

namespace Zoetrope.Cli.Input;

/// <summary>Reads JSON, and says what is wrong with it. The reader's own messages speak of its options.</summary>
internal static class JsonWords
{
    /// <summary>Where the text stops being JSON, such as <c>line 1, column 14: '}' is not expected here</c>.</summary>
    /// <param name="exception">What reading the text threw.</param>
    /// <param name="utf8">The text.</param>
    public static string Of(JsonException exception, ReadOnlySpan<byte> utf8)
    {
        if (utf8.Trim(" \t\r\n"u8).IsEmpty)
            return "it is empty";
        if (exception.LineNumber is not { } line || exception.BytePositionInLine is not { } offset)
            return "it is not complete, or nested too deeply";
        var rest = utf8;
        for (; line > 0 && rest.IndexOf((byte)'\n') is >= 0 and var end; line--)
            rest = rest[(end + 1)..];
        var before = rest[..(int)Math.Min(offset, rest.Length)];
        var at = string.Create(CultureInfo.InvariantCulture, $"line {exception.LineNumber + 1}, column {Encoding.UTF8.GetCharCount(before) + 1}");
        rest = rest[before.Length..];
        if (rest.Trim(" \t\r\n"u8).IsEmpty)
            return $"{at}: it ends too early";
        Rune.DecodeFromUtf8(rest, out var found, out _);
        return $"{at}: '{found}' is not expected here";
    }

    /// <inheritdoc cref="Of(JsonException, ReadOnlySpan{byte})"/>
    public static string Of(JsonException exception, string text) => Of(exception, Encoding.UTF8.GetBytes(text));

    /// <summary>Reads a text as JSON, or says why it is none.</summary>
    public static bool TryParse(string text, out RawJson json, out string? error)
    {
        try
        {
            json = RawJson.Parse(text);
            error = null;
            return true;
        }
        catch (JsonException exception)
        {
            json = default;
            error = Of(exception, text);
            return false;
        }
    }
}
