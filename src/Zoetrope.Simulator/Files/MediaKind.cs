using System.Collections.Concurrent;

namespace Zoetrope.Simulator.Files;

/// <summary>A kind of file that the simulator can make.</summary>
/// <param name="ContentType">Its media type.</param>
/// <param name="Extension">The extension of its files.</param>
/// <param name="Family">The family of kinds that may replace each other, such as <c>image</c>.</param>
/// <param name="Make">Creates the bytes of one, with a width and a height if it is a picture.</param>
internal sealed record MediaKind(string ContentType, string Extension, string Family, Func<int, int, byte[]> Make)
{
    private static readonly MediaKind[] All =
    [
        new("video/mp4", ".mp4", "video", Always(Mp4File.Create)),
        new("image/png", ".png", "image", PngFile.Create),
        new("image/jpeg", ".jpg", "image", JpegFile.Create),
        new("image/webp", ".webp", "image", WebPFile.Create),
        new("image/gif", ".gif", "image", GifFile.Create),
        new("image/svg+xml", ".svg", "vector", TextFiles.Svg),
        new("audio/wav", ".wav", "audio", Always(WavFile.Create)),
        new("audio/mpeg", ".mp3", "audio", Always(Mp3File.Create)),
        new("model/gltf-binary", ".glb", "model", Always(ModelFiles.Glb)),
        new("model/obj", ".obj", "model", Always(ModelFiles.Obj)),
        new("model/mtl", ".mtl", "material", Always(ModelFiles.Mtl)),
        new("model/stl", ".stl", "model", Always(ModelFiles.Stl)),
        new("application/octet-stream", ".ply", "model", Always(ModelFiles.Ply)),
        new("application/octet-stream", ".fbx", "model", Always(ModelFiles.Fbx)),
        new("model/vnd.usdz+zip", ".usdz", "model", Always(ArchiveFiles.Usdz)),
        new("application/zip", ".zip", "archive", Always(ArchiveFiles.Zip)),
        new("application/gzip", ".gz", "archive", Always(ArchiveFiles.TarGz)),
        new("application/octet-stream", ".safetensors", "weights", Always(ModelFiles.SafeTensors)),
        new("application/json", ".json", "text", Always(TextFiles.Json)),
        new("text/plain", ".txt", "text", Always(TextFiles.Text)),
        new("text/csv", ".csv", "text", Always(TextFiles.Csv)),
        new("application/x-subrip", ".srt", "text", Always(TextFiles.Srt)),
    ];

    private static readonly Dictionary<string, MediaKind> ByExtension =
        new(All.Select(kind => KeyValuePair.Create(kind.Extension, kind)), StringComparer.OrdinalIgnoreCase)
        {
            [".jpeg"] = All[2],
        };

    // Files of a family that are not made: the nearest of their family is used.
    private static readonly Dictionary<string, string> Nearest = new(StringComparer.OrdinalIgnoreCase)
    {
        [".ogg"] = ".wav", [".flac"] = ".wav", [".m4a"] = ".wav", [".aac"] = ".wav", [".opus"] = ".wav",
        [".mov"] = ".mp4", [".webm"] = ".mp4", [".mkv"] = ".mp4", [".m4v"] = ".mp4", [".avif"] = ".png", [".bmp"] = ".png", [".tiff"] = ".png",
    };

    /// <summary>The longest side that pictures are made with.</summary>
    public const int LongestSide = 4096;

    private readonly ConcurrentDictionary<(int Width, int Height), byte[]> _made = new();

    /// <summary>The bytes of such a file; made once for each size, served often.</summary>
    public byte[] Content(int width, int height) =>
        _made.GetOrAdd(Family is "image" or "vector" ? (width, height) : default, size => Make(size.Width, size.Height));

    /// <summary>The kind of an extension; null for one that is not known.</summary>
    public static MediaKind? OfExtension(string extension) =>
        ByExtension.GetValueOrDefault(extension) ?? (Nearest.TryGetValue(extension, out var other) ? ByExtension[other] : null);

    /// <summary>
    /// The kind that a content type or the extension of a file name means. With a content type without meaning (<c>application/octet-stream</c>)
    /// the extension decides; a video if neither is known.
    /// </summary>
    public static MediaKind For(string? contentType, string fileName)
    {
        var type = contentType?.Split(';')[0].Trim().ToLowerInvariant();
        if (type is not (null or "application/octet-stream") && Array.Find(All, kind => kind.ContentType == type) is { } exact)
            return exact;
        if (OfExtension(Path.GetExtension(fileName)) is { } named && (FamilyOf(type) is not { } family || family == named.Family))
            return named;
        return FamilyOf(type) switch
        {
            "image" => All[1],
            "audio" => ByExtension[".wav"],
            "model" => ByExtension[".glb"],
            _ => All[0],
        };
    }

    private static string? FamilyOf(string? type) => type?.Split('/')[0] is ("image" or "audio" or "video" or "model") and var family ? family : null;

    private static Func<int, int, byte[]> Always(Func<byte[]> make) => (_, _) => make();
}
