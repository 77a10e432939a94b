using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using Zoetrope.Errors;
using Zoetrope.Json;
using Zoetrope.Text;

namespace Zoetrope.Http;

/// <summary>Removes the key from what a service echoes, in any spelling.</summary>
internal sealed class KeyRedactor
{
    private const int LongestEscape = 24;
    private const int MostLearned = 16;

    private static readonly byte[] Mark = "***"u8.ToArray();

    private readonly string?[] _own;
    private SecretSpellings _spellings;
    private string[] _learned = [];

    /// <summary>Removes these secrets, what follows a scheme or a user's name in them, and their Base64 and hexadecimal forms.</summary>
    public KeyRedactor(params string?[] secrets)
    {
        _own = secrets;
        _spellings = new SecretSpellings(secrets);
    }

    /// <summary>
    /// Removes one more secret from now on: a key that has taken the place of the first. Those before the last few are forgotten, since a key that was
    /// replaced is echoed by responses to requests that had it only.
    /// </summary>
    public void Learn(string secret)
    {
        if (Array.IndexOf(Volatile.Read(ref _learned), secret) >= 0)
            return;
        lock (_own)
        {
            if (Array.IndexOf(_learned, secret) >= 0)
                return;
            string[] all = [.. _learned.TakeLast(MostLearned - 1), secret];
            Volatile.Write(ref _spellings, new SecretSpellings([.. _own, .. all]));
            Volatile.Write(ref _learned, all);
        }
    }

    /// <summary>
    /// Returns a body without the key; the same bytes if it does not contain the key. JSON stays JSON. Parts of the key are kept, because a result must not be
    /// changed for something that only resembles a key.
    /// </summary>
    /// <param name="body">The body.</param>
    /// <param name="charset">The charset in <c>Content-Type</c>; null where it does not name one.</param>
    /// <param name="isPart">Whether the body continues, so that a beginning of the key at its end counts as a truncated key.</param>
    public ReadOnlyMemory<byte> Redact(ReadOnlyMemory<byte> body, string? charset, bool isPart)
    {
        if (Charsets.NotLikeAscii(body.Span, charset) is { } encoding)
        {
            var mark = body.Span.StartsWith(encoding.Preamble) ? encoding.Preamble : default;
            var text = Encoding.UTF8.GetBytes(encoding.GetString(body.Span[mark.Length..]));
            if (Replace(text, inMessage: false, isPart) is { } changed)
                body = (byte[])[.. mark, .. encoding.GetBytes(Encoding.UTF8.GetString(changed))];
        }
        // The declared charset may be wrong.
        return Replace(body.Span, inMessage: false, isPart) is { } redacted ? redacted : body;
    }

    /// <summary>Returns a complete text in UTF-8, such as an event, without the key; the same bytes if it does not contain the key.</summary>
    public ReadOnlySpan<byte> RedactText(ReadOnlySpan<byte> utf8) => Replace(utf8, inMessage: false, isPart: false) is { } redacted ? redacted : utf8;

    /// <summary>Returns the text of a message without the key, or a recognizable part of it; null stays null.</summary>
    [return: NotNullIfNotNull(nameof(text))]
    public string? Redact(string? text)
    {
        if (text is null)
            return null;
        Span<byte> shorter = stackalloc byte[256];
        var utf8 = Encoding.UTF8.TryGetBytes(text, shorter, out var length) ? shorter[..length] : Encoding.UTF8.GetBytes(text);
        return Replace(utf8, inMessage: true, isPart: true) is { } redacted ? Encoding.UTF8.GetString(redacted) : text;
    }

    /// <summary>Returns an error without the key; the same instance if it does not contain the key.</summary>
    public ServiceError Redact(ServiceError error)
    {
        var fields = new FieldError[error.Fields.Count];
        var isSame = true;
        for (var i = 0; i < fields.Length; i++)
        {
            var field = error.Fields[i];
            fields[i] = new FieldError(Redact(field.Path), Redact(field.Message), Redact(field.Type), Redact(field.Context));
            isSame &= fields[i] == field;
        }
        var redacted = new ServiceError(error)
        {
            Message = Redact(error.Message),
            Type = Redact(error.Type),
            Fields = fields,
            RequestId = Redact(error.RequestId),
            Body = Redact(error.Body),
        };
        isSame &= redacted.Message == error.Message && redacted.Type == error.Type && redacted.RequestId == error.RequestId && redacted.Body == error.Body;
        return isSame ? error : redacted;
    }

    /// <summary>Returns an exception without the key in its message and those of its causes; the same instance if it does not contain the key.</summary>
    [return: NotNullIfNotNull(nameof(exception))]
    public Exception? Redact(Exception? exception)
    {
        if (exception is null || Replace(Encoding.UTF8.GetBytes(exception.ToString()), inMessage: true, isPart: true) is null)
            return exception;
        var (message, inner) = (Redact(exception.Message), Redact(exception.InnerException));
        return exception switch
        {
            HttpIOException http => new HttpIOException(http.HttpRequestError, message, inner),
            HttpRequestException http => new HttpRequestException(http.HttpRequestError, message, inner, http.StatusCode),
            IOException => new IOException(message, inner),
            OperationCanceledException => new OperationCanceledException(message, inner),
            _ => new ZoetropeException($"{exception.GetType().Name}: {message}", inner),
        };
    }

