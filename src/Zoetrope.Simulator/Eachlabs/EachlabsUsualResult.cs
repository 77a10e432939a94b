using System.Text.Json.Nodes;
using Zoetrope.Simulator.Endpoints;

namespace Zoetrope.Simulator.Eachlabs;

/// <summary>The result that a model of Eachlabs without a document has by convention.</summary>
internal static class EachlabsUsualResult
{
    /// <summary>The result of a model, which is a text or the address of a file.</summary>
    /// <param name="kind">What it makes.</param>
    /// <param name="request">The request.</param>
    public static JsonNode For(string kind, SampleRequest request) => kind switch
    {
        UsualResult.Text => "A text.",
        "video" => UsualResult.Origin + request.AsAsked(".mp4"),
        "audio" => UsualResult.Origin + request.AsAsked(".wav"),
        "model" => UsualResult.Origin + request.AsAsked(".glb"),
        "weights" => UsualResult.Origin + ".safetensors",
        "archive" => UsualResult.Origin + ".zip",
        _ => UsualResult.Origin + request.AsAsked(".png"),
    };
}
