using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Zoetrope.Fal.Realtime;
using Zoetrope.Simulator.Endpoints;
using Zoetrope.Simulator.Http;
using Zoetrope.Simulator.Jobs;

namespace Zoetrope.Simulator.Fal;

/// <summary>
/// fal's realtime connections: each message is an input in MessagePack (or JSON as text), and its result comes in MessagePack with its <c>request_id</c>, after
/// a control message with timings, as text. The response to an input that is not valid is an error, as text. The caller ends the connection.
/// </summary>
internal sealed class FalRealtime(FalService service, JobStore jobs, SimulatorOptions options)
{
    private const int MostBytes = 64 * 1024 * 1024;

    /// <summary>The call that a request to open a connection is; null where it is not to fal's direct runs.</summary>
    public Call? Match(IncomingRequest request) => request is { Method: "GET", Segments: ["run", _, _, _, ..] }
        ? Call.Sync(FalService.Provider, SimulatorOperation.Realtime, () => Refuse(request) ?? new(101, [], null), FalErrors.Detail)
        : null;

    /// <summary>Serves an open connection until the caller ends it.</summary>
    public async Task ServeAsync(HttpContext context, IncomingRequest request, CancellationToken cancellationToken)
    {
        var endpoint = Find(request)!;
        using var socket = await context.WebSockets.AcceptWebSocketAsync();
        while (await ReceiveAsync(socket, cancellationToken) is var (type, content))
        {
            var input = Read(type, content);
            var problems = input is null ? "The message is not an object." : Problems(endpoint, input);
            if (problems is not null)
            {
                await SendTextAsync(
                    socket, new JsonObject { ["type"] = "x-fal-error", ["error"] = "INTERNAL_ERROR", ["reason"] = problems }, cancellationToken);
                continue;
            }
            await Task.Delay(options.JobDuration / 10, options.TimeProvider, cancellationToken);
            var job = jobs.CreateDirect(endpoint, input!, "", request.BaseUrl, null);
            var result = job.Result is JsonObject members ? members.DeepClone().AsObject() : new JsonObject { ["output"] = job.Result?.DeepClone() };
            if (input!["request_id"] is { } id)
                result["request_id"] = id.DeepClone();
            var timings = new JsonObject { ["type"] = "x-fal-message", ["action"] = "timings", ["timing"] = options.JobDuration.TotalSeconds / 10 };
            await SendTextAsync(socket, timings, cancellationToken);
            var message = MsgPackWriter.Write(SimulatedResponse.Json(200, result).Body, null);
            await socket.SendAsync(message, WebSocketMessageType.Binary, endOfMessage: true, cancellationToken);
        }
        await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, cancellationToken);
    }

    private static JsonObject? Read(WebSocketMessageType type, ReadOnlyMemory<byte> content)
    {
        try
        {
            var json = type == WebSocketMessageType.Text ? content : MsgPackReader.Read(content, out _);
            return RequestJson.Parse(json) as JsonObject;
        }
        catch (Exception exception) when (exception is FormatException or System.Text.Json.JsonException)
        {
            return null;
        }
    }

    // The id of a request is of the connection's, not of the model's.
    private static string? Problems(SimulatedEndpoint endpoint, JsonObject input)
    {
        var own = input.DeepClone().AsObject();
        own.Remove("request_id");
        var problems = endpoint.Input.Check(own);
        return problems.Count == 0 ? null : string.Join("; ", problems.Select(problem => $"{string.Join('.', problem.Location)}: {problem.Message}"));
    }

    private static async Task<(WebSocketMessageType Type, ReadOnlyMemory<byte> Content)?> ReceiveAsync(WebSocket socket, CancellationToken cancellationToken)
    {
        using var received = new MemoryStream();
        var buffer = new byte[16 * 1024];
        while (true)
        {
            var part = await socket.ReceiveAsync(buffer.AsMemory(), cancellationToken);
            if (part.MessageType == WebSocketMessageType.Close || received.Length > MostBytes)
                return null;
            received.Write(buffer, 0, part.Count);
            if (part.EndOfMessage)
                return (part.MessageType, received.ToArray());
        }
    }

    private static Task SendTextAsync(WebSocket socket, JsonObject message, CancellationToken cancellationToken) =>
        socket.SendAsync(Encoding.UTF8.GetBytes(message.ToJsonString()), WebSocketMessageType.Text, endOfMessage: true, cancellationToken);

    private SimulatedResponse? Refuse(IncomingRequest request) => (service.Tokens.IsIn(request) ? null : FalService.Refuse(request))
        ?? (Find(request) is null ? service.NoApplication(string.Join('/', request.Segments[1..^1])) : null);

    // The last part of the path is that of the connection, such as realtime.
    private SimulatedEndpoint? Find(IncomingRequest request) => service.FindToRun(string.Join('/', request.Segments[1..^1]));
}
