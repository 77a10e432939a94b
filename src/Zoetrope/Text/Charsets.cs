using System.Text;

namespace Zoetrope.Text;

/// <summary>Decodes text in its declared charset, including JSON, which should be UTF-8 but is not always.</summary>
internal static class Charsets
{
    // The characters of Windows where ISO 8859-1 has controls. .NET supports this charset only with a package.
    private const string Windows1252 = "€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ";

    // The byte order mark of UTF-32 begins with that of UTF-16.
    private static readonly Encoding[] Marked =
        [Encoding.UTF8, Encoding.UTF32, new UTF32Encoding(bigEndian: true, byteOrderMark: true), Encoding.Unicode, Encoding.BigEndianUnicode];

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>Decodes a text by its byte order mark, or else in the declared charset. An unknown or missing charset counts as UTF-8.</summary>
    /// <param name="body">The text's bytes.</param>
    /// <param name="charset">The charset in <c>Content-Type</c>; null where it does not name one.</param>
    public static string Read(ReadOnlySpan<byte> body, string? charset)
    {
        if (MarkedBy(body) is { } marked)
            return marked.GetString(body[marked.Preamble.Length..]);
        return IsWindows(charset) ? ReadWindows(body) : (Find(charset) ?? Utf8).GetString(body);
    }

    /// <summary>Returns a JSON text in UTF-8 without a byte order mark; the same bytes if it already is.</summary>
    /// <param name="body">The text's bytes.</param>
    /// <param name="charset">The charset in <c>Content-Type</c>; null where it does not name one.</param>
    public static ReadOnlyMemory<byte> ToUtf8(ReadOnlyMemory<byte> body, string? charset)
    {
        var text = body.Span;
        // Nearly all begin with two ASCII characters: no byte order mark, and neither a wide character.
        if (charset is null && text is [> 0 and < 0x80, > 0, ..] && System.Text.Unicode.Utf8.IsValid(text))
            return body;
        if (text.StartsWith(Encoding.UTF8.Preamble))
            return ToUtf8(body[Encoding.UTF8.Preamble.Length..], null);
        // JSON begins with an ASCII character, so the positions of zeros determine the width and the byte order.
        var wide = MarkedBy(text) is null ? WideBy(text) : null;
        if (wide is not null)
            return Utf8.GetBytes(wide.GetString(text));
        var isUtf8 = MarkedBy(text) is null && !IsWindows(charset) && (Find(charset) is null or UTF8Encoding or ASCIIEncoding || IsWide(charset));
        if (isUtf8 && System.Text.Unicode.Utf8.IsValid(text))
            return body;
        return Utf8.GetBytes(Read(text, isUtf8 ? null : charset));
    }

    /// <summary>The encoding of a text if its ASCII characters are encoded differently from ASCII; null otherwise, and where the charset is unknown.</summary>
    /// <param name="text">The text's bytes.</param>
    /// <param name="charset">The charset in <c>Content-Type</c>; null where it does not name one.</param>
    public static Encoding? NotLikeAscii(ReadOnlySpan<byte> text, string? charset) =>
        (MarkedBy(text) ?? WideBy(text) ?? Find(charset)) is var found and (UnicodeEncoding or UTF32Encoding) ? found : null;

    /// <summary>Whether a body begins like JSON, in any charset. Only then is it worth converting.</summary>
    public static bool MayBeJson(ReadOnlySpan<byte> body)
    {
        var start = body.IndexOfAnyExcept(" \t\r\n"u8);
        // The bytes of byte order marks, and the zeros of wide characters.
        return start >= 0 && (BeginsJson(body[start]) || body[start] is 0xEF or 0xFE or 0xFF or 0);
    }

    // A text that is declared as wide, but does not contain zeros, is not wide.
    private static bool IsWide(string? charset) => Find(charset) is UnicodeEncoding or UTF32Encoding;

    private static Encoding? Find(string? charset)
    {
        try
        {
            return charset is null ? null : Encoding.GetEncoding(charset.Trim(' ', '"', '\''));
        }
        catch (Exception exception) when (exception is ArgumentException or NotSupportedException)
        {
            // For example utf8, which is not a registered name.
            return null;
        }
    }

    private static Encoding? MarkedBy(ReadOnlySpan<byte> text)
    {
        foreach (var encoding in Marked)
        {
            if (text.StartsWith(encoding.Preamble))
                return encoding;
        }
        return null;
    }

    private static Encoding? WideBy(ReadOnlySpan<byte> text) => text switch
    {
        [0, 0, 0, var first, ..] when BeginsJson(first) => new UTF32Encoding(bigEndian: true, byteOrderMark: false),
        [var first, 0, 0, 0, ..] when BeginsJson(first) => new UTF32Encoding(bigEndian: false, byteOrderMark: false),
        [0, var first, ..] when BeginsJson(first) => new UnicodeEncoding(bigEndian: true, byteOrderMark: false),
        [var first, 0, ..] when BeginsJson(first) => new UnicodeEncoding(bigEndian: false, byteOrderMark: false),
        _ => null,
    };

    private static bool BeginsJson(byte first) => char.IsAsciiDigit((char)first) || "{[\"tfn- \t\r\n"u8.Contains(first);

    private static bool IsWindows(string? charset) =>
        charset?.Trim(' ', '"', '\'').ToLowerInvariant() is "windows-1252" or "cp1252" or "cp-1252" or "x-cp1252";

    private static string ReadWindows(ReadOnlySpan<byte> body)
    {
        var text = new char[body.Length];
        for (var i = 0; i < body.Length; i++)
            text[i] = body[i] is >= 0x80 and < 0xA0 ? Windows1252[body[i] - 0x80] : (char)body[i];
        return new string(text);
    }
}
