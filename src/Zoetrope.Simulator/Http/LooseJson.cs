using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Zoetrope.Simulator.Http;

/// <summary>Reads text that is usually, but not always, JSON.</summary>
internal static class LooseJson
{
    /// <summary>The JSON value; text that is not JSON becomes a string.</summary>
    public static JsonNode? Parse(string text)
    {
        try
        {
            return RequestJson.Parse(Encoding.UTF8.GetBytes(text));
        }
        catch (JsonException)
        {
            return text;
        }
    }
}
