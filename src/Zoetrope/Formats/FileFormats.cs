using System.Buffers.Binary;

namespace Zoetrope.Formats;

/// <summary>Formats of files, by the names that documents use; <c>jpeg</c> stands for <c>jpg</c> too.</summary>
internal static class FileFormats
{
    /// <summary>How much of a file says what it is.</summary>
    public const int StartLength = 64;

    /// <summary>
    /// The formats of which a file with this beginning may be, the likeliest first, with spaces between them; null where it may be of any.
    /// </summary>
    public static string? OfContent(ReadOnlySpan<byte> start)
    {
        if (start.Length < 12)
            return null;
        if (start[4..8].SequenceEqual("ftyp"u8))
            return OfBrand(start[8..12]);
        return BinaryPrimitives.ReadUInt32BigEndian(start) switch
        {
            0x89504E47 => "png",
            0x52494646 => start[8..12].SequenceEqual("WEBP"u8) ? "webp" : start[8..12].SequenceEqual("WAVE"u8) ? "wav"
                : start[8..12].SequenceEqual("AVI "u8) ? "avi" : null,
            0x47494638 => "gif",
            0x49492A00 or 0x4D4D002A => "tiff",
            0x1A45DFA3 => start.IndexOf("webm"u8) >= 0 ? "webm mkv" : start.IndexOf("matroska"u8) >= 0 ? "mkv webm" : null,
            0x4F676753 => "ogg",
            0x664C6143 => "flac",
            0x464F524D => "aiff",
            0x676C5446 => "glb",
            0x25504446 => "pdf",
            var first => (first >> 8) switch
            {
                0xFFD8FF => "jpeg",
                // The tag precedes other formats as well.
                0x494433 => "mp3 aac flac aiff wav",
                _ => (first >> 16) switch
                {
                    0xFFFB or 0xFFFA or 0xFFF3 or 0xFFF2 => "mp3",
                    0xFFF1 or 0xFFF9 => "aac",
                    0x424D when BinaryPrimitives.ReadUInt32LittleEndian(start[6..]) == 0 => "bmp",
                    _ => null,
                },
            },
        };
    }

    /// <summary>The format that the extension of a name, or the end of a media type, says; the extension itself where it has another name.</summary>
    public static string OfName(ReadOnlySpan<char> name)
    {
        var extension = name[(name.LastIndexOfAny('.', '/') + 1)..].ToString().ToLowerInvariant();
        return extension switch
        {
            "jpg" or "jpe" or "jfif" => "jpeg",
            "tif" => "tiff",
            "heic" => "heif",
            "m4v" => "mp4",
            "qt" or "quicktime" => "mov",
            "mpeg" or "x-mp3" => "mp3",
            "wave" or "x-wav" or "vnd.wave" => "wav",
            "x-m4a" => "m4a",
            "aif" or "x-aiff" => "aiff",
            "x-flac" => "flac",
            "oga" or "ogv" or "opus" => "ogg",
            "x-matroska" => "mkv",
            "gltf" or "gltf-binary" => "glb",
            _ => extension,
        };
    }

    private static string? OfBrand(ReadOnlySpan<byte> brand)
    {
        if (brand.StartsWith("avi"u8))
            return "avif";
        if (brand.StartsWith("mif1"u8) || brand.StartsWith("msf1"u8))
            return "heif avif";
        if (brand.StartsWith("he"u8))
            return "heif";
        if (brand.StartsWith("qt"u8))
            return "mov";
        if (brand.StartsWith("M4A"u8))
            return "m4a aac mp4";
        return brand.StartsWith("3g"u8) ? "3gp mp4" : "mp4 mov m4a aac 3gp";
    }
}
