using System.Text.RegularExpressions;

namespace Zoetrope.Simulator.Endpoints;

/// <summary>Recognizes the kind of file of a result's member by words.</summary>
internal static partial class FileWords
{
    // The narrower kind wins: a ZIP archive of video frames is an archive.
    private static readonly (string Extension, string[] Words)[] Kinds =
    [
        (".zip", ["zip", "archive"]),
        (".glb", ["glb", "gltf"]),
        (".obj", ["obj"]),
        (".mtl", ["mtl"]),
        (".fbx", ["fbx"]),
        (".usdz", ["usdz"]),
        (".stl", ["stl"]),
        (".ply", ["ply", "splat", "pointcloud"]),
        (".svg", ["svg", "vector"]),
        (".safetensors", ["safetensors", "lora", "weights", "embedding", "embeddings", "latents", "checkpoint"]),
        (".json", ["json", "lottie", "config", "configuration", "captions"]),
        (".srt", ["srt", "subtitle", "subtitles"]),
        (".txt", ["txt", "transcript", "transcription"]),
        (".csv", ["csv"]),
        (".gif", ["gif"]),
        (".mp3", ["mp3"]),
        (".png", ["thumbnail", "preview", "png", "texture", "spritesheet", "mask", "masks"]),
        (".mp4", ["video", "videos", "mp4", "clip", "animation"]),
        (".wav", ["audio", "audios", "music", "speech", "sound", "voice", "vocals", "song", "wav", "sfx", "stem", "stems"]),
        (".png", ["image", "images", "picture", "pictures", "photo", "frame", "frames", "depth", "layer", "layers", "visualization"]),
        (".glb", ["mesh", "3d", "model"]),
    ];

    /// <summary>The extension of the kind that a text speaks of; null where it speaks of none.</summary>
    public static string? Extension(string? text)
    {
        if (string.IsNullOrEmpty(text))
            return null;
        var words = NotWord().Split(text.ToLowerInvariant());
        foreach (var (extension, names) in Kinds)
        {
            if (names.Any(words.Contains))
                return extension;
        }
        return null;
    }

    [GeneratedRegex("[^a-z0-9]+")]
    private static partial Regex NotWord();
}
