using System.Text;
using System.Text.Json;
using Zoetrope.Json;

namespace Zoetrope.Cli.Mcp.Results;

/// <summary>
/// Writes what others have said, such as results of models, as data: bytes are named and not repeated, because they would fill the context of a language model,
/// and texts are valid Unicode.
/// </summary>
internal static class DataJson
{
    private const int LongestData = 256;

    // Clients read messages to a depth of 64, in which the result is several levels deep.
    private const int Deepest = 40;

    /// <summary>Writes a member unless there is no text.</summary>
    public static void WriteText(Utf8JsonWriter writer, string name, string? text)
    {
        if (!string.IsNullOrEmpty(text))
            writer.WriteString(name, Valid(text));
    }

    /// <summary>Writes a value.</summary>
    public static void Write(Utf8JsonWriter writer, RawJson value) => Write(writer, value, 0);

    /// <summary>The text, or what a URL with its content begins with.</summary>
    public static string Shortened(string text) => text.Length > LongestData && text.StartsWith("data:", StringComparison.OrdinalIgnoreCase)
        ? $"{Valid(text[..Math.Max(0, Math.Min(text.IndexOf(',', StringComparison.Ordinal), 100))])},... ({text.Length} characters)"
        : Valid(text);

    private static void Write(Utf8JsonWriter writer, RawJson value, int depth)
    {
        switch (value.Kind)
        {
            case JsonValueKind.String:
                var text = value.CreateReader();
                text.Read();
                writer.WriteStringValue(Shortened(TextOf(ref text)));
                break;
            case JsonValueKind.Array or JsonValueKind.Object when depth >= Deepest:
                writer.WriteStringValue(value.ToString());
                break;
            case JsonValueKind.Array:
                var items = value.CreateReader();
                items.Read();
                writer.WriteStartArray();
                while (items.Read() && items.TokenType != JsonTokenType.EndArray)
                    Write(writer, RawJson.Read(ref items), depth + 1);
                writer.WriteEndArray();
                break;
            case JsonValueKind.Object:
                var members = value.CreateReader();
                members.Read();
                writer.WriteStartObject();
                while (members.Read() && members.TokenType == JsonTokenType.PropertyName)
                {
                    writer.WritePropertyName(TextOf(ref members));
                    members.Read();
                    Write(writer, RawJson.Read(ref members), depth + 1);
                }
                writer.WriteEndObject();
                break;
            default:
                // Numbers keep their spelling.
                writer.WriteRawValue(value.Utf8);
                break;
        }
    }

    private static string TextOf(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair: JSON, but not a text.
            return Encoding.UTF8.GetString(reader.ValueSpan);
        }
    }

    private static string Valid(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
}
