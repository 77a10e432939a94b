using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;

namespace Zoetrope.Fal.Realtime;

/// <summary>
/// Reads MessagePack as JSON. Bytes become a text with their <c>data:</c> URI, and are kept with their JSON pointer; timestamps become texts, and numbers that
/// JSON does not have (NaN and infinities) null.
/// </summary>
internal ref struct MsgPackReader
{
    public const int MaxDepth = 256;

    private readonly ReadOnlyMemory<byte> _source;
    private readonly Utf8JsonWriter _writer;
    // The names and indexes that lead to the value being read; a pointer is made of them only where there are bytes.
    private readonly List<(string? Name, int Index)> _path = [];
    private Dictionary<string, ReadOnlyMemory<byte>>? _binaries;
    private int _at;

    private MsgPackReader(ReadOnlyMemory<byte> source, Utf8JsonWriter writer)
    {
        _source = source;
        _writer = writer;
    }

    /// <summary>Reads a message, which is exactly one value.</summary>
    /// <param name="message">The message.</param>
    /// <param name="binaries">The bytes in it by their JSON pointers, which are parts of <paramref name="message"/>; null where there are none.</param>
    /// <returns>The JSON.</returns>
    /// <exception cref="FormatException">The message is not MessagePack.</exception>
    public static ReadOnlyMemory<byte> Read(ReadOnlyMemory<byte> message, out Dictionary<string, ReadOnlyMemory<byte>>? binaries)
    {
        var output = new ArrayBufferWriter<byte>(message.Length + 16);
        using var writer = new Utf8JsonWriter(
            output, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = MaxDepth + 1, SkipValidation = true });
        var reader = new MsgPackReader(message, writer);
        reader.Value();
        if (reader._at != message.Length)
            throw new FormatException($"The message has {message.Length - reader._at} bytes after its value.");
        writer.Flush();
        binaries = reader._binaries;
        return output.WrittenMemory;
    }

    private void Value()
    {
        if (_path.Count > MaxDepth)
            throw new FormatException($"The message is nested more than {MaxDepth} deep.");
        var kind = Byte();
        switch (kind)
        {
            case <= 0x7F:
                _writer.WriteNumberValue((int)kind);
                break;
            case >= 0xE0:
                _writer.WriteNumberValue((int)(sbyte)kind);
                break;
            case <= 0x8F:
                Map(kind & 0x0F);
                break;
            case <= 0x9F:
                List(kind & 0x0F);
                break;
            case <= 0xBF:
                _writer.WriteStringValue(Text(kind & 0x1F));
                break;
            case 0xC0:
                _writer.WriteNullValue();
                break;
            case 0xC2 or 0xC3:
                _writer.WriteBooleanValue(kind == 0xC3);
                break;
            case 0xC4 or 0xC5 or 0xC6:
                Binary(Take(Length(kind - 0xC4)));
                break;
            case 0xC7 or 0xC8 or 0xC9:
                Extension(Length(kind - 0xC7));
                break;
            case 0xCA:
                Float(BinaryPrimitives.ReadSingleBigEndian(Take(4).Span));
                break;
            case 0xCB:
                Double(BinaryPrimitives.ReadDoubleBigEndian(Take(8).Span));
                break;
            case 0xCC or 0xCD or 0xCE or 0xCF:
                _writer.WriteNumberValue(Unsigned(1 << (kind - 0xCC)));
                break;
            case 0xD0 or 0xD1 or 0xD2 or 0xD3:
                _writer.WriteNumberValue(Signed(1 << (kind - 0xD0)));
                break;
            case 0xD4 or 0xD5 or 0xD6 or 0xD7 or 0xD8:
                Extension(1 << (kind - 0xD4));
                break;
            case 0xD9 or 0xDA or 0xDB:
                _writer.WriteStringValue(Text(Length(kind - 0xD9)));
                break;
            case 0xDC or 0xDD:
                List(Length(kind - 0xDB));
                break;
            case 0xDE or 0xDF:
                Map(Length(kind - 0xDD));
                break;
            default:
                throw new FormatException($"The byte 0x{kind.ToString("X2", CultureInfo.InvariantCulture)} begins no value of MessagePack.");
        }
    }

    private void Map(int count)
    {
        Require(count * 2L);
        _writer.WriteStartObject();
        for (var i = 0; i < count; i++)
        {
            var name = Name();
            _writer.WritePropertyName(name);
            _path.Add((name, 0));
            Value();
            _path.RemoveAt(_path.Count - 1);
        }
        _writer.WriteEndObject();
    }

    private void List(int count)
    {
        Require(count);
        _writer.WriteStartArray();
        for (var i = 0; i < count; i++)
        {
            _path.Add((null, i));
            Value();
            _path.RemoveAt(_path.Count - 1);
        }
        _writer.WriteEndArray();
    }

    // Names of members are texts; an integer is written as one.
    private string Name()
    {
        var kind = Byte();
        return kind switch
        {
            >= 0xA0 and <= 0xBF => Text(kind & 0x1F),
            0xD9 or 0xDA or 0xDB => Text(Length(kind - 0xD9)),
            <= 0x7F => ((int)kind).ToString(CultureInfo.InvariantCulture),
            >= 0xE0 => ((int)(sbyte)kind).ToString(CultureInfo.InvariantCulture),
            0xCC or 0xCD or 0xCE or 0xCF => Unsigned(1 << (kind - 0xCC)).ToString(CultureInfo.InvariantCulture),
            0xD0 or 0xD1 or 0xD2 or 0xD3 => Signed(1 << (kind - 0xD0)).ToString(CultureInfo.InvariantCulture),
            _ => throw new FormatException("The name of a member is neither a text nor an integer."),
        };
    }

    private string Text(int length)
    {
        var utf8 = Take(length).Span;
        return Utf8.IsValid(utf8) ? Encoding.UTF8.GetString(utf8) : throw new FormatException("A text is not UTF-8.");
    }

    private void Binary(ReadOnlyMemory<byte> bytes)
    {
        (_binaries ??= [])[Pointer()] = bytes;
        _writer.WriteStringValue("data:application/octet-stream;base64," + Convert.ToBase64String(bytes.Span));
    }

    private readonly string Pointer()
    {
        var pointer = new StringBuilder();
        foreach (var (name, index) in _path)
        {
            pointer.Append('/');
            if (name is null)
                pointer.Append(CultureInfo.InvariantCulture, $"{index}");
            else
                pointer.Append(name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal));
        }
        return pointer.ToString();
    }

    // Type -1 is a time, in one of three lengths.
    private void Extension(int length)
    {
        var type = (sbyte)Byte();
        var content = Take(length);
        var span = content.Span;
        (long Seconds, uint Nanoseconds)? time = (type, length) switch
        {
            (-1, 4) => (BinaryPrimitives.ReadUInt32BigEndian(span), 0),
            (-1, 8) => ((long)(BinaryPrimitives.ReadUInt64BigEndian(span) & 0x3FFFFFFFF), (uint)(BinaryPrimitives.ReadUInt64BigEndian(span) >> 34)),
            (-1, 12) => (BinaryPrimitives.ReadInt64BigEndian(span[4..]), BinaryPrimitives.ReadUInt32BigEndian(span)),
            _ => null,
        };
        if (time is { Seconds: >= -62_135_596_800 and < 253_402_300_800, Nanoseconds: < 1_000_000_000 } moment)
            _writer.WriteStringValue(DateTimeOffset.FromUnixTimeSeconds(moment.Seconds).AddTicks(moment.Nanoseconds / 100));
        else
            Binary(content);
    }

    private readonly void Float(float value)
    {
        if (float.IsFinite(value))
            _writer.WriteNumberValue(value);
        else
            _writer.WriteNullValue();
    }

    private readonly void Double(double value)
    {
        if (double.IsFinite(value))
            _writer.WriteNumberValue(value);
        else
            _writer.WriteNullValue();
    }

    private ulong Unsigned(int size)
    {
        var bytes = Take(size).Span;
        return size switch
        {
            1 => bytes[0],
            2 => BinaryPrimitives.ReadUInt16BigEndian(bytes),
            4 => BinaryPrimitives.ReadUInt32BigEndian(bytes),
            _ => BinaryPrimitives.ReadUInt64BigEndian(bytes),
        };
    }

    private long Signed(int size)
    {
        var bytes = Take(size).Span;
        return size switch
        {
            1 => (sbyte)bytes[0],
            2 => BinaryPrimitives.ReadInt16BigEndian(bytes),
            4 => BinaryPrimitives.ReadInt32BigEndian(bytes),
            _ => BinaryPrimitives.ReadInt64BigEndian(bytes),
        };
    }

    // Written in 1, 2 or 4 bytes.
    private int Length(int power)
    {
        var length = Unsigned(1 << power);
        return length <= int.MaxValue ? (int)length : throw new FormatException("The message is cut off.");
    }

    private byte Byte() => Take(1).Span[0];

    private ReadOnlyMemory<byte> Take(int length)
    {
        Require(length);
        var taken = _source.Slice(_at, length);
        _at += length;
        return taken;
    }

    // Before anything is allocated: a few bytes can announce billions.
    private readonly void Require(long length)
    {
        if (length > _source.Length - _at)
            throw new FormatException("The message is cut off.");
    }
}
