using System.Text.Json.Nodes;

namespace Zoetrope.Simulator.Endpoints;

/// <summary>The result of a chat, in the format of all language-model services, for documents that do not describe it.</summary>
internal static class ChatCompletion
{
    /// <summary>The completion; null where the request is not a chat.</summary>
    public static JsonObject? For(SampleRequest request) =>
        request.Get("messages") is not JsonArray && !request.EndpointId.EndsWith("chat/completions", StringComparison.Ordinal) ? null : new()
        {
            ["id"] = "chatcmpl-1",
            ["object"] = "chat.completion",
            ["created"] = 1785585600,
            ["model"] = request.Get("model")?.DeepClone() ?? request.EndpointId,
            ["choices"] = new JsonArray(new JsonObject
            {
                ["index"] = 0,
                ["message"] = new JsonObject { ["role"] = "assistant", ["content"] = "A text." },
                ["finish_reason"] = "stop",
            }),
            ["usage"] = new JsonObject { ["prompt_tokens"] = 12, ["completion_tokens"] = 3, ["total_tokens"] = 15 },
        };
}
