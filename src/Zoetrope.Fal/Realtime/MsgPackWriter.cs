using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Zoetrope.Fal.Realtime;

/// <summary>Writes JSON as MessagePack, as fal's clients write it: the smallest form of each integer, texts as UTF-8, bytes as <c>bin</c>.</summary>
internal static class MsgPackWriter
{
    private const string DataScheme = "data:";

    /// <summary>Returns the MessagePack of a JSON value.</summary>
    /// <param name="json">The value.</param>
    /// <param name="binaryMembers">The names of members whose texts, which are <c>data:</c> URIs or base64, are sent as bytes.</param>
    /// <exception cref="FormatException">A text is not valid Unicode, or one of <paramref name="binaryMembers"/> is not base64.</exception>
    public static ReadOnlyMemory<byte> Write(ReadOnlySpan<byte> json, IReadOnlySet<string>? binaryMembers)
    {
        using var document = JsonDocument.Parse(json.ToArray(), new JsonDocumentOptions { MaxDepth = MsgPackReader.MaxDepth });
        var output = new ArrayBufferWriter<byte>(json.Length + 16);
        Write(output, document.RootElement, binaryMembers, isBinary: false);
        return output.WrittenMemory;
    }

    private static void Write(ArrayBufferWriter<byte> output, JsonElement value, IReadOnlySet<string>? binaryMembers, bool isBinary)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                var count = 0;
                foreach (var _ in value.EnumerateObject())
                    count++;
                Head(output, count, fix: 0x80, mostFix: 15, of8: null, 0xDE, 0xDF);
                foreach (var member in value.EnumerateObject())
                {
                    Text(output, NameOf(member));
                    Write(output, member.Value, binaryMembers, binaryMembers?.Contains(member.Name) == true);
                }
                break;
            case JsonValueKind.Array:
                Head(output, value.GetArrayLength(), fix: 0x90, mostFix: 15, of8: null, 0xDC, 0xDD);
                foreach (var item in value.EnumerateArray())
                    Write(output, item, binaryMembers, isBinary);
                break;
            case JsonValueKind.String when isBinary:
                Binary(output, BytesOf(TextOf(value)));
                break;
            case JsonValueKind.String:
                Text(output, TextOf(value));
                break;
            case JsonValueKind.Number:
                Number(output, value);
                break;
            default:
                Byte(output, value.ValueKind switch { JsonValueKind.True => 0xC3, JsonValueKind.False => 0xC2, _ => 0xC0 });
                break;
        }
    }

    private static string NameOf(JsonProperty member)
    {
        try
        {
            return member.Name;
        }
        catch (InvalidOperationException exception)
        {
            throw new FormatException("The name of a member is not valid Unicode, which MessagePack cannot carry.", exception);
        }
    }

    private static string TextOf(JsonElement value)
    {
        try
        {
            return value.GetString()!;
        }
        catch (InvalidOperationException exception)
        {
            throw new FormatException("A text is not valid Unicode, which MessagePack cannot carry.", exception);
        }
    }

    private static byte[] BytesOf(string text)
    {
        var comma = text.StartsWith(DataScheme, StringComparison.OrdinalIgnoreCase) ? text.IndexOf(',', StringComparison.Ordinal) : -1;
        return Convert.FromBase64String(text[(comma + 1)..]);
    }

    // A number that is spelled with a fraction or an exponent is a floating-point number to the app; integers beyond 64 bits can only be one.
    private static void Number(ArrayBufferWriter<byte> output, JsonElement value)
    {
        if (value.TryGetInt64(out var signed))
            Integer(output, signed);
        else if (value.TryGetUInt64(out var unsigned))
        {
            Byte(output, 0xCF);
            BinaryPrimitives.WriteUInt64BigEndian(Take(output, 8), unsigned);
        }
        else
        {
            Byte(output, 0xCB);
            BinaryPrimitives.WriteDoubleBigEndian(Take(output, 8), double.Parse(value.GetRawText(), NumberStyles.Float, CultureInfo.InvariantCulture));
        }
    }

    private static void Integer(ArrayBufferWriter<byte> output, long value)
    {
        switch (value)
        {
            case >= -32 and <= 127:
                Byte(output, (byte)value);
                break;
            case >= 0 and <= byte.MaxValue:
                Byte(output, 0xCC);
                Byte(output, (byte)value);
                break;
            case >= 0 and <= ushort.MaxValue:
                Byte(output, 0xCD);
                BinaryPrimitives.WriteUInt16BigEndian(Take(output, 2), (ushort)value);
                break;
            case >= 0 and <= uint.MaxValue:
                Byte(output, 0xCE);
                BinaryPrimitives.WriteUInt32BigEndian(Take(output, 4), (uint)value);
                break;
            case >= 0:
                Byte(output, 0xCF);
                BinaryPrimitives.WriteInt64BigEndian(Take(output, 8), value);
                break;
            case >= sbyte.MinValue:
                Byte(output, 0xD0);
                Byte(output, (byte)value);
                break;
            case >= short.MinValue:
                Byte(output, 0xD1);
                BinaryPrimitives.WriteInt16BigEndian(Take(output, 2), (short)value);
                break;
            case >= int.MinValue:
                Byte(output, 0xD2);
                BinaryPrimitives.WriteInt32BigEndian(Take(output, 4), (int)value);
                break;
            default:
                Byte(output, 0xD3);
                BinaryPrimitives.WriteInt64BigEndian(Take(output, 8), value);
                break;
        }
    }

    private static void Text(ArrayBufferWriter<byte> output, string text)
    {
        var length = Encoding.UTF8.GetByteCount(text);
        Head(output, length, fix: 0xA0, mostFix: 31, of8: 0xD9, 0xDA, 0xDB);
        Encoding.UTF8.GetBytes(text, Take(output, length));
    }

    private static void Binary(ArrayBufferWriter<byte> output, byte[] bytes)
    {
        Head(output, bytes.Length, fix: 0, mostFix: -1, of8: 0xC4, 0xC5, 0xC6);
        bytes.CopyTo(Take(output, bytes.Length));
    }

    private static void Head(ArrayBufferWriter<byte> output, int length, byte fix, int mostFix, byte? of8, byte of16, byte of32)
    {
        if (length <= mostFix)
            Byte(output, (byte)(fix | length));
        else if (of8 is { } eight && length <= byte.MaxValue)
        {
            Byte(output, eight);
            Byte(output, (byte)length);
        }
        else if (length <= ushort.MaxValue)
        {
            Byte(output, of16);
            BinaryPrimitives.WriteUInt16BigEndian(Take(output, 2), (ushort)length);
        }
        else
        {
            Byte(output, of32);
            BinaryPrimitives.WriteInt32BigEndian(Take(output, 4), length);
        }
    }

    private static void Byte(ArrayBufferWriter<byte> output, byte value) => Take(output, 1)[0] = value;

    private static Span<byte> Take(ArrayBufferWriter<byte> output, int length)
    {
        var span = output.GetSpan(Math.Max(length, 1))[..length];
        output.Advance(length);
        return span;
    }
}
