using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Zoetrope.Json;

namespace Zoetrope.Cli.Output;

/// <summary>Writes JSON, indented, to stdout.</summary>
internal static class JsonOutput
{
    /// <summary>Writes a value and a line break. Numbers keep their spelling.</summary>
    public static void Write(RawJson value)
    {
        using var output = Console.OpenStandardOutput();
        output.Write(Encoding.UTF8.GetBytes(Indent(value)));
    }

    /// <summary>Writes the value that <paramref name="write"/> makes.</summary>
    public static void Write(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
            write(writer);
        Write(RawJson.Parse(buffer.WrittenSpan));
    }

    private static string Indent(RawJson value)
    {
        var text = new StringBuilder();
        var reader = value.CreateReader();
        var previous = JsonTokenType.None;
        while (reader.Read())
        {
            var token = reader.TokenType;
            var closes = token is JsonTokenType.EndObject or JsonTokenType.EndArray;
            if (previous is JsonTokenType.PropertyName)
                text.Append(": ");
            else if (previous is not JsonTokenType.None && !(closes && previous is JsonTokenType.StartObject or JsonTokenType.StartArray))
                text.Append(closes || previous is JsonTokenType.StartObject or JsonTokenType.StartArray ? "\n" : ",\n").Append(' ', 2 * reader.CurrentDepth);
            if (token is JsonTokenType.String or JsonTokenType.PropertyName)
                text.Append('"').Append(StringContent(ref reader)).Append('"');
            else
                text.Append(Encoding.UTF8.GetString(reader.ValueSpan));
            previous = token;
        }
        return text.Append('\n').ToString();
    }

    private static string StringContent(ref Utf8JsonReader reader)
    {
        try
        {
            return JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(reader.GetString()!);
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair is valid JSON, but no text: it stays escaped as it came.
            return Encoding.UTF8.GetString(reader.ValueSpan);
        }
    }
}
