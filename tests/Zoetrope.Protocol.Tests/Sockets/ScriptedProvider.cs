using System.Collections.Concurrent;
using Zoetrope.Eachlabs;
using Zoetrope.Fal;
using Zoetrope.Jobs;

namespace Zoetrope.Protocol.Tests.Sockets;

/// <summary>A response as a test writes it.</summary>
public sealed record Canned(int Status, string Body, params string[] Headers)
{
    public override string ToString() => $"{Status} {string.Join(", ", Headers)} {Body[..Math.Min(60, Body.Length)]}";
}

/// <summary>A provider on a raw socket: each kind of request has its own list of responses, the last of which is given for ever.</summary>
internal sealed class ScriptedProvider : IAsyncDisposable
{
    public const string Page = "<html>\r\n<head><title>A gateway's page</title></head>\r\n<body><hr><center>nginx</center></body>\r\n</html>\r\n";

    private readonly FakeServer _server;
    private readonly ConcurrentDictionary<string, int> _counts = new();

    public ScriptedProvider() => _server = new FakeServer(ServeAsync);

    public Canned[] Statuses { get; init; } = [new(200, """{"status":"COMPLETED"}""")];

    public Canned[] Results { get; init; } = [new(200, """{"ok":1}""")];

    public Canned[] Cancels { get; init; } = [new(202, """{"status":"CANCELLATION_REQUESTED"}""")];

    public Canned[] Submits { get; init; } = [new(200, """{"request_id":"j"}""")];

    public int Count(string kind) => _counts.GetValueOrDefault(kind);

    public string[] Requests => _server.Requests;

    public FalClient Fal(Action<FalClientOptions>? change = null)
    {
        var options = new FalClientOptions { BaseUrl = _server.Url, ApiKey = "test-key-id:test-key-secret" };
        change?.Invoke(options);
        return new FalClient(options);
    }

    public EachlabsClient Eachlabs(Action<EachlabsClientOptions>? change = null)
    {
        var options = new EachlabsClientOptions { BaseUrl = _server.Url, ApiKey = "test-key-secret" };
        change?.Invoke(options);
        return new EachlabsClient(options);
    }

    public static WaitOptions Wait(double timeout = 60) => new() { PollInterval = TimeSpan.FromMilliseconds(5), Timeout = TimeSpan.FromSeconds(timeout) };

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private Task ServeAsync(FakeServer.Exchange exchange)
    {
        var line = exchange.Request[..exchange.Request.IndexOf("\r\n", StringComparison.Ordinal)].Split(' ');
        var path = line[1].Split('?')[0];
        var (kind, script) = (line[0], path) switch
        {
            (_, var cancel) when cancel.EndsWith("/cancel", StringComparison.Ordinal) => ("cancel", Cancels),
            ("POST", _) => ("submit", Submits),
            (_, var status) when status.EndsWith("/status", StringComparison.Ordinal) => ("status", Statuses),
            (_, var prediction) when prediction.StartsWith("/v1/", StringComparison.Ordinal) => ("status", Statuses),
            _ => ("result", Results),
        };
        var turn = _counts.AddOrUpdate(kind, 1, static (_, count) => count + 1);
        var (code, body, headers) = script[Math.Min(turn, script.Length) - 1];
        return exchange.ReplyAsync(code, body, headers);
    }
}
