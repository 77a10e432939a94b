using Zoetrope.Formats;

namespace Zoetrope.Extensions.AI.Mapping;

/// <summary>Names and media types of files that have none.</summary>
internal static class FileNames
{
    /// <summary>A name with the usual extension of a media type.</summary>
    public static string Of(string? mediaType) => string.IsNullOrEmpty(mediaType) ? "file.bin" : $"file.{MediaTypes.ExtensionOf(mediaType)}";

    /// <summary>The last segment of the path of an address; null where it is empty.</summary>
    public static string? Last(Uri url) => Path.GetFileName(Uri.UnescapeDataString(url.AbsolutePath)) is { Length: > 0 } name ? name : null;

    /// <summary>The media type of a file by its first bytes, or else by its address; null where neither says it.</summary>
    public static string? MediaTypeOf(Stream file, Uri url) => MediaTypeOf(file) ?? MediaTypes.OfName(url.AbsolutePath);

    /// <summary>The media type of a stream that can seek, by its next bytes; null where they do not say it. The position stays.</summary>
    public static string? MediaTypeOf(Stream file)
    {
        var position = file.Position;
        Span<byte> first = stackalloc byte[16];
        var length = file.ReadAtLeast(first, first.Length, throwOnEndOfStream: false);
        file.Position = position;
        return MediaTypes.OfContent(first[..length]);
    }
}
