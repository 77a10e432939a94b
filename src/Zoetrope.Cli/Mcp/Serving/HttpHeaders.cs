using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace Zoetrope.Cli.Mcp.Serving;

/// <summary>The headers in which a request repeats what its message says, for servers between. A server that reads the message must hold them to it.</summary>
internal static class HttpHeaders
{
    private const string Version = "MCP-Protocol-Version";
    private const string EncodedPrefix = "=?base64?";
    private const string EncodedSuffix = "?=";

    private static readonly string[] _names = ["name", "uri", "taskId"];

    /// <summary>The version that the header names; null where there is none.</summary>
    public static string? VersionOf(IHeaderDictionary headers) => headers[Version].ToString() is { Length: > 0 } version ? version : null;

    /// <summary>What is wrong with the headers of a message; null where nothing is.</summary>
    public static (McpErrorCode Code, string Message)? ProblemOf(IHeaderDictionary headers, JsonRpcMessage message)
    {
        var header = VersionOf(headers);
        var request = message as JsonRpcRequest;
        var parameters = message switch
        {
            JsonRpcRequest { Params: var of } => of,
            JsonRpcNotification { Params: var of } => of,
            _ => null,
        };
        if (parameters is not (null or JsonObject) || parameters?["_meta"] is not (null or JsonObject))
            return (McpErrorCode.InvalidParams, "The parameters of a message, and their _meta, must be objects.");
        var own = Text(request?.Params?["_meta"]?[MetaKeys.ProtocolVersion]);
        if (own is not null && own != header)
            return (McpErrorCode.HeaderMismatch, $"The header {Version} is not the version that the message names.");
        if (request is null || !ProtocolVersions.HasRequestMetadata(header))
            return null;
        if (headers["Mcp-Method"].ToString() != request.Method)
            return (McpErrorCode.HeaderMismatch, "The header Mcp-Method is not the method of the message.");
        var name = request.Method is "tools/call" or "prompts/get" or "resources/read" || request.Method.StartsWith("tasks/", StringComparison.Ordinal)
            ? Array.ConvertAll(_names, one => Text(request.Params?[one])).FirstOrDefault(text => text is not null)
            : null;
        return name is null || Decoded(headers["Mcp-Name"].ToString()) == name
            ? null
            : (McpErrorCode.HeaderMismatch, "The header Mcp-Name is not what the message names.");
    }

    private static string? Text(JsonNode? node) =>
        node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    private static string? Decoded(string header)
    {
        if (!header.StartsWith(EncodedPrefix, StringComparison.Ordinal) || !header.EndsWith(EncodedSuffix, StringComparison.Ordinal))
            return header;
        var bytes = new byte[header.Length];
        return Convert.TryFromBase64String(header[EncodedPrefix.Length..^EncodedSuffix.Length], bytes, out var count)
            ? Encoding.UTF8.GetString(bytes, 0, count)
            : null;
    }
}
