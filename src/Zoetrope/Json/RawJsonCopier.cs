using System.Buffers;
using System.Text.Json;

namespace Zoetrope.Json;

/// <summary>Copies one value out of a reader token by token: escapes and number spellings stay, white space goes.</summary>
internal static class RawJsonCopier
{
    public static void CopyValue(ref Utf8JsonReader reader, IBufferWriter<byte> output)
    {
        var depth = 0;
        var afterValue = false;
        do
        {
            var token = reader.TokenType;
            if (afterValue && token is not (JsonTokenType.EndObject or JsonTokenType.EndArray))
                output.Write(","u8);
            switch (token)
            {
                case JsonTokenType.StartObject:
                    output.Write("{"u8);
                    depth++;
                    afterValue = false;
                    break;
                case JsonTokenType.StartArray:
                    output.Write("["u8);
                    depth++;
                    afterValue = false;
                    break;
                case JsonTokenType.EndObject:
                    output.Write("}"u8);
                    depth--;
                    afterValue = true;
                    break;
                case JsonTokenType.EndArray:
                    output.Write("]"u8);
                    depth--;
                    afterValue = true;
                    break;
                case JsonTokenType.PropertyName:
                    CopyQuoted(ref reader, output);
                    output.Write(":"u8);
                    afterValue = false;
                    break;
                case JsonTokenType.String:
                    CopyQuoted(ref reader, output);
                    afterValue = true;
                    break;
                default:
                    CopyToken(ref reader, output);
                    afterValue = true;
                    break;
            }
        }
        while (depth > 0 && ReadOrThrow(ref reader));
    }

    private static bool ReadOrThrow(ref Utf8JsonReader reader) =>
        reader.Read() ? true : throw new JsonException("The JSON ends in the middle of a value.");

    private static void CopyQuoted(ref Utf8JsonReader reader, IBufferWriter<byte> output)
    {
        output.Write("\""u8);
        CopyToken(ref reader, output);
        output.Write("\""u8);
    }

    private static void CopyToken(ref Utf8JsonReader reader, IBufferWriter<byte> output)
    {
        if (!reader.HasValueSequence)
        {
            output.Write(reader.ValueSpan);
            return;
        }
        foreach (var segment in reader.ValueSequence)
            output.Write(segment.Span);
    }
}
