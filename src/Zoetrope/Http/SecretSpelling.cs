using System.Buffers;
using System.Globalization;
using System.Text;

namespace Zoetrope.Http;

/// <summary>
/// Finds a secret in text in any spelling: unchanged, or with any of its characters escaped as in JSON (<c>\u002B</c>, <c>\/</c>, also in a
/// JSON text within a JSON text), in addresses (<c>%2B</c>, <c>%252B</c>), or in HTML (<c>&amp;#x2B;</c>, <c>&amp;plus;</c>), and with invisible characters
/// between them: line breaks, zeros of wide characters, zero width spaces.
/// </summary>
/// <param name="secret">The secret.</param>
/// <param name="ignoresCase">Whether the case of letters is ignored.</param>
/// <param name="isHex">Whether it consists of hexadecimal digits, which are also written with separators.</param>
internal sealed class SecretSpelling(string secret, bool ignoresCase, bool isHex = false)
{
    /// <summary>The maximum number of backslashes of one escape: those of a JSON text nested six levels deep. The bound keeps the search cheap.</summary>
    public const int MostBackslashes = 64;

    /// <summary>The maximum number of invisible characters between two characters of a secret.</summary>
    public const int MostUnseen = 8;

    /// <summary>The code for an invisible character.</summary>
    public const int Nothing = -1;

    private const int MostReadings = 8;

    private readonly byte[] _secret = Encoding.UTF8.GetBytes(secret);

    /// <summary>The number of bytes of the secret.</summary>
    public int Length => _secret.Length;

    /// <summary>Whether it is printable ASCII, without the characters that escapes begin with.</summary>
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

    /// <summary>Whether separators are allowed between its characters.</summary>
    public bool TakesSeparators => isHex;

    /// <summary>Whether a byte can be at the position of this character, or begin its escape, when no earlier character is escaped.</summary>
    public bool CanHave(byte value, int index) =>
        IsSame(value, _secret[index])
        || IsEscape(value)
        || (value == '+' && _secret[index] == ' ')
        || (index > 0 && (MayBeUnseen(value) || (isHex && IsSeparator(value))));

    /// <summary>Whether escapes begin with a byte.</summary>
    public static bool IsEscape(byte value) => value is (byte)'\\' or (byte)'%' or (byte)'&';

    /// <summary>Whether a byte is a separator between hexadecimal digits.</summary>
    public static bool IsSeparator(byte value) => value is (byte)' ' or (byte)':' or (byte)'-';

    /// <summary>Whether a byte may begin an invisible character.</summary>
    public static bool MayBeUnseen(byte value) => value is < 0x20 or >= 0x7F;

    /// <summary>Reads an escaped or invisible character.</summary>
    /// <param name="text">The text at its beginning.</param>
    /// <param name="code">The character; <see cref="Nothing"/> where it is invisible.</param>
    /// <returns>Its length; 0 where there is none.</returns>
    public static int Read(ReadOnlySpan<byte> text, out int code)
    {
        var length = 0;
        code = 0;
        if (IsEscape(text[0]))
        {
            length = SecretEscapes.Decode(text, out code, out _);
            if (code is >= 0xC2 and < 0xF5 && SecretEscapes.DecodeBytes(text, out var whole) is > 0 and var taken)
                (length, code) = (taken, whole);
        }
        else if (MayBeUnseen(text[0]) && Rune.DecodeFromUtf8(text, out var raw, out var width) == OperationStatus.Done)
        {
            length = width;
            code = raw.Value;
        }
        if (length == 0)
            code = 0;
        else if (Rune.TryCreate(code, out var rune) && IsUnseen(rune))
            code = Nothing;
        return length;
    }

    /// <summary>Matches the beginning of the text with the secret, or a prefix of it.</summary>
    /// <param name="text">The text.</param>
    /// <param name="matched">The number of matched bytes of the secret.</param>
    /// <returns>The number of matched bytes of the text.</returns>
    public int Match(ReadOnlySpan<byte> text, out int matched)
    {
        // A secret may itself contain the characters that escapes begin with, so the same text can be read in more than one way.
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
        for (var unseen = 0; unseen <= MostUnseen && from < text.Length; unseen++)
        {
            var rest = text[from..];
            found = Add(next, found, from, Spelled(rest, _secret[index]));
            found = Add(next, found, from, IsSame(rest[0], _secret[index]) ? 1 : 0);
            // A match never includes characters before the secret. A character of the secret may also begin the escape of an invisible one.
            if (index == 0 || Between(rest) is not (> 0 and var length))
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

    // The length of one character's spelling, if it is the expected character; otherwise 0.
    private int Spelled(ReadOnlySpan<byte> text, byte expected)
    {
        var length = SecretEscapes.Decode(text, out var code, out var itself);
        if (length > 0 && code < 256 && IsSame((byte)code, expected))
            return length;
        if (text[0] == '+' && expected == ' ')
            return 1;
        // The escape sign itself, doubled by each level, may precede the escape of the character that follows it.
        return expected == text[0] ? itself : 0;
    }

    // The length of what separates two characters of a secret.
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
