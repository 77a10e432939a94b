using Zoetrope.Generator.Naming;
using Zoetrope.Specs.Json;
using Zoetrope.Specs.Model;

namespace Zoetrope.Generator.Types;

/// <summary>Finds documented defaults that cost money where a member is forgotten: files of somebody else, and seeds that never change.</summary>
internal static class DefaultTraps
{
    private static readonly HashSet<string> _media = new(StringComparer.OrdinalIgnoreCase)
    {
        "png", "jpg", "jpeg", "webp", "gif", "avif", "heic", "heif", "bmp", "tif", "tiff", "svg", "mp4", "mov", "webm", "mkv", "avi", "m4v", "wav", "mp3",
        "aac", "ogg", "opus", "flac", "m4a", "aiff", "glb", "gltf", "obj", "fbx", "stl", "ply", "usdz", "pdf",
    };

    /// <summary>What belongs to a model, and is a default like any other.</summary>
    private static readonly HashSet<string> _parts =
        new(StringComparer.Ordinal) { "lora", "loras", "weights", "checkpoint", "embedding", "embeddings", "dataset", "config", "tokenizer", "vae" };

    /// <summary>Words of what holds a thing, which say nothing of the thing itself.</summary>
    private static readonly HashSet<string> _holders =
        new(StringComparer.Ordinal) { "url", "urls", "uri", "uris", "link", "links", "path", "paths", "file", "files", "src", "href" };

    private static readonly string[] _types = ["image/", "video/", "audio/", "model/"];

    private static readonly string[] _missing = ["not provided", "not specified", "not set", "not given", "omitted", "unset", "left out", "empty"];

    /// <summary>The file with which the service works where a member of a request is not given; null where the default is none.</summary>
    /// <param name="value">The documented default.</param>
    /// <param name="jsonName">The name of the member.</param>
    public static string? SampleFile(JsonLiteral value, string jsonName)
    {
        // Nearly no default has a URL in it.
        if (value.Json.IndexOf("http", StringComparison.OrdinalIgnoreCase) < 0 && value.Json.IndexOf("data:", StringComparison.OrdinalIgnoreCase) < 0)
            return null;
        var words = LowerWords(jsonName);
        if (IsPart(words) || UrlWords.SpeakOfPages(words))
            return null;
        return value.Kind switch
        {
            JsonKind.String => IsMedia(value.Text, words) ? value.Text : null,
            JsonKind.Array or JsonKind.Object => FirstIn(JsonTree.Parse(value.Json).Root, words),
            _ => null,
        };
    }

    /// <summary>
    /// Whether results repeat where no seed is given. Zero and less mean a random one at many services, and so does what the document itself says of a seed
    /// that is missing.
    /// </summary>
    /// <param name="value">The documented default.</param>
    /// <param name="jsonName">The name of the member.</param>
    /// <param name="description">What is said of it.</param>
    public static bool IsFixedSeed(JsonLiteral value, string jsonName, string? description)
    {
        if (value.Kind != JsonKind.Number || !jsonName.EndsWith("seed", StringComparison.OrdinalIgnoreCase))
            return false;
        var last = Identifiers.Words(jsonName).LastOrDefault();
        return "seed".Equals(last, StringComparison.OrdinalIgnoreCase)
            && Numbers.TryDouble(value.Text, out var seed) && seed > 0 && !SaysRandomWithoutOne(description ?? "");
    }

    private static bool SaysRandomWithoutOne(string description)
    {
        var words = UrlWords.Of(description.ToLowerInvariant());
        var isRandom = words.Exists(word => word is "random" or "randomly" or "randomized" or "randomised");
        var text = string.Join(" ", words);
        return isRandom && _missing.Any(form => (" " + text + " ").Contains(" " + form + " "));
    }

    private static string? FirstIn(JsonNode node, List<string> words)
    {
        if (node.String is { } text)
            return IsMedia(text, words) ? text : null;
        if (!node.IsArray && !node.IsObject)
            return null;
        foreach (var child in node)
        {
            var isPart = node.IsObject && IsPart(LowerWords(child.Name));
            if (!isPart && FirstIn(child, words) is { } found)
                return found;
        }
        return null;
    }

    private static List<string> LowerWords(string name) => Identifiers.Words(name).ConvertAll(word => word.ToLowerInvariant());

    /// <summary>Whether a name means a part of a model. A <c>model_url</c> does; a <c>model_image_url</c> is the photo of a person.</summary>
    private static bool IsPart(List<string> words)
    {
        var last = words.FindLastIndex(word => !_holders.Contains(word) && !char.IsDigit(word[0]));
        return words.Exists(_parts.Contains) || (last >= 0 && words[last] is "model" or "models");
    }

    private static bool IsMedia(string text, List<string> words)
    {
        if (text.StartsWith("data:", StringComparison.OrdinalIgnoreCase))
            return _types.Any(type => text.IndexOf(type, 5, StringComparison.OrdinalIgnoreCase) == 5);
        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri) || uri.Scheme is not ("https" or "http"))
            return false;
        var name = uri.AbsolutePath.Substring(uri.AbsolutePath.LastIndexOf('/') + 1);
        var dot = name.LastIndexOf('.');
        return dot >= 0 ? _media.Contains(name.Substring(dot + 1)) : name.Length > 0 && UrlWords.SpeakOfFiles(words);
    }
}
