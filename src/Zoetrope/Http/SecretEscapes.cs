using System.Buffers;
using System.Text;

namespace Zoetrope.Http;

/// <summary>Reads one character that is written as an escape: of JSON, of an address, or of HTML.</summary>
internal static class SecretEscapes
{
    private const int LongestName = 16;
    private const int LongestRune = 4;

    /// <summary>Reads one escape.</summary>
    /// <param name="text">The text at its beginning.</param>
    /// <param name="code">The character that the escape represents.</param>
    /// <param name="itself">The length of the escaped escape sign itself; 0 where it is not one.</param>
    /// <returns>Its length; 0 where there is none.</returns>
    public static int Decode(ReadOnlySpan<byte> text, out int code, out int itself)
    {
        code = itself = 0;
        return text[0] switch
        {
            (byte)'\\' => Escape(text, out code, out itself),
            (byte)'%' => Percent(text, out code, out itself),
            (byte)'&' => Entity(text, out code, out itself),
            _ => 0,
        };
    }

    /// <summary>Reads a character of which each byte in UTF-8 is an escape of its own, as in addresses: <c>%E2%80%8B</c>.</summary>
    /// <param name="text">What begins with it.</param>
    /// <param name="code">The character that it is.</param>
    /// <returns>Its length; 0 where there is none.</returns>
    public static int DecodeBytes(ReadOnlySpan<byte> text, out int code)
    {
        Span<byte> bytes = stackalloc byte[LongestRune];
        code = 0;
        var at = 0;
        for (var count = 0; count < LongestRune && at < text.Length;)
        {
            var length = Decode(text[at..], out var value, out _);
            if (length == 0 || value is < 0x80 or > 0xFF)
                break;
            bytes[count++] = (byte)value;
            at += length;
            if (Rune.DecodeFromUtf8(bytes[..count], out var rune, out _) != OperationStatus.Done)
                continue;
            code = rune.Value;
            return at;
        }
        return 0;
    }

    private static int Escape(ReadOnlySpan<byte> text, out int code, out int itself)
    {
        var near = text[..Math.Min(text.Length, SecretSpelling.MostBackslashes)];
        var at = near.IndexOfAnyExcept((byte)'\\');
        itself = at < 0 ? near.Length : at;
        code = 0;
        if (at < 0)
            return 0;
        var digits = text[(at + 1)..];
        switch (text[at])
        {
            case (byte)'u' when Hex(digits, 4, out code):
                return at + 5;
            case (byte)'x' when Hex(digits, 2, out code):
                return at + 3;
            case (byte)'u' when digits is [(byte)'{', ..] && digits[..Math.Min(digits.Length, 10)].IndexOf((byte)'}') is > 1 and var end
                && Hex(digits[1..], end - 1, out code):
                return at + end + 2;
            default:
                code = Lettered(text[at]);
                return char.IsAsciiLetterOrDigit((char)code) ? 0 : at + 1;
        }
    }

    // Those of JSON, and of JavaScript; any other sign stands for itself.
    private static int Lettered(byte sign) => sign switch
    {
        (byte)'b' => '\b',
        (byte)'f' => '\f',
        (byte)'n' => '\n',
        (byte)'r' => '\r',
        (byte)'t' => '\t',
        (byte)'v' => '\v',
        (byte)'0' => '\0',
        _ => sign,
    };

    private static int Percent(ReadOnlySpan<byte> text, out int code, out int itself)
    {
        var at = 1;
        while (text[at..].StartsWith("25"u8))
            at += 2;
        itself = at > 1 ? at : 0;
        return Hex(text[at..], 2, out code) ? at + 2 : 0;
    }

    private static int Entity(ReadOnlySpan<byte> text, out int code, out int itself)
    {
        var at = 1;
        while (text[at..].StartsWith("amp;"u8))
            at += 4;
        itself = at > 1 ? at : 0;
        if (text[at..] is [(byte)'#', ..])
            return Number(text[(at + 1)..], out code) is > 0 and var length ? at + 1 + length : 0;
        code = -1;
        var end = text[at..Math.Min(text.Length, at + LongestName)].IndexOf((byte)';');
        if (end < 1)
            return 0;
        Span<char> name = stackalloc char[LongestName];
        code = EntityOf(name[..Encoding.ASCII.GetChars(text.Slice(at, end), name)]);
        return code < 0 ? 0 : at + end + 1;
    }

    // Browsers accept any number of leading zeros, and a missing semicolon.
    private static int Number(ReadOnlySpan<byte> text, out int code)
    {
        var isHex = text is [(byte)'x' or (byte)'X', ..];
        var at = isHex ? 1 : 0;
        var first = at;
        for (code = 0; at < text.Length && (isHex ? char.IsAsciiHexDigit((char)text[at]) : char.IsAsciiDigit((char)text[at])); at++)
            code = Math.Min((code * (isHex ? 16 : 10)) + Digit(text[at]), 0x110000);
        if (at == first)
            return 0;
        return at < text.Length && text[at] == ';' ? at + 1 : at;
    }

    // The HTML names of the characters that keys contain, and of related ones: each after its character.
    private const string Entities =
        "&amp;'apos;*ast;\\bsol;:colon;,comma;@commat;$dollar;=equals;!excl;>gt;-hyphen;_lowbar;(lpar;[lsqb;[lbrack;<lt; nbsp;#num;"
        + "%percnt;.period;+plus;?quest;\"quot;)rpar;]rsqb;]rbrack;;semi;/sol;~tilde;|verbar;\tTab;\nNewLine;\u00ADshy;\u200Czwnj;"
        + "\u200Dzwj;\u200BZeroWidthSpace;";

    private static int EntityOf(ReadOnlySpan<char> name)
    {
        for (var at = 0; at < Entities.Length;)
        {
            var entity = Entities.AsSpan(at + 1);
            var length = entity.IndexOf(';');
            if (entity[..length].SequenceEqual(name))
                return Entities[at];
            at += length + 2;
        }
        return -1;
    }

    private static bool Hex(ReadOnlySpan<byte> text, int digits, out int code)
    {
        code = 0;
        if (text.Length < digits)
            return false;
        foreach (var digit in text[..digits])
        {
            if (!char.IsAsciiHexDigit((char)digit))
                return false;
            code = (code << 4) | Digit(digit);
        }
        return true;
    }

    private static int Digit(byte digit) => digit <= '9' ? digit - '0' : (digit | 0x20) - 'a' + 10;
}
