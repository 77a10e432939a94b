using System.Buffers;
using System.Globalization;
using System.Text;

namespace Zoetrope.Http;

/// <summary>
/// Finds a secret in text however it is spelled: as it is, and with any of its characters written as escapes of JSON (<c>\u002B</c>, <c>\/</c>, also within a
/// JSON text in a JSON text), of addresses (<c>%2B</c>, <c>%252B</c>), or of HTML (<c>&amp;#x2B;</c>, <c>&amp;plus;</c>), and with characters between them that
/// nobody sees: line breaks, zeros of wide characters, zero width spaces.
/// </summary>
/// <param name="secret">The secret.</param>
/// <param name="ignoresCase">Whether upper and lower case are the same.</param>
/// <param name="isHex">Whether it is hexadecimal digits, which are written with separators, too.</param>
internal sealed class SecretSpelling(string secret, bool ignoresCase, bool isHex = false)
{
    /// <summary>How many backslashes count as one escape: those of a JSON text six levels deep. What is longer is none, and looking stays cheap.</summary>
    public const int MostBackslashes = 64;

    /// <summary>How many characters that nobody sees may stand between two of a secret.</summary>
    public const int MostUnseen = 8;

    /// <summary>Stands for a character that nobody sees.</summary>
    public const int Nothing = -1;

    private const int MostReadings = 8;

    private readonly byte[] _secret = Encoding.UTF8.GetBytes(secret);

    /// <summary>How many bytes the secret has.</summary>
    public int Length => _secret.Length;

    /// <summary>Whether it is printable ASCII, without the signs that escapes begin with.</summary>
    public bool IsPlain
    {
        get
        {
            foreach (var value in _secret)
            {
                if (IsEscape(value) || MayBeUnseen(value))
                    return false;
            }
            return true;
        }
    }

    /// <summary>Whether separators may stand between its characters.</summary>
    public bool TakesSeparators => isHex;

    /// <summary>Whether a byte can stand where this character of the secret is, or begin its escape, when no character before it is one.</summary>
    public bool CanHave(byte value, int index) =>
        IsSame(value, _secret[index])
        || IsEscape(value)
        || (value == '+' && _secret[index] == ' ')
        || (index > 0 && (MayBeUnseen(value) || (isHex && IsSeparator(value))));

    /// <summary>Whether escapes begin with a byte.</summary>
    public static bool IsEscape(byte value) => value is (byte)'\\' or (byte)'%' or (byte)'&';

    /// <summary>Whether a byte stands between two hexadecimal digits for the eye alone.</summary>
    public static bool IsSeparator(byte value) => value is (byte)' ' or (byte)':' or (byte)'-';

    /// <summary>Whether what begins with a byte may be something that nobody sees.</summary>
    public static bool MayBeUnseen(byte value) => value is < 0x20 or >= 0x7F;

    /// <summary>Reads a character that is written as an escape, or that nobody may see.</summary>
    /// <param name="text">What begins with it.</param>
    /// <param name="code">The character; <see cref="Nothing"/> where nobody sees it.</param>
    /// <returns>Its length; 0 where there is none.</returns>
    public static int Read(ReadOnlySpan<byte> text, out int code)
    {
        var length = 0;
        code = 0;
        if (IsEscape(text[0]))
        {
            length = SecretEscapes.Decode(text, out code, out _);
        }
        else if (MayBeUnseen(text[0]) && Rune.DecodeFromUtf8(text, out var raw, out var taken) == OperationStatus.Done)
        {
            length = taken;
            code = raw.Value;
        }
        if (length == 0)
            code = 0;
        else if (Rune.TryCreate(code, out var rune) && IsUnseen(rune))
            code = Nothing;
        return length;
    }

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
                found = AddReadings(next, found, text, end, matched);
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

    private int AddReadings(Span<int> next, int found, ReadOnlySpan<byte> text, int from, int index)
    {
        var before = found;
        for (var unseen = 0; unseen <= MostUnseen && from < text.Length; unseen++)
        {
            var rest = text[from..];
            found = Add(next, found, from, Spelled(rest, _secret[index]));
            found = Add(next, found, from, IsSame(rest[0], _secret[index]) ? 1 : 0);
            // Nothing that is no part of the secret is taken before it.
            if (found != before || index == 0 || Between(rest) is not (> 0 and var length))
                break;
            from += length;
        }
        return found;
    }

    private static int Add(Span<int> ends, int count, int from, int length)
    {
        if (length == 0 || count == ends.Length || ends[..count].Contains(from + length))
            return count;
        ends[count] = from + length;
        return count + 1;
    }

    // The length of one character's spelling, if it is that of the one that is expected; else 0.
    private int Spelled(ReadOnlySpan<byte> text, byte expected)
    {
        var length = SecretEscapes.Decode(text, out var code, out var itself);
        if (length > 0 && code < 256 && IsSame((byte)code, expected))
            return length;
        if (text[0] == '+' && expected == ' ')
            return 1;
        // The sign itself, written once more with each level, may stand before the escape of what follows it.
        return expected == text[0] ? itself : 0;
    }

    // The length of what stands between two characters of a secret and is none of it.
    private int Between(ReadOnlySpan<byte> text)
    {
        if (isHex && IsSeparator(text[0]))
            return 1;
        return Read(text, out var code) is var length && code == Nothing ? length : 0;
    }

    // Controls, format characters and variation selectors.
    private static bool IsUnseen(Rune rune) =>
        rune.Value is 0x34F or (>= 0xFE00 and <= 0xFE0F)
        || Rune.GetUnicodeCategory(rune)
            is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;

    private bool IsSame(byte found, byte expected) =>
        found == expected || (ignoresCase && char.IsAsciiLetter((char)found) && (found | 0x20) == (expected | 0x20));
}
