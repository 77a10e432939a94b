using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Newtonsoft.Json.Linq;
using NJsonSchema;
using Zoetrope.Simulator.Files;
using Zoetrope.Simulator.Http;

namespace Zoetrope.Simulator.Endpoints;

/// <summary>What was asked for, as far as results show it.</summary>
/// <param name="endpointId">The endpoint.</param>
/// <param name="input">The request.</param>
/// <param name="schema">Its schema, which has the defaults.</param>
internal sealed partial class SampleRequest(string endpointId, JsonObject input, JsonSchema schema)
{
    private static readonly string[] Formats =
        ["output_format", "format", "image_format", "audio_format", "video_format", "video_output_type", "response_format"];

    /// <summary>The endpoint.</summary>
    public string EndpointId => endpointId;

    /// <summary>The value in the request; null if it has none.</summary>
    public JsonNode? Given(string name) => input[name];

    /// <summary>The value in the request, otherwise the default; null if there is none.</summary>
    public JsonNode? Get(string name) => input[name] ?? Default(name);

    /// <summary>A number of the request, also one that is written as a text, such as <c>5</c> and <c>"5s"</c>; null for others.</summary>
    public decimal? Number(string name) => LooseJson.Number(Get(name));

    /// <summary>The kind of a file, as an extension, in the format that the request asks for where that is of the same family.</summary>
    public string AsAsked(string extension)
    {
        var kind = MediaKind.OfExtension(extension);
        foreach (var format in Formats.Select(Get))
        {
            if (format?.GetValueKind() != JsonValueKind.String)
                continue;
            // Such as "mp3_44100_128", "PNG" and "image/webp".
            foreach (var word in Words().Split(format.GetValue<string>().ToLowerInvariant()))
            {
                if (MediaKind.OfExtension("." + word) is { } asked && asked.Family == kind?.Family)
                    return asked.Extension;
            }
        }
        return extension;
    }

    /// <summary>What NJsonSchema keeps of a document's JSON, as JSON.</summary>
    public static JsonNode? Node(object? value) => value is null ? null : JsonNode.Parse(JToken.FromObject(value).ToString(Newtonsoft.Json.Formatting.None));

    private JsonNode? Default(string name) =>
        schema.ActualSchema.ActualProperties.TryGetValue(name, out var member) ? Node(member.Default ?? member.ActualSchema.Default) : null;

    [GeneratedRegex("[^a-z0-9]+")]
    private static partial Regex Words();
}
