using System.Globalization;
using System.Text.Json;

namespace Zoetrope.Json;

/// <summary>Reads whole numbers in all the spellings that services use (<c>5</c>, <c>5.0</c>, <c>5e0</c>).</summary>
internal static class JsonNumbers
{
    private const double LargestExact = 9007199254740992;

    // Beyond it a double does not fit Int128, and no service counts that far.
    private const double LargestCompared = 1e38;

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
        if (reader.HasValueSequence)
            return reader.TryGetDecimal(out var number) && TryWhole(number, out value);
        if (Int128.TryParse(reader.ValueSpan, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value))
            return true;
        return reader.TryGetDecimal(out var fraction) && TryWhole(fraction, out value);
    }

    /// <summary>Reads a finite number. A whole number that a double cannot hold exactly is refused: seeds and sizes must not change their last digits.</summary>
    public static bool TryDouble(ref Utf8JsonReader reader, out double value)
    {
        value = 0;
        if (reader.TokenType != JsonTokenType.Number || !reader.TryGetDouble(out value) || !double.IsFinite(value))
            return false;
        if (Math.Abs(value) < LargestExact || reader.HasValueSequence || reader.ValueSpan.IndexOfAny((byte)'.', (byte)'e', (byte)'E') >= 0)
            return true;
        return Int128.TryParse(reader.ValueSpan, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole)
            && Math.Abs(value) < LargestCompared && (Int128)value == whole;
    }

    private static bool TryWhole(decimal number, out Int128 value)
    {
        value = (Int128)number;
        return decimal.IsInteger(number);
    }
}
