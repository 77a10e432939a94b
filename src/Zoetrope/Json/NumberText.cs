using System.Buffers.Text;

namespace Zoetrope.Json;

/// <summary>A JSON number by its digits, in any spelling: <c>1.50</c>, <c>1.5</c> and <c>15e-1</c> are equal.</summary>
internal readonly ref struct NumberText
{
    // The number of digits of the largest Int128.
    private const int MostDigits = 39;

    /// <summary>Every double preserves this many digits, and every whole number of as many is a double.</summary>
    public const int ExactDigits = 15;

    private static ReadOnlySpan<double> PowersOfTen => [1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14];

    // A tenth of the largest Int128, without its last digit.
    private static Int128 Tenth => new(0x0CCC_CCCC_CCCC_CCCC, 0xCCCC_CCCC_CCCC_CCCC);

    // From the first nonzero digit to the last one, including the point if it is between them.
    private readonly ReadOnlySpan<byte> _digits;
    private readonly long _power;
    private readonly bool _isNegative;

    private NumberText(ReadOnlySpan<byte> digits, long power, bool isNegative)
    {
        _digits = digits;
        _power = power;
        _isNegative = isNegative;
    }

    /// <summary>Whether two spellings denote the same number. False also where an exponent is too large.</summary>
    public static bool AreEqual(ReadOnlySpan<byte> one, ReadOnlySpan<byte> other) =>
        TryParse(one, out var first) && TryParse(other, out var second) && first.Equals(second);

    /// <summary>
    /// The double that is closest to a number of few digits, as most are: of two doubles that are exact, the quotient is. False where the number has more
    /// digits, or an exponent.
    /// </summary>
    public static bool TryShort(ReadOnlySpan<byte> text, out double value)
    {
        value = 0;
        if (text.Length > ExactDigits)
            return false;
        var digits = 0L;
        var point = text.Length - 1;
        for (var i = text[0] == '-' ? 1 : 0; i < text.Length; i++)
        {
            if (text[i] == '.')
                point = i;
            else if (char.IsAsciiDigit((char)text[i]))
                digits = (digits * 10) + (text[i] - '0');
            else
                return false;
        }
        value = digits / PowersOfTen[text.Length - 1 - point];
        if (text[0] == '-')
            value = -value;
        return true;
    }

    /// <summary>The whole number that a spelling denotes; false where it has a fraction, or is too large.</summary>
    public static bool TryWhole(ReadOnlySpan<byte> text, out Int128 value)
    {
        value = 0;
        if (!TryParse(text, out var number))
            return false;
        var last = number._digits.Contains((byte)'.') ? number._digits.Length - 2 : number._digits.Length - 1;
        if (number._power < last || number._power >= MostDigits)
            return false;
        foreach (var digit in number._digits)
        {
            if (digit != '.' && !TryAppend(ref value, digit - '0', number._isNegative))
                return false;
        }
        for (var i = last; i < number._power; i++)
        {
            if (!TryAppend(ref value, 0, number._isNegative))
                return false;
        }
        value = number._isNegative ? value : -value;
        return true;
    }

    // Collected as a negative number, because there is one more of them.
    private static bool TryAppend(ref Int128 value, int digit, bool isNegative)
    {
        if (value <= -Tenth && (value < -Tenth || digit > (isNegative ? 8 : 7)))
            return false;
        value = value * 10 - digit;
        return true;
    }

    private static bool TryParse(ReadOnlySpan<byte> text, out NumberText number)
    {
        number = default;
        var isNegative = text[0] == '-';
        var mantissa = isNegative ? text[1..] : text;
        long power = 0;
        if (mantissa.IndexOfAny((byte)'e', (byte)'E') is var end and >= 0)
        {
            if (!Utf8Parser.TryParse(mantissa[(end + 1)..], out int exponent, out var read) || read < mantissa.Length - end - 1)
                return false;
            power = exponent;
            mantissa = mantissa[..end];
        }
        var first = mantissa.IndexOfAnyInRange((byte)'1', (byte)'9');
        if (first < 0)
            return true;
        var last = mantissa.LastIndexOfAnyInRange((byte)'1', (byte)'9');
        var point = mantissa.IndexOf((byte)'.');
        if (point < 0)
            point = mantissa.Length;
        // The power of ten of the first digit.
        power += first < point ? point - first - 1 : point - first;
        number = new(mantissa[first..(last + 1)], power, isNegative);
        return true;
    }

    private bool Equals(NumberText other)
    {
        if (_digits.IsEmpty || other._digits.IsEmpty)
            return _digits.IsEmpty && other._digits.IsEmpty;
        if (_isNegative != other._isNegative || _power != other._power)
            return false;
        var (i, j) = (0, 0);
        while (i < _digits.Length && j < other._digits.Length)
        {
            if (_digits[i] == '.')
                i++;
            if (other._digits[j] == '.')
                j++;
            if (_digits[i++] != other._digits[j++])
                return false;
        }
        return i == _digits.Length && j == other._digits.Length;
    }
}
