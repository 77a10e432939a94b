namespace Zoetrope.Formats;

/// <summary>Detects the media type of a file.</summary>
internal static class MediaTypes
{
    /// <summary>The media type by content, or by name, or <c>application/octet-stream</c>.</summary>
    public static string Of(ReadOnlySpan<byte> bytes, string? name) => OfContent(bytes) ?? OfName(name) ?? "application/octet-stream";

    /// <summary>The media type that the first bytes of a file indicate; null where they do not.</summary>
    public static string? OfContent(ReadOnlySpan<byte> bytes)
    {
        if (bytes.StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'P', (byte)'N', (byte)'G']))
            return "image/png";
        if (bytes.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]))
            return "image/jpeg";
        if (bytes.StartsWith("GIF8"u8))
            return "image/gif";
        if (bytes.Length >= 12 && bytes.StartsWith("RIFF"u8))
            return bytes[8..12].SequenceEqual("WEBP"u8) ? "image/webp" : bytes[8..12].SequenceEqual("WAVE"u8) ? "audio/wav" : null;
        if (bytes.Length >= 12 && bytes[4..8].SequenceEqual("ftyp"u8))
            return OfBrand(bytes[8..12]);
        if (bytes.StartsWith((ReadOnlySpan<byte>)[0x1A, 0x45, 0xDF, 0xA3]))
            return "video/webm";
        if (bytes.StartsWith("ID3"u8))
            return "audio/mpeg";
        if (bytes.StartsWith("OggS"u8))
            return "audio/ogg";
        if (bytes.StartsWith("fLaC"u8))
            return "audio/flac";
        return bytes.StartsWith("%PDF-"u8) ? "application/pdf" : null;
    }

    private static string OfBrand(ReadOnlySpan<byte> brand)
    {
        if (brand.StartsWith("avif"u8))
            return "image/avif";
        if (brand.StartsWith("hei"u8) || brand.StartsWith("mif1"u8))
            return "image/heic";
        if (brand.StartsWith("M4A"u8))
            return "audio/mp4";
        return brand.StartsWith("qt"u8) ? "video/quicktime" : "video/mp4";
    }

    /// <summary>The usual extension of a media type, without the dot; the end of its name where that is not known, and "bin" where it means nothing.</summary>
    public static string ExtensionOf(string mediaType)
    {
        var name = mediaType.Split(';')[0].Trim().ToLowerInvariant();
        var end = name[(name.IndexOf('/') + 1)..];
        return name switch
        {
            "image/jpeg" => "jpg",
            "image/svg+xml" => "svg",
            "video/quicktime" => "mov",
            "audio/mpeg" => "mp3",
            "audio/mp4" => "m4a",
            "text/plain" => "txt",
            "model/gltf-binary" => "glb",
            _ when end.StartsWith("x-", StringComparison.Ordinal) && end.Length > 2 => end[2..],
            "application/octet-stream" => "bin",
            _ when end.Length == 0 => "bin",
            _ => end,
        };
    }

    /// <summary>The media type by the extension of a name; null where it is not known.</summary>
    public static string? OfName(string? name) => Path.GetExtension(name)?.ToLowerInvariant() switch
    {
        ".png" => "image/png",
        ".jpg" or ".jpeg" => "image/jpeg",
        ".gif" => "image/gif",
        ".webp" => "image/webp",
        ".avif" => "image/avif",
        ".bmp" => "image/bmp",
        ".svg" => "image/svg+xml",
        ".mp4" => "video/mp4",
        ".mov" => "video/quicktime",
        ".webm" => "video/webm",
        ".mp3" => "audio/mpeg",
        ".wav" => "audio/wav",
        ".m4a" => "audio/mp4",
        ".ogg" => "audio/ogg",
        ".flac" => "audio/flac",
        ".pdf" => "application/pdf",
        ".txt" => "text/plain",
        ".json" => "application/json",
        ".glb" => "model/gltf-binary",
        _ => null,
    };
}
