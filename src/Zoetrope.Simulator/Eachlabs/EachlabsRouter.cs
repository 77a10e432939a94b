using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using Zoetrope.Simulator.Endpoints;
using Zoetrope.Simulator.Http;

namespace Zoetrope.Simulator.Eachlabs;

/// <summary>The chat of Eachlabs' router, at once and as a stream. It reports errors in the format of OpenAI.</summary>
internal sealed class EachlabsRouter(SimulatorOptions options)
{
    private const string Reply = "A text.";

    /// <summary>Whether a request asks for a stream.</summary>
    public static bool IsStream(IncomingRequest request) => Body(request)?["stream"]?.GetValueKind() == JsonValueKind.True;

    /// <summary>An error in the format of the router.</summary>
    public static SimulatedResponse Error(int statusCode, string message) => SimulatedResponse.Json(statusCode, Envelope(message));

    public SimulatedResponse Chat(IncomingRequest request, JobFailure? failure, CancellationToken cancellationToken)
    {
        if (Body(request) is not { } body)
            return Error(400, "The body is not a JSON object");
        if (LooseJson.Text(body["model"]) is not { Length: > 0 } model)
            return Error(400, "model is required");
        if (body["messages"] is not JsonArray { Count: > 0 })
            return Error(400, "messages is required");
        if (IsStream(request))
        {
            return new SimulatedResponse(200, [], "text/event-stream")
            {
                Parts = PartsAsync(model, failure, body["stream_options"]?["include_usage"]?.GetValueKind() == JsonValueKind.True, cancellationToken),
            };
        }
        return failure is null
            ? SimulatedResponse.Json(200, ChatCompletion.For(new SampleRequest("chat/completions", body, new())))
            : Error(failure.StatusCode ?? 500, failure.Body ?? EachlabsOutcome.FailureDetails);
    }

    private async IAsyncEnumerable<byte[]> PartsAsync(
        string model, JobFailure? failure, bool hasUsage, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var piece in Reply.Chunk(3))
        {
            await Task.Delay(options.JobDuration / 3, options.TimeProvider, cancellationToken);
            yield return Event(Chunk(model, new JsonObject { ["content"] = new string(piece) }, null));
            if (failure is null)
                continue;
            yield return Event(Envelope(failure.Body ?? EachlabsOutcome.FailureDetails));
            yield break;
        }
        yield return Event(Chunk(model, [], "stop"));
        if (hasUsage)
        {
            var last = Chunk(model, [], null);
            last["choices"] = new JsonArray();
            last["usage"] = new JsonObject { ["prompt_tokens"] = 12, ["completion_tokens"] = 3, ["total_tokens"] = 15 };
            yield return Event(last);
        }
        yield return "data: [DONE]\n\n"u8.ToArray();
    }

    private static JsonObject Envelope(string message) =>
        new() { ["error"] = new JsonObject { ["message"] = message, ["type"] = "invalid_request_error", ["param"] = null, ["code"] = null } };

    private static JsonObject Chunk(string model, JsonObject delta, string? reason) => new()
    {
        ["id"] = "chatcmpl-1",
        ["object"] = "chat.completion.chunk",
        ["created"] = 1785585600,
        ["model"] = model,
        ["choices"] = new JsonArray(new JsonObject { ["index"] = 0, ["delta"] = delta, ["finish_reason"] = reason }),
    };

    private static byte[] Event(JsonNode json) => [.. "data: "u8, .. SimulatedResponse.Json(200, json).Body, .. "\n\n"u8];

    private static JsonObject? Body(IncomingRequest request) => request.ReadJson(out _) as JsonObject;
}
