namespace Zoetrope.Cli.Output;

/// <summary>The file name extensions of media types that models produce.</summary>
internal static class FileExtensions
{
    /// <summary>The extension with its dot; null for a type that is not known.</summary>
    public static string? Of(string mediaType) => mediaType.Split(';')[0].Trim().ToLowerInvariant() switch
    {
        "video/mp4" => ".mp4",
        "video/webm" => ".webm",
        "video/quicktime" => ".mov",
        "video/x-matroska" => ".mkv",
        "image/png" => ".png",
        "image/jpeg" or "image/jpg" => ".jpg",
        "image/webp" => ".webp",
        "image/gif" => ".gif",
        "image/avif" => ".avif",
        "image/svg+xml" => ".svg",
        "audio/mpeg" or "audio/mp3" => ".mp3",
        "audio/wav" or "audio/x-wav" or "audio/wave" => ".wav",
        "audio/ogg" => ".ogg",
        "audio/flac" => ".flac",
        "audio/aac" => ".aac",
        "audio/mp4" or "audio/x-m4a" => ".m4a",
        "model/gltf-binary" => ".glb",
        "application/zip" => ".zip",
        "application/json" => ".json",
        "text/plain" => ".txt",
        _ => null,
    };

    /// <summary>Whether a file of this extension is an image, a video or a sound, and no program or page.</summary>
    public static bool IsMedia(string extension) => extension.ToLowerInvariant() is ".mp4" or ".webm" or ".mov" or ".mkv" or ".png" or ".jpg" or ".jpeg"
        or ".webp" or ".gif" or ".avif" or ".mp3" or ".wav" or ".ogg" or ".flac" or ".aac" or ".m4a" or ".glb";
}
