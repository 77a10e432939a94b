using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Zoetrope.Json;

namespace Zoetrope.Jobs;

/// <summary>The hash by which equal inputs are recognized.</summary>
internal static class InputHash
{
    private const int MostKept = 1 << 16;

    // Many inputs are hashed one after the other.
    [ThreadStatic]
    private static (ArrayBufferWriter<byte> Text, Utf8JsonWriter Writer)? _kept;

    /// <summary>Inputs may be nested as deeply as the clients send them.</summary>
    public static JsonDocumentOptions Options { get; } = new() { MaxDepth = 256 };

    /// <summary>
    /// Returns the hash of an input of a model. White space, the order of members and the spelling of texts do not count; numbers count as they are written,
    /// because a service may distinguish <c>1</c> and <c>1.0</c>.
    /// </summary>
    /// <exception cref="JsonException">The input is not valid JSON.</exception>
    public static string Of(string provider, string endpointId, RawJson input)
    {
        using var document = JsonDocument.Parse(input.Utf8Memory, Options);
        var (text, writer) = _kept ??= New();
        text.ResetWrittenCount();
        writer.Reset();
        writer.WriteStartArray();
        writer.WriteStringValue(provider);
        writer.WriteStringValue(endpointId);
        Write(writer, document.RootElement);
        writer.WriteEndArray();
        writer.Flush();
        var hash = Convert.ToHexStringLower(SHA256.HashData(text.WrittenSpan));
        if (text.Capacity > MostKept)
            _kept = null;
        return hash;
    }

    private static (ArrayBufferWriter<byte> Text, Utf8JsonWriter Writer) New()
    {
        var text = new ArrayBufferWriter<byte>(1024);
        return (text, new Utf8JsonWriter(text, new JsonWriterOptions { SkipValidation = true }));
    }

    private static void Write(Utf8JsonWriter writer, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                WriteMembers(writer, value);
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var item in value.EnumerateArray())
                    Write(writer, item);
                writer.WriteEndArray();
                break;
            case JsonValueKind.String:
                WriteText(writer, value);
                break;
            default:
                writer.WriteRawValue(value.GetRawText(), skipInputValidation: true);
                break;
        }
    }

    private static void WriteMembers(Utf8JsonWriter writer, JsonElement value)
    {
        var members = new List<(string Name, int Position, JsonElement Value)>();
        foreach (var member in value.EnumerateObject())
            members.Add((NameOf(member), members.Count, member.Value));
        members.Sort(static (one, other) => string.CompareOrdinal(one.Name, other.Name) is not 0 and var order ? order : one.Position - other.Position);
        writer.WriteStartObject();
        for (var i = 0; i < members.Count; i++)
        {
            // Of members with one name the last counts, as it does for most services.
            if (i + 1 < members.Count && members[i + 1].Name == members[i].Name)
                continue;
            writer.WritePropertyName(members[i].Name);
            Write(writer, members[i].Value);
        }
        writer.WriteEndObject();
    }

    private static string NameOf(JsonProperty member)
    {
        try
        {
            return member.Name;
        }
        catch (InvalidOperationException)
        {
            return member.ToString();
        }
    }

    // A text with half of a surrogate pair has no value in .NET; it counts as it is written.
    private static void WriteText(Utf8JsonWriter writer, JsonElement value)
    {
        try
        {
            writer.WriteStringValue(value.GetString());
        }
        catch (InvalidOperationException)
        {
            writer.WriteRawValue(Encoding.UTF8.GetBytes(value.GetRawText()), skipInputValidation: true);
        }
    }
}
