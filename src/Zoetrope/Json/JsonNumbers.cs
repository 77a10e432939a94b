using System.Globalization;
using System.Text.Json;

namespace Zoetrope.Json;

/// <summary>Reads whole numbers in all the spellings that services use (<c>5</c>, <c>5.0</c>, <c>5e0</c>).</summary>
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
        if (reader.HasValueSequence)
            return reader.TryGetDecimal(out var number) && TryWhole(number, out value);
        if (Int128.TryParse(reader.ValueSpan, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value))
            return true;
        return reader.TryGetDecimal(out var fraction) && TryWhole(fraction, out value);
    }

    private static bool TryWhole(decimal number, out Int128 value)
    {
        value = (Int128)number;
        return decimal.IsInteger(number);
    }
}
