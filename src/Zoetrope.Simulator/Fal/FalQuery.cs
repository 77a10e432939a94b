using System.Text.Json;
using System.Text.Json.Nodes;
using Zoetrope.Simulator.Http;

namespace Zoetrope.Simulator.Fal;

/// <summary>The input of a run by GET, which is in the query.</summary>
internal static class FalQuery
{
    /// <summary>The parameters as members; a value that is a JSON number, boolean, list or object is that, and any other a text.</summary>
    public static JsonObject Input(IncomingRequest request)
    {
        var input = new JsonObject();
        foreach (var (name, values) in request.Queries)
        {
            if (name != FalTokens.Parameter)
                input[name] = Value(values.ToString());
        }
        return input;
    }

    private static JsonNode? Value(string text) =>
        LooseJson.Parse(text) is { } json && json.GetValueKind() is not JsonValueKind.String ? json : JsonValue.Create(text);
}
