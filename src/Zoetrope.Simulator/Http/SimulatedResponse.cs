using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Zoetrope.Simulator.Http;

/// <summary>An HTTP response that is not sent yet, so that a fault can still corrupt it.</summary>
internal sealed class SimulatedResponse(int statusCode, byte[] body, string? contentType)
{
    private static readonly JsonSerializerOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public int StatusCode => statusCode;

    public byte[] Body => body;

    public string? ContentType => contentType;

    public List<KeyValuePair<string, string>> Headers { get; } = [];

    /// <summary>The parts of a body that is sent while it is made; null where the body is complete.</summary>
    public IAsyncEnumerable<byte[]>? Parts { get; init; }

    public static SimulatedResponse Json(int statusCode, JsonNode? body) =>
        new(statusCode, JsonSerializer.SerializeToUtf8Bytes(body, Compact), "application/json");

    /// <summary>An error as the simulator itself describes it.</summary>
    public static SimulatedResponse Error(int statusCode, string message) => Json(statusCode, new JsonObject { ["error"] = message });

    public SimulatedResponse With(string name, string value)
    {
        Headers.Add(new(name, value));
        return this;
    }
}
