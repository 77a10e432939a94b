using System.Text.Json.Nodes;
using Zoetrope.Simulator.Endpoints;
using Zoetrope.Simulator.Files;

namespace Zoetrope.Simulator.Fal;

/// <summary>The result that a model of fal without a document has by convention: an object with a file or a text.</summary>
internal static class FalUsualResult
{
    /// <summary>The result of a model.</summary>
    /// <param name="kind">What it makes.</param>
    /// <param name="request">The request.</param>
    public static JsonNode For(string kind, SampleRequest request)
    {
        if (kind == UsualResult.Text)
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
        var url = UsualResult.Origin + request.AsAsked(extension);
        return new()
        {
            ["url"] = url,
            ["content_type"] = MediaKind.OfExtension(Path.GetExtension(url))!.ContentType,
            ["file_name"] = Path.GetFileName(url),
            ["file_size"] = 0,
        };
    }
}
