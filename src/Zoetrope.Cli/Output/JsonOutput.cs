using System.Buffers;
using System.Text;
using System.Text.Json;
using Zoetrope.Json;

namespace Zoetrope.Cli.Output;

/// <summary>Writes JSON to stdout.</summary>
internal static class JsonOutput
{
    private const string Saved = "saved";

    /// <summary>Writes a value, indented, and a line break. Numbers keep their spelling.</summary>
    public static void Write(RawJson value)
    {
        using var output = StandardStreams.OpenOutput();
        output.Write(Encoding.UTF8.GetBytes(Text(value, isIndented: true)));
    }

    /// <summary>Writes the value that <paramref name="write"/> makes.</summary>
    public static void Write(Action<Utf8JsonWriter> write) => Write(Make(write));

    /// <summary>Writes the value that <paramref name="write"/> makes in one line.</summary>
    public static void WriteLine(Action<Utf8JsonWriter> write)
    {
        using var output = StandardStreams.OpenOutput();
        output.Write(Encoding.UTF8.GetBytes(Text(Make(write), isIndented: false)));
    }

    /// <summary>
    /// Writes a result with the paths of the files that were saved: in a member <c>saved</c> of its object. A result that is not an object, or has such a
    /// member, becomes the member <c>result</c> beside it.
    /// </summary>
    public static void Write(RawJson result, IReadOnlyList<string> saved)
    {
        var paths = Make(writer =>
        {
            writer.WriteStartArray();
            foreach (var path in saved)
                writer.WriteStringValue(path);
            writer.WriteEndArray();
        });
        var text = result.ToString();
        if (result.Kind != JsonValueKind.Object || HasSaved(result))
            Write(RawJson.Parse($"{{\"result\":{text},\"{Saved}\":{paths}}}"));
        else
        {
            var members = text[1..^1];
            var separator = string.IsNullOrWhiteSpace(members) ? "" : ",";
            Write(RawJson.Parse($"{{{members}{separator}\"{Saved}\":{paths}}}"));
        }
    }

    /// <summary>A value in one line, in which nothing is left that a terminal would act on, or that a reader would not see.</summary>
    public static string Line(RawJson value) => Text(value, isIndented: false).TrimEnd('\n');

    /// <summary>The value that <paramref name="write"/> makes.</summary>
    public static RawJson Make(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
            write(writer);
        return RawJson.Parse(buffer.WrittenSpan);
    }

    private static bool HasSaved(RawJson result)
    {
        var reader = result.CreateReader();
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.PropertyName && reader.CurrentDepth == 1 && reader.ValueTextEquals(Saved))
                return true;
        }
        return false;
    }

    private static string Text(RawJson value, bool isIndented)
    {
        var text = new StringBuilder();
        var reader = value.CreateReader();
        var previous = JsonTokenType.None;
        while (reader.Read())
        {
            var token = reader.TokenType;
            var closes = token is JsonTokenType.EndObject or JsonTokenType.EndArray;
            var isFirst = previous is JsonTokenType.StartObject or JsonTokenType.StartArray;
            if (previous is JsonTokenType.PropertyName)
                text.Append(isIndented ? ": " : ":");
            else if (!isIndented)
                text.Append(closes || isFirst || previous is JsonTokenType.None ? "" : ",");
            else if (previous is not JsonTokenType.None && !(closes && isFirst))
                text.Append(closes || isFirst ? "\n" : ",\n").Append(' ', 2 * reader.CurrentDepth);
            if (token is JsonTokenType.String or JsonTokenType.PropertyName)
                JsonText.Append(reader.ValueSpan, text);
            else
                text.Append(Encoding.UTF8.GetString(reader.ValueSpan));
            previous = token;
        }
        return text.Append('\n').ToString();
    }
}
