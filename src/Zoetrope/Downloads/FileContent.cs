using System.Text;
using Zoetrope.Errors;
using Zoetrope.Formats;
using Zoetrope.Media;

namespace Zoetrope.Downloads;

/// <summary>
/// Decides whether the response of a file server can be the file: gateways and object stores respond with 200 and an HTML page, a JSON error, or an empty
/// body. If the bytes identify their type, they decide; servers name types as they like.
/// </summary>
/// <param name="file">The file as the result describes it.</param>
/// <param name="path">The path it is saved to; null where it is only read.</param>
/// <param name="server">The name of the server in messages.</param>
internal sealed class FileContent(MediaFile file, string? path, string server)
{
    // The type in a result when the service did not know it.
    private const string Unknown = "application/octet-stream";

    private readonly string? _expected = Expected(file, path);
    private bool _isRecognized;

    private bool IsMedia => _expected is not null
        && (Begins("image/") || Begins("video/") || Begins("audio/") || Begins("model/") || Begins("font/"))
        && !_expected.StartsWith("image/svg", StringComparison.OrdinalIgnoreCase);

    /// <summary>Checks the first bytes.</summary>
    /// <exception cref="MediaDownloadException">The bytes are an HTML page or an error.</exception>
    public void Begin(ReadOnlySpan<byte> start, string? contentType)
    {
        _isRecognized = MediaTypes.OfContent(start) is not null;
        if (!IsMedia || _isRecognized)
            return;
        var text = start.StartsWith("\uFEFF"u8) ? start[3..] : start;
        text = text.TrimStart(" \t\r\n"u8);
        var isPage = LooksLikePage(text);
        if (isPage || IsText(text, contentType))
            throw new MediaDownloadException($"{server} sent {(isPage ? "a web page" : contentType)} instead of the file, which is {_expected}.");
    }

    /// <summary>Checks the size of the complete content.</summary>
    /// <param name="size">The size.</param>
    /// <param name="hasKnownEnd">Whether the response said where its body ends.</param>
    /// <exception cref="MediaDownloadException">The content is incomplete.</exception>
    public void End(long size, bool hasKnownEnd)
    {
        if (size == 0 && (IsMedia || file.FileSize > 0))
            throw new MediaDownloadException($"{server} sent an empty file.");
        // Services sometimes report wrong sizes: content that is known to have the expected type, and to be complete, is accepted.
        if (size < file.FileSize && !(_isRecognized && hasKnownEnd))
            throw new MediaDownloadException($"{server} sent {size} bytes, but the result says that the file has {file.FileSize}.");
    }

    private static string? Expected(MediaFile file, string? path)
    {
        if (file.ContentType is { Length: > 0 } type && !type.StartsWith(Unknown, StringComparison.OrdinalIgnoreCase))
            return type;
        var url = Uri.TryCreate(file.Url, UriKind.Absolute, out var address) ? address.AbsolutePath : null;
        return MediaTypes.OfName(file.FileName) ?? MediaTypes.OfName(url) ?? MediaTypes.OfName(path);
    }

    // The type and the content agree; media are never sent as such a page.
    private static bool IsText(ReadOnlySpan<byte> text, string? type)
    {
        if (type is null)
            return false;
        return type.Equals("text/html", StringComparison.OrdinalIgnoreCase)
            || (type.EndsWith("json", StringComparison.OrdinalIgnoreCase) && text is [(byte)'{' or (byte)'[' or (byte)'"', ..])
            || (type.EndsWith("xml", StringComparison.OrdinalIgnoreCase) && text is [(byte)'<', ..]);
    }

    private static bool LooksLikePage(ReadOnlySpan<byte> text) =>
        StartsWith(text, "<!doctype html"u8) || StartsWith(text, "<html"u8) || StartsWith(text, "<head"u8) || StartsWith(text, "<body"u8);

    private static bool StartsWith(ReadOnlySpan<byte> text, ReadOnlySpan<byte> start) =>
        text.Length >= start.Length && Ascii.EqualsIgnoreCase(text[..start.Length], start);

    private bool Begins(string kind) => _expected!.StartsWith(kind, StringComparison.OrdinalIgnoreCase);
}
