using System.Text.Json.Nodes;
using Zoetrope.Simulator.Files;

namespace Zoetrope.Simulator.Endpoints;

/// <summary>The result that a model without a document has by the conventions of its provider, of the kind that its id speaks of.</summary>
internal static class UsualResult
{
    /// <summary>The kind of a result that is a text.</summary>
    public const string Text = "text";

    private const string Image = "image";
    private const string Origin = "https://example.com/output";

    private static readonly string[] TextWords = ["llm", "chat", "text", "caption", "captioning", "transcribe", "whisper", "ocr", "moderation", "router"];

    /// <summary>
    /// What a model makes, by the words of its id: <c>image</c>, <c>video</c>, <c>audio</c>, <c>model</c>, <c>weights</c>, <c>archive</c> or <c>text</c>; an
    /// image where none says.
    /// </summary>
    public static string KindOf(string id)
    {
        // What follows the last "to" is what is made: image-to-video.
        var last = id.LastIndexOf("-to-", StringComparison.Ordinal);
        return Named(last < 0 ? "" : id[(last + 4)..]) ?? Named(id) ?? Image;
    }

    /// <summary>The result of a model of fal.</summary>
    /// <param name="kind">What it makes.</param>
    /// <param name="request">The request.</param>
    public static JsonNode OfFal(string kind, SampleRequest request)
    {
        if (kind == Text)
            return ChatCompletion.For(request) ?? new JsonObject { ["output"] = "A text." };
        var result = kind switch
        {
            "video" => new JsonObject { ["video"] = File(request, ".mp4") },
            "audio" => new JsonObject { ["audio"] = File(request, ".wav") },
            "model" => new JsonObject { ["model_mesh"] = File(request, ".glb") },
            "weights" => new JsonObject { ["diffusers_lora_file"] = File(request, ".safetensors") },
            "archive" => new JsonObject { ["file"] = File(request, ".zip") },
            _ => new JsonObject { ["images"] = new JsonArray(Picture(request)) },
        };
        foreach (var name in (string[])["seed", "prompt"])
        {
            if (request.Given(name) is JsonValue asked)
                result[name] = asked.DeepClone();
        }
        return result;
    }

    /// <summary>The result of a model of Eachlabs, which is a text or the address of a file.</summary>
    /// <param name="kind">What it makes.</param>
    /// <param name="request">The request.</param>
    public static JsonNode OfEachlabs(string kind, SampleRequest request) => kind switch
    {
        Text => "A text.",
        "video" => Origin + request.AsAsked(".mp4"),
        "audio" => Origin + request.AsAsked(".wav"),
        "model" => Origin + request.AsAsked(".glb"),
        "weights" => Origin + ".safetensors",
        "archive" => Origin + ".zip",
        _ => Origin + request.AsAsked(".png"),
    };

    private static string? Named(string text)
    {
        if (FileWords.Extension(text) is { } extension && MediaKind.OfExtension(extension) is { Family: var family })
            return family switch { "vector" => Image, "material" => "archive", _ => family };
        var words = text.ToLowerInvariant().Split('/', '-', '_', '.');
        return TextWords.Any(words.Contains) ? Text : null;
    }

    private static JsonObject Picture(SampleRequest request)
    {
        var (width, height) = RequestedSize.Of(request, isVideo: false);
        var picture = File(request, ".png");
        picture["width"] = width;
        picture["height"] = height;
        return picture;
    }

    private static JsonObject File(SampleRequest request, string extension)
    {
        var url = Origin + request.AsAsked(extension);
        return new()
        {
            ["url"] = url,
            ["content_type"] = MediaKind.OfExtension(Path.GetExtension(url))!.ContentType,
            ["file_name"] = Path.GetFileName(url),
            ["file_size"] = 0,
        };
    }
}
