using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Zoetrope.Cli.Mcp.Serving;

/// <summary>
/// The streamable HTTP transport, without sessions: each request is served by itself, and what lasts is in the ledger. Its response streams progress until the
/// result; a client that closes it does not wait any more.
/// </summary>
/// <param name="options">The server.</param>
/// <param name="guard">Who may use it.</param>
internal sealed class HttpEndpoint(McpServerOptions options, HttpGuard guard)
{
    /// <summary>The path.</summary>
    public const string Path = "/mcp";

    /// <summary>The greatest request: inputs may have small files in them.</summary>
    public const int MostBytes = 16 * 1024 * 1024;

    private static readonly JsonTypeInfo<JsonRpcMessage> _messages =
        (JsonTypeInfo<JsonRpcMessage>)McpJsonUtilities.DefaultOptions.GetTypeInfo(typeof(JsonRpcMessage));

    /// <summary>Responds to a request.</summary>
    public async Task HandleAsync(HttpContext context)
    {
        var (request, response) = (context.Request, context.Response);
        response.Headers.CacheControl = "no-store";
        response.Headers.XContentTypeOptions = "nosniff";
        if (guard.Refuse(request) is { } refusal)
        {
            if (refusal.Status == HttpStatusCode.Unauthorized)
                response.Headers.WWWAuthenticate = "Bearer";
            await FailAsync(response, refusal.Status, McpErrorCode.InvalidRequest, refusal.Reason);
        }
        else if (request.Path != Path)
            await FailAsync(response, HttpStatusCode.NotFound, McpErrorCode.InvalidRequest, $"There is nothing here: the server is at {Path}.");
        else if (!HttpMethods.IsPost(request.Method))
        {
            response.Headers.Allow = "POST";
            await FailAsync(
                response, HttpStatusCode.MethodNotAllowed, McpErrorCode.InvalidRequest, "Only POST: there are no sessions, and no messages without a request.");
        }
        else
            await PostAsync(context);
    }

    private async Task PostAsync(HttpContext context)
    {
        var (request, response) = (context.Request, context.Response);
        var accept = request.Headers.Accept.ToString();
        if (!accept.Contains("application/json", StringComparison.OrdinalIgnoreCase)
            || !accept.Contains("text/event-stream", StringComparison.OrdinalIgnoreCase))
        {
            await FailAsync(
                response, HttpStatusCode.NotAcceptable, McpErrorCode.InvalidRequest, "A client must accept both application/json and text/event-stream.");
            return;
        }
        if (request.ContentType is not { } type || !type.Split(';')[0].Trim().Equals("application/json", StringComparison.OrdinalIgnoreCase))
        {
            await FailAsync(response, HttpStatusCode.UnsupportedMediaType, McpErrorCode.InvalidRequest, "A request must be application/json.");
            return;
        }
        if (await ReadAsync(request, context.RequestAborted) is not { } message)
        {
            await FailAsync(response, HttpStatusCode.BadRequest, McpErrorCode.ParseError, "The body is not a JSON-RPC message.");
            return;
        }
        if (HttpHeaders.ProblemOf(request.Headers, message) is { } problem)
        {
            await FailAsync(response, HttpStatusCode.BadRequest, problem.Code, problem.Message, message);
            return;
        }
        message.Context = new JsonRpcMessageContext { ProtocolVersion = HttpHeaders.VersionOf(request.Headers) };
        await ServeAsync(context, message);
    }

    private async Task ServeAsync(HttpContext context, JsonRpcMessage message)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        await using var transport = new StreamableHttpServerTransport { Stateless = true };
        await using var server = McpServer.Create(transport, options);
        var running = server.RunAsync(ended.Token);
        context.Response.ContentType = "text/event-stream";
        try
        {
            if (await transport.HandlePostRequestAsync(message, context.Response.Body, StatusAsync, ended.Token))
                return;
            context.Response.ContentType = null;
            context.Response.StatusCode = (int)HttpStatusCode.Accepted;
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
            // Nobody waits for it any more. Its job goes on.
        }
        finally
        {
            await ended.CancelAsync();
            await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        ValueTask StatusAsync(JsonRpcMessage? first)
        {
            if (first is JsonRpcError { Error.Code: var code } && !context.Response.HasStarted)
            {
                context.Response.StatusCode = (McpErrorCode)code switch
                {
                    McpErrorCode.MethodNotFound => (int)HttpStatusCode.NotFound,
                    McpErrorCode.UnsupportedProtocolVersion or McpErrorCode.MissingRequiredClientCapability or McpErrorCode.HeaderMismatch =>
                        (int)HttpStatusCode.BadRequest,
                    _ => (int)HttpStatusCode.OK,
                };
            }
            return ValueTask.CompletedTask;
        }
    }

    private static async Task<JsonRpcMessage?> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        try
        {
            return await JsonSerializer.DeserializeAsync(request.Body, _messages, cancellationToken);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static async Task FailAsync(HttpResponse response, HttpStatusCode status, McpErrorCode code, string text, JsonRpcMessage? of = null)
    {
        var error = new JsonObject
        {
            ["jsonrpc"] = "2.0",
            ["id"] = of is JsonRpcRequest { Id: var id } ? IdOf(id) : null,
            ["error"] = new JsonObject { ["code"] = (int)code, ["message"] = text },
        };
        response.StatusCode = (int)status;
        response.ContentType = "application/json";
        await response.Body.WriteAsync(Encoding.UTF8.GetBytes(error.ToJsonString()));
    }

    private static JsonValue? IdOf(RequestId id) => id.Id is long number ? JsonValue.Create(number) : JsonValue.Create(id.ToString());
}
