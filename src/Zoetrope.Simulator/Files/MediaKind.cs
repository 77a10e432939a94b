namespace Zoetrope.Simulator;

/// <summary>A kind of media file that the simulator can make.</summary>
/// <param name="ContentType">Its media type.</param>
/// <param name="Extension">The extension of its files.</param>
/// <param name="Content">Its bytes; made once, served often.</param>
internal sealed record MediaKind(string ContentType, string Extension, byte[] Content)
{
    public static readonly MediaKind Video = new("video/mp4", ".mp4", Mp4File.Create());
    public static readonly MediaKind Image = new("image/png", ".png", PngFile.Create());
    public static readonly MediaKind Audio = new("audio/wav", ".wav", WavFile.Create());

    /// <summary>The kind that a content type or the extension of a file name asks for; a video when neither tells.</summary>
    public static MediaKind For(string? contentType, string fileName) => (contentType ?? "", Path.GetExtension(fileName).ToLowerInvariant()) switch
    {
        (['i', 'm', 'a', 'g', 'e', '/', ..], _) => Image,
        (['a', 'u', 'd', 'i', 'o', '/', ..], _) => Audio,
        (['v', 'i', 'd', 'e', 'o', '/', ..], _) => Video,
        (_, ".png" or ".jpg" or ".jpeg" or ".webp" or ".gif") => Image,
        (_, ".wav" or ".mp3" or ".ogg" or ".flac" or ".m4a") => Audio,
        _ => Video,
    };
}
