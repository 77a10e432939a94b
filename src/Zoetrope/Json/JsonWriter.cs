using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Zoetrope.Json;

/// <summary>
/// Writes JSON as UTF-8 into memory, without white space. Only what must be escaped is: quotation marks, backslashes, control characters, and surrogates
/// without their other half, which UTF-8 cannot hold. Commas are written where they are needed; whether the calls make up a whole value is up to the caller.
/// </summary>
/// <remarks>
/// It exists beside <see cref="Utf8JsonWriter"/> because generated code needs none of its options and validation: without them it is faster, and an app that
/// references nothing else that writes JSON is smaller.
/// </remarks>
public sealed partial class JsonWriter
{
    /// <summary>The maximum depth, that of <see cref="Utf8JsonWriter"/>: a value that contains itself would otherwise end the process.</summary>
    private const int MaxDepth = 1000;

    private byte[] _bytes;
    private int _length;
    private int _depth;

    /// <summary>Initializes a writer.</summary>
    /// <param name="capacity">The initial capacity in bytes; it grows as needed.</param>
    /// <exception cref="ArgumentOutOfRangeException">The capacity is negative.</exception>
    public JsonWriter(int capacity = 256)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(capacity);
        _bytes = new byte[capacity];
    }

    /// <summary>What has been written. It changes with the next call.</summary>
    public ReadOnlyMemory<byte> Written => _bytes.AsMemory(0, _length);

    /// <summary>The capacity in bytes.</summary>
    internal int Capacity => _bytes.Length;

    /// <summary>Discards what has been written.</summary>
    public void Clear() => _length = _depth = 0;

    /// <summary>Returns a copy of what has been written.</summary>
    public byte[] ToArray() => _bytes.AsSpan(0, _length).ToArray();

    /// <summary>Begins an object.</summary>
    /// <exception cref="InvalidOperationException">It is nested more than 1,000 deep, not counting what is in values that are written as they are.</exception>
    public void WriteStartObject() => Open((byte)'{');

    /// <summary>Begins an object that is a member.</summary>
    /// <param name="name">The name.</param>
    /// <inheritdoc cref="WriteStartObject()" path="/exception"/>
    public void WriteStartObject(string name)
    {
        WritePropertyName(name);
        Open((byte)'{');
    }

    /// <summary>Ends an object.</summary>
    public void WriteEndObject() => Close((byte)'}');

    /// <summary>Begins an array.</summary>
    /// <inheritdoc cref="WriteStartObject()" path="/exception"/>
    public void WriteStartArray() => Open((byte)'[');

    /// <summary>Begins an array that is a member.</summary>
    /// <param name="name">The name.</param>
    /// <inheritdoc cref="WriteStartObject()" path="/exception"/>
    public void WriteStartArray(string name)
    {
        WritePropertyName(name);
        Open((byte)'[');
    }

    /// <summary>Ends an array.</summary>
    public void WriteEndArray() => Close((byte)']');

    /// <summary>Writes the name of a member, which is in UTF-8 and spelled as JSON spells it: with its escapes, without the quotation marks.</summary>
    /// <param name="name">The name.</param>
    public void WritePropertyName(ReadOnlySpan<byte> name)
    {
        // A null fits behind the name, too.
        Reserve(name.Length + 8);
        Separate();
        var to = _bytes.AsSpan(_length, name.Length + 3);
        to[0] = (byte)'"';
        name.CopyTo(to[1..]);
        to[^2] = (byte)'"';
        to[^1] = (byte)':';
        _length += to.Length;
    }

    /// <summary>Writes the name of a member.</summary>
    /// <param name="name">The name.</param>
    public void WritePropertyName(string name)
    {
        WriteStringValue(name);
        Reserve(1);
        Put((byte)':');
    }

    /// <summary>Writes a member with a string; null is written as <c>null</c>.</summary>
    /// <param name="name">The name, in UTF-8 and spelled as JSON spells it.</param>
    /// <param name="value">The value.</param>
    public void WriteString(ReadOnlySpan<byte> name, string? value)
    {
        WritePropertyName(name);
        if (value is null)
            Copy("null"u8);
        else
            Text(value);
    }

    /// <summary>Writes a member with a string; null is written as <c>null</c>.</summary>
    /// <param name="name">The name.</param>
    /// <param name="value">The value.</param>
    public void WriteString(string name, string? value)
    {
        WritePropertyName(name);
        WriteStringValue(value);
    }

    /// <summary>Writes a member with a whole number.</summary>
    /// <param name="name">The name.</param>
    /// <param name="value">The value.</param>
    public void WriteNumber(string name, long value)
    {
        WritePropertyName(name);
        WriteNumberValue(value);
    }

    /// <summary>Writes a string; null is written as <c>null</c>.</summary>
    /// <param name="value">The value.</param>
    public void WriteStringValue(string? value)
    {
        if (value is null)
            WriteNullValue();
        else
            WriteStringValue(value.AsSpan());
    }

    /// <summary>Writes a string.</summary>
    /// <param name="value">The value.</param>
    public void WriteStringValue(ReadOnlySpan<char> value)
    {
        Reserve(1);
        Separate();
        Text(value);
    }

    /// <summary>Writes a boolean.</summary>
    /// <param name="value">The value.</param>
    public void WriteBooleanValue(bool value) => WriteRawValue(value ? "true"u8 : "false"u8);

    /// <summary>Writes <c>null</c>.</summary>
    public void WriteNullValue() => WriteRawValue("null"u8);

    /// <summary>Writes a whole number.</summary>
    /// <param name="value">The value.</param>
    public void WriteNumberValue(long value) => Number(value, 20);

    /// <summary>Writes a whole number of up to 128 bits.</summary>
    /// <param name="value">The value.</param>
    public void WriteNumberValue(Int128 value) => Number(value, 40);

    /// <summary>Writes a number in its shortest form that reads back as the same number.</summary>
    /// <param name="value">The value.</param>
    /// <exception cref="ArgumentException">The value is infinite or NaN, which JSON cannot represent.</exception>
    public void WriteNumberValue(double value)
    {
        if (!double.IsFinite(value))
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"JSON has no number {value}."), nameof(value));
        Number(value, 32);
    }

    /// <summary>Writes JSON as it is.</summary>
    /// <param name="json">One value, well-formed; or members of an object, with the commas between them.</param>
    public void WriteRawValue(ReadOnlySpan<byte> json)
    {
        Reserve(json.Length + 1);
        Separate();
        Copy(json);
    }

    private void Open(byte bracket)
    {
        if (++_depth > MaxDepth)
            throw new InvalidOperationException("The value is nested more than 1,000 deep. Does it contain itself?");
        Reserve(2);
        Separate();
        Put(bracket);
    }

    private void Close(byte bracket)
    {
        _depth--;
        Reserve(1);
        Put(bracket);
    }

    private void Number<T>(T value, int maxLength)
        where T : IUtf8SpanFormattable
    {
        Reserve(maxLength + 1);
        Separate();
        value.TryFormat(_bytes.AsSpan(_length), out var length, default, CultureInfo.InvariantCulture);
        _length += length;
    }

    // A comma belongs after a value, which ends in none of these.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Separate()
    {
        if (_length > 0 && _bytes[_length - 1] is not ((byte)'{' or (byte)'[' or (byte)':'))
            Put((byte)',');
    }

    private void Put(byte value) => _bytes[_length++] = value;

    private void Copy(ReadOnlySpan<byte> values)
    {
        values.CopyTo(_bytes.AsSpan(_length));
        _length += values.Length;
    }

    private void Reserve(int more)
    {
        if (_bytes.Length - _length < more)
            Grow(more);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Grow(int more) => Array.Resize(ref _bytes, checked((int)Math.Min(Array.MaxLength, Math.Max(_bytes.Length * 2L, _length + (long)more))));
}
