using System.Text.Json;

namespace Zoetrope.Json;

/// <summary>
/// Extracts a value from a reader without its white space; escapes and the spelling of numbers are kept. A value without white space is a slice of the bytes
/// that are read, where these are known; any other value is copied token by token.
/// </summary>
internal static class RawJsonCopier
{
    /// <summary>Extracts the value at the reader's position, and leaves the reader on its last token.</summary>
    public static ReadOnlyMemory<byte> Take(ref Utf8JsonReader reader)
    {
        // A slice would keep the response in memory for a word that is always the same.
        if (reader.TokenType == JsonTokenType.Null)
            return RawJson.NullUtf8;
        if (!JsonSource.TryShare(ref reader, out var source))
            return Copy(ref reader, 64);
        var from = (int)reader.TokenStartIndex;
        return TryPass(ref reader, out var end) ? source[from..end] : Copy(ref reader, 64);
    }

    /// <summary>
    /// Advances to the last token of the value like <see cref="TrySkipCompact"/>; if the result is false, the reader's position is unchanged.
    /// </summary>
    public static bool TryPass(ref Utf8JsonReader reader, out int end)
    {
        if (reader.TokenType is not (JsonTokenType.StartObject or JsonTokenType.StartArray))
        {
            end = EndOf(ref reader);
            return true;
        }
        var start = reader;
        if (TrySkipCompact(ref reader, out end))
            return true;
        reader = start;
        return false;
    }

    /// <summary>Extracts the value between two positions of a reader, which is on the value's last token.</summary>
    public static ReadOnlyMemory<byte> Cut(Utf8JsonReader start, ref Utf8JsonReader end)
    {
        if (JsonSource.TryShare(ref start, out var source))
        {
            var value = source[(int)start.TokenStartIndex..EndOf(ref end)];
            // This test is fast because it does not distinguish white space between tokens from that in strings; most values have neither.
            if (value.Span.IndexOfAny(" \t\r\n"u8) < 0)
                return value;
        }
        return Copy(start, 64, ref end);
    }

    /// <summary>Extracts the only value of a JSON text. Nothing is copied if it has no white space.</summary>
    /// <exception cref="JsonException">The text is not valid JSON, or contains more than one value.</exception>
    public static ReadOnlyMemory<byte> TakeAll(ReadOnlyMemory<byte> utf8, JsonReaderOptions options)
    {
        var reader = new Utf8JsonReader(utf8.Span, options);
        if (!reader.Read())
            throw new JsonException("The JSON is empty; a value is expected.");
        var start = reader;
        var value = TrySkipCompact(ref reader, out var end) ? utf8[(int)start.TokenStartIndex..end] : Copy(start, utf8.Length, ref reader);
        if (reader.Read())
            throw new JsonException("The JSON contains more than one value.");
        return value;
    }

    /// <summary>Advances to the last token of the value at the reader's position. The reader's bytes must be one span.</summary>
    /// <param name="reader">The reader; if the result is false, it may be anywhere within the value.</param>
    /// <param name="end">The index after the value.</param>
    /// <returns>Whether there is no white space between the value's tokens.</returns>
    public static bool TrySkipCompact(ref Utf8JsonReader reader, out int end)
    {
        var depth = reader.CurrentDepth;
        end = EndOf(ref reader);
        if (reader.TokenType is not (JsonTokenType.StartObject or JsonTokenType.StartArray))
            return true;
        var afterValue = false;
        while (reader.Read())
        {
            var token = reader.TokenType;
            var closes = token is JsonTokenType.EndObject or JsonTokenType.EndArray;
            if (reader.TokenStartIndex != end + (afterValue && !closes ? 1 : 0))
                return false;
            end = EndOf(ref reader);
            if (token == JsonTokenType.PropertyName)
                end++;
            afterValue = token is not (JsonTokenType.PropertyName or JsonTokenType.StartObject or JsonTokenType.StartArray);
            if (closes && reader.CurrentDepth == depth)
                return true;
        }
        throw new JsonException("The JSON ends in the middle of a value.");
    }

    private static int EndOf(ref Utf8JsonReader reader)
    {
        var quotes = reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName ? 2 : 0;
        return (int)reader.TokenStartIndex + reader.ValueSpan.Length + quotes;
    }

    private static ReadOnlyMemory<byte> Copy(Utf8JsonReader start, int capacity, ref Utf8JsonReader reader)
    {
        var value = Copy(ref start, capacity);
        reader = start;
        return value;
    }

    private static ReadOnlyMemory<byte> Copy(ref Utf8JsonReader reader, int capacity)
    {
        var isOne = reader.TokenType is not (JsonTokenType.StartObject or JsonTokenType.StartArray) && !reader.HasValueSequence;
        var output = new ByteBuffer(isOne ? reader.ValueSpan.Length + 2 : capacity);
        var depth = 0;
        var afterValue = false;
        do
        {
            var token = reader.TokenType;
            if (afterValue && token is not (JsonTokenType.EndObject or JsonTokenType.EndArray))
                output.Append((byte)',');
            afterValue = token is not (JsonTokenType.PropertyName or JsonTokenType.StartObject or JsonTokenType.StartArray);
            switch (token)
            {
                case JsonTokenType.StartObject or JsonTokenType.StartArray:
                    depth++;
                    break;
                case JsonTokenType.EndObject or JsonTokenType.EndArray:
                    depth--;
                    break;
            }
            if (token is JsonTokenType.PropertyName or JsonTokenType.String)
                output.Append((byte)'"');
            AppendToken(ref reader, ref output);
            if (token is JsonTokenType.PropertyName or JsonTokenType.String)
                output.Append((byte)'"');
            if (token == JsonTokenType.PropertyName)
                output.Append((byte)':');
        }
        while (depth > 0 && ReadOrThrow(ref reader));
        return output.Written;
    }

    private static bool ReadOrThrow(ref Utf8JsonReader reader) =>
        reader.Read() ? true : throw new JsonException("The JSON ends in the middle of a value.");

    private static void AppendToken(ref Utf8JsonReader reader, ref ByteBuffer output)
    {
        if (!reader.HasValueSequence)
        {
            output.Append(reader.ValueSpan);
            return;
        }
        foreach (var segment in reader.ValueSequence)
            output.Append(segment.Span);
    }

    /// <summary>A growing buffer.</summary>
    private struct ByteBuffer(int capacity)
    {
        private byte[] _bytes = new byte[capacity];
        private int _length;

        // Bytes that stay in memory for long do not occupy much more than they need.
        public readonly ReadOnlyMemory<byte> Written => _length >= _bytes.Length / 2 ? _bytes.AsMemory(0, _length) : _bytes.AsSpan(0, _length).ToArray();

        public void Append(byte value)
        {
            if (_length == _bytes.Length)
                Grow(1);
            _bytes[_length++] = value;
        }

        public void Append(ReadOnlySpan<byte> values)
        {
            if (_bytes.Length - _length < values.Length)
                Grow(values.Length);
            values.CopyTo(_bytes.AsSpan(_length));
            _length += values.Length;
        }

        private void Grow(int more) => Array.Resize(ref _bytes, checked((int)Math.Min(Array.MaxLength, Math.Max(_bytes.Length * 2L, _length + (long)more))));
    }
}
