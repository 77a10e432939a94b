using System.Buffers;
using System.Globalization;
using System.Text.Json;

namespace Zoetrope.Json;

/// <summary>Reads numbers in all spellings that services use (<c>5</c>, <c>5.0</c>, <c>5e0</c>).</summary>
internal static class JsonNumbers
{
    public static bool TryInt64(ref Utf8JsonReader reader, out long value)
    {
        value = 0;
        if (reader.TokenType != JsonTokenType.Number)
            return false;
        if (reader.TryGetInt64(out value))
            return true;
        if (!TryInt128(ref reader, out var wide) || wide < long.MinValue || wide > long.MaxValue)
            return false;
        value = (long)wide;
        return true;
    }

    public static bool TryInt128(ref Utf8JsonReader reader, out Int128 value)
    {
        value = 0;
        if (reader.TokenType != JsonTokenType.Number)
            return false;
        return NumberText.TryWhole(TextOf(ref reader), out value);
    }

    /// <summary>Reads a finite number.</summary>
    public static bool TryDouble(ref Utf8JsonReader reader, out double value)
    {
        value = 0;
        if (reader.TokenType != JsonTokenType.Number)
            return false;
        if (!reader.HasValueSequence && NumberText.TryShort(reader.ValueSpan, out value))
            return true;
        return reader.TryGetDouble(out value) && double.IsFinite(value);
    }

    /// <summary>Whether the current number may have more digits than a double: a quick test, where the JSON is available anyway.</summary>
    public static bool IsLong(ref Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.Number
        && (reader.HasValueSequence || reader.ValueSpan.Length > NumberText.ExactDigits || reader.ValueSpan.IndexOfAny((byte)'e', (byte)'E') >= 0);

    /// <summary>Whether the current number keeps its value when it is held as a double and written back.</summary>
    /// <param name="reader">The reader.</param>
    /// <param name="value">The double.</param>
    public static bool IsExact(ref Utf8JsonReader reader, double value)
    {
        var text = TextOf(ref reader);
        if (text.Length <= NumberText.ExactDigits && text.IndexOfAny((byte)'e', (byte)'E') < 0)
            return true;
        Span<byte> written = stackalloc byte[32];
        return value.TryFormat(written, out var length, "R", CultureInfo.InvariantCulture) && NumberText.AreEqual(text, written[..length]);
    }

    private static ReadOnlySpan<byte> TextOf(ref Utf8JsonReader reader) => reader.HasValueSequence ? reader.ValueSequence.ToArray() : reader.ValueSpan;
}
