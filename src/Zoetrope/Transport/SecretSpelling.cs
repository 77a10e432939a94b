using System.Globalization;
using System.Text;

namespace Zoetrope.Protocol;

/// <summary>
/// Finds a secret in text however it is spelled: as it is, and with any of its characters written as escapes of JSON (<c>\u002B</c>, <c>\/</c>, also within a
/// JSON text in a JSON text), of addresses (<c>%2B</c>, <c>%252B</c>), or of HTML (<c>&amp;#x2B;</c>, <c>&amp;plus;</c>).
/// </summary>
/// <param name="secret">The secret.</param>
/// <param name="ignoresCase">Whether upper and lower case are the same.</param>
internal sealed class SecretSpelling(string secret, bool ignoresCase)
{
    private const int MostReadings = 8;

    private readonly byte[] _secret = Encoding.UTF8.GetBytes(secret);

    /// <summary>How many bytes the secret has.</summary>
    public int Length => _secret.Length;

    /// <summary>Whether a byte can stand where this character of the secret is, or begin its escape, when no character before it is one.</summary>
    public bool CanHave(byte value, int index) => IsSame(value, _secret[index]) || IsEscape(value) || (value == '+' && _secret[index] == ' ');

    /// <summary>Whether escapes begin with a byte.</summary>
    public static bool IsEscape(byte value) => value is (byte)'\\' or (byte)'%' or (byte)'&';

    /// <summary>How much of the text at its beginning is the secret, or a beginning of it.</summary>
    /// <param name="text">The text.</param>
    /// <param name="matched">How many of the secret's bytes that stands for.</param>
    /// <returns>How many bytes of the text it takes.</returns>
    public int Match(ReadOnlySpan<byte> text, out int matched)
    {
        // A secret may itself hold what spellings begin with, so that the same text can be read in more than one way.
        Span<int> ends = stackalloc int[MostReadings];
        Span<int> next = stackalloc int[MostReadings];
        var count = 1;
        ends[0] = 0;
        for (matched = 0; matched < _secret.Length; matched++)
        {
            var found = 0;
            foreach (var end in ends[..count])
            {
                var rest = text[end..];
                if (rest.IsEmpty)
                    continue;
                found = Add(next, found, end, Spelled(rest, _secret[matched]));
                found = Add(next, found, end, IsSame(rest[0], _secret[matched]) ? 1 : 0);
            }
            if (found == 0)
                break;
            next[..found].CopyTo(ends);
            count = found;
        }
        var longest = 0;
        foreach (var end in ends[..count])
            longest = Math.Max(longest, end);
        return longest;
    }

    private static int Add(Span<int> ends, int count, int from, int length)
    {
        if (length == 0 || count == ends.Length || ends[..count].Contains(from + length))
            return count;
        ends[count] = from + length;
        return count + 1;
    }

    // The length of one character's spelling, if it is that of the one that is expected; else 0.
    private int Spelled(ReadOnlySpan<byte> text, byte expected) => text[0] switch
    {
        (byte)'\\' => Escape(text, expected),
        (byte)'%' => Percent(text, expected),
        (byte)'&' => Entity(text, expected),
        (byte)'+' when expected == ' ' => 1,
        _ => 0,
    };

    private int Escape(ReadOnlySpan<byte> text, byte expected)
    {
        var at = text.IndexOfAnyExcept((byte)'\\');
        if (at < 0)
            return expected == '\\' ? text.Length : 0;
        if (text[at] == 'u' && Hex(text[(at + 1)..], 4, expected))
            return at + 5;
        if (text[at] == 'x' && Hex(text[(at + 1)..], 2, expected))
            return at + 3;
        // A backslash of the secret is doubled with each level, and may stand before the escape of what follows it.
        if (expected == '\\')
            return at;
        return !char.IsAsciiLetterOrDigit((char)text[at]) && text[at] == expected ? at + 1 : 0;
    }

    private int Percent(ReadOnlySpan<byte> text, byte expected)
    {
        var at = 1;
        while (text[at..].StartsWith("25"u8))
            at += 2;
        if (Hex(text[at..], 2, expected))
            return at + 2;
        // A percent sign itself, written once more.
        return expected == '%' && at > 1 ? at : 0;
    }

    private int Entity(ReadOnlySpan<byte> text, byte expected)
    {
        var at = 1;
        while (text[at..].StartsWith("amp;"u8))
            at += 4;
        var end = text[at..Math.Min(text.Length, at + 12)].IndexOf((byte)';');
        // The ampersand itself, written once or more.
        var ampersand = expected == '&' && at > 1 ? at : 0;
        if (end < 1)
            return ampersand;
        var name = text.Slice(at, end);
        var isSame = name[0] == '#'
            ? Number(Encoding.ASCII.GetString(name[1..])) is { } code and < 128 && IsSame((byte)code, expected)
            : EntityOf(Encoding.ASCII.GetString(name)) == expected;
        return isSame ? at + end + 1 : ampersand;
    }

    // The names of HTML for the characters that keys have, and those around them.
    private static int EntityOf(string name) => name switch
    {
        "amp" => '&',
        "apos" => '\'',
        "ast" => '*',
        "bsol" => '\\',
        "colon" => ':',
        "comma" => ',',
        "commat" => '@',
        "dollar" => '$',
        "equals" => '=',
        "excl" => '!',
        "gt" => '>',
        "hyphen" => '-',
        "lowbar" => '_',
        "lpar" => '(',
        "lsqb" or "lbrack" => '[',
        "lt" => '<',
        "nbsp" => ' ',
        "num" => '#',
        "percnt" => '%',
        "period" => '.',
        "plus" => '+',
        "quest" => '?',
        "quot" => '"',
        "rpar" => ')',
        "rsqb" or "rbrack" => ']',
        "semi" => ';',
        "sol" => '/',
        "tilde" => '~',
        "verbar" => '|',
        _ => -1,
    };

    private static int? Number(string text)
    {
        var isHex = text.StartsWith("x", StringComparison.OrdinalIgnoreCase);
        var style = isHex ? NumberStyles.AllowHexSpecifier : NumberStyles.None;
        return int.TryParse(isHex ? text[1..] : text, style, CultureInfo.InvariantCulture, out var code) && code >= 0 ? code : null;
    }

    private bool Hex(ReadOnlySpan<byte> text, int digits, byte expected)
    {
        if (text.Length < digits)
            return false;
        var code = 0;
        foreach (var digit in text[..digits])
        {
            if (!char.IsAsciiHexDigit((char)digit))
                return false;
            code = (code << 4) | (digit <= '9' ? digit - '0' : (digit | 0x20) - 'a' + 10);
        }
        return code < 256 && IsSame((byte)code, expected);
    }

    private bool IsSame(byte found, byte expected) =>
        found == expected || (ignoresCase && char.IsAsciiLetter((char)found) && (found | 0x20) == (expected | 0x20));
}