    private RawJson? Redact(RawJson? json)
    {
        if (json is not { } value || Replace(value.Utf8, inMessage: true, isPart: true) is not { } redacted)
            return json;
        try
        {
            return RawJson.Parse(redacted);
        }
        catch (System.Text.Json.JsonException)
        {
            // Removing a part of a key, or a short key, has broken the structure of the JSON. Its text is in the message.
            return null;
        }
    }

    private byte[]? Replace(ReadOnlySpan<byte> text, bool inMessage, bool isPart)
    {
        ArrayBufferWriter<byte>? output = null;
        var copied = 0;
        var spellings = _spellings;
        for (var at = spellings.Filter.Next(text, 0, out var which); at >= 0; at = spellings.Filter.Next(text, at, out which))
        {
            // Only the last of a long row of backslashes count, so that none is scanned repeatedly.
            if (text[at] == '\\' && text[at..].IndexOfAnyExcept((byte)'\\') is var slashes and not (>= 0 and <= SecretSpelling.MostBackslashes))
                at = Math.Max(at, (slashes < 0 ? text.Length : at + slashes) - SecretSpelling.MostBackslashes);
            var length = LongestAt(spellings, text, at, which, inMessage, isPart);
            if (length == 0)
            {
                at++;
                continue;
            }
            var start = inMessage ? at : StartOfEscape(text, at, copied);
            output ??= new ArrayBufferWriter<byte>(text.Length);
            output.Write(text[copied..start]);
            WriteMark(output, text.Slice(at, length));
            copied = at += length;
        }
        output?.Write(text[copied..]);
        return output?.WrittenSpan.ToArray();
    }

    // As wide as the character that it replaces.
    private static void WriteMark(ArrayBufferWriter<byte> output, ReadOnlySpan<byte> replaced)
    {
        var zeros = Math.Min(replaced[1..].IndexOfAnyExcept((byte)0), 3);
        for (var i = 0; i < Mark.Length; i++)
        {
            if (i > 0)
                output.Write("\0\0\0"u8[..zeros]);
            output.Write(Mark.AsSpan(i, 1));
        }
    }

    private static int LongestAt(SecretSpellings spellings, ReadOnlySpan<byte> text, int at, int which, bool inMessage, bool isPart)
    {
        var longest = 0;
        for (var i = 0; i < spellings.Secrets.Count; i++)
        {
            if ((which & (1 << (i & 7))) == 0)
                continue;
            var secret = spellings.Secrets[i];
            var length = secret.Match(text[at..], out var matched);
            var counts = matched == secret.Length
                || (matched >= SecretSpellings.ShortestSecret && ((inMessage && matched * 2 >= secret.Length) || (isPart && IsCut(text[(at + length)..]))));
            if (counts && length > longest)
                longest = length;
        }
        if (!inMessage)
            return longest;
        foreach (var word in spellings.Words)
        {
            var length = word.Match(text[at..], out var matched);
            if (matched == word.Length && length > longest && IsAlone(text, at, length))
                longest = length;
        }
        return longest;
    }

    // Services show the beginning of a key on purpose, but half of it is too much, and so is a key that was truncated at the end of a text: after a character,
    // after invisible characters, or within an escape.
    private static bool IsCut(ReadOnlySpan<byte> rest)
    {
        for (var unseen = 0; unseen < SecretSpelling.MostUnseen && !rest.IsEmpty; unseen++)
        {
            var length = SecretSpelling.Read(rest, out var code);
            if (code != SecretSpelling.Nothing)
                break;
            rest = rest[length..];
        }
        var mayBeEscape = !rest.IsEmpty && rest.Length < LongestEscape && (SecretSpelling.IsEscape(rest[0]) || SecretSpelling.MayBeUnseen(rest[0]));
        return rest.IsEmpty || (mayBeEscape && rest.IndexOfAny((byte)' ', (byte)'"') < 0);
    }

    private static bool IsAlone(ReadOnlySpan<byte> text, int at, int length) =>
        (at == 0 || !IsWord(text[at - 1])) && (at + length == text.Length || !IsWord(text[at + length]));

    private static bool IsWord(byte unit) => char.IsAsciiLetterOrDigit((char)unit) || unit is (byte)'_' or (byte)'-';

    // A match that begins within an escape, such as the n of \n, is extended to the whole escape, so that JSON stays JSON.
    private static int StartOfEscape(ReadOnlySpan<byte> text, int at, int copied)
    {
        for (var start = at - 1; start >= Math.Max(copied, at - 5); start--)
        {
            if (text[start] != '\\')
                continue;
            var slashes = start - copied - text[copied..start].LastIndexOfAnyExcept((byte)'\\');
            return slashes % 2 != 0 && (start == at - 1 || text[start + 1] == 'u') ? start : at;
        }
        return at;
    }
}
