using System.Globalization;
using System.Numerics;

namespace Zoetrope.Simulator.Validation;

/// <summary>
/// A number of any size and precision, as JSON spells it. NJsonSchema rounds numbers to decimals, which makes 1e-30 equal to 0 and
/// 0.9999999999999999999999999999999 for 1, and fails on 1e300; JSON Schema compares the numbers themselves.
/// </summary>
/// <param name="IsNegative">Whether it is below 0.</param>
/// <param name="Digits">Its digits without zeros at either end; empty for 0.</param>
/// <param name="Exponent">The power of ten by which <c>0.Digits</c> is multiplied.</param>
internal readonly record struct ExactNumber(bool IsNegative, string Digits, BigInteger Exponent) : IComparable<ExactNumber>
{
    /// <summary>Whether it has no fraction: 5.0 and 1e2 have none.</summary>
    public bool IsWhole => Digits.Length <= Exponent || Digits.Length == 0;

    /// <summary>The same text for the same number, however it was spelled.</summary>
    public string Key => Digits.Length == 0 ? "0" : $"{(IsNegative ? "-" : "")}{Digits}e{Exponent}";

    /// <summary>The number of things that were counted.</summary>
    public static ExactNumber Of(int count) => Parse(count.ToString(CultureInfo.InvariantCulture));

    /// <summary>Reads the text of a JSON number.</summary>
    public static ExactNumber Parse(string json)
    {
        var isNegative = json[0] == '-';
        var at = json.IndexOfAny(['e', 'E']);
        var power = at < 0 ? BigInteger.Zero : BigInteger.Parse(json.AsSpan(at + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        var plain = json[(isNegative ? 1 : 0)..(at < 0 ? json.Length : at)];
        var point = plain.IndexOf('.');
        var whole = point < 0 ? plain : plain[..point];
        var all = point < 0 ? plain : whole + plain[(point + 1)..];
        var digits = all.TrimStart('0');
        var exponent = power + whole.Length - (all.Length - digits.Length);
        digits = digits.TrimEnd('0');
        return digits.Length == 0 ? new(false, "", 0) : new(isNegative, digits, exponent);
    }

    public int CompareTo(ExactNumber other)
    {
        if (Sign != other.Sign)
            return Sign.CompareTo(other.Sign);
        var size = Exponent.CompareTo(other.Exponent);
        if (size == 0)
            size = string.CompareOrdinal(Digits, other.Digits);
        return IsNegative ? -size : size;
    }

    /// <summary>Whether dividing it by another number leaves no rest.</summary>
    public bool IsMultipleOf(ExactNumber divisor)
    {
        if (Digits.Length == 0)
            return true;
        if (divisor.Digits.Length == 0)
            return false;
        // Both are whole numbers times powers of ten; this one's does not end in 0, so that no power of ten is left to divide by.
        var shift = (Exponent - Digits.Length) - (divisor.Exponent - divisor.Digits.Length);
        if (shift.Sign < 0)
            return false;
        var by = BigInteger.Parse(divisor.Digits, CultureInfo.InvariantCulture);
        return (BigInteger.Parse(Digits, CultureInfo.InvariantCulture) * BigInteger.ModPow(10, shift, by) % by).IsZero;
    }

    private int Sign => Digits.Length == 0 ? 0 : IsNegative ? -1 : 1;
}
