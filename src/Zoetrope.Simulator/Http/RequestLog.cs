using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Zoetrope.Simulator.Http;

/// <summary>Remembers requests and counts them.</summary>
/// <param name="capacity">How many are remembered.</param>
/// <param name="clock">The clock.</param>
/// <param name="secrets">The headers with keys of declared providers, which are hidden besides those of fal and Eachlabs.</param>
internal sealed class RequestLog(int capacity, TimeProvider clock, IReadOnlySet<string> secrets)
{
    private readonly Lock _gate = new();
    private readonly Queue<RecordedRequest> _requests = new();
    private readonly Dictionary<(string Provider, SimulatorOperation Operation), int> _operations = [];
    private readonly Dictionary<string, int> _accepted = [];

    public void Add(IncomingRequest request, Call call)
    {
        var recorded = new RecordedRequest(
            call.Provider, call.Operation, request.Method, request.Path, request.QueryText, Hide(request.Headers), HideKey(request),
            clock.GetUtcNow())
        {
            Endpoint = call.Endpoint,
        };
        lock (_gate)
        {
            _requests.Enqueue(recorded);
            if (_requests.Count > capacity)
                _requests.Dequeue();
            var key = (call.Provider, call.Operation);
            _operations[key] = _operations.GetValueOrDefault(key) + 1;
        }
    }

    public void Accept(string provider)
    {
        lock (_gate)
            _accepted[provider] = _accepted.GetValueOrDefault(provider) + 1;
    }

    public IReadOnlyList<RecordedRequest> Requests()
    {
        lock (_gate)
            return [.. _requests];
    }

    /// <summary>Counts the requests to one provider, or to all.</summary>
    public SimulatorCounts Counts(string? provider)
    {
        lock (_gate)
        {
            return new(
                Sum(SimulatorOperation.Submit), _accepted.Where(pair => provider is null || pair.Key == provider).Sum(pair => pair.Value),
                Sum(SimulatorOperation.DirectRun), Sum(SimulatorOperation.Status), Sum(SimulatorOperation.Result),
                Sum(SimulatorOperation.Cancel), Sum(SimulatorOperation.File), Sum(SimulatorOperation.Other))
            {
                Uploads = Sum(SimulatorOperation.Upload),
                Streams = Sum(SimulatorOperation.Stream),
                StatusStreams = Sum(SimulatorOperation.StatusStream),
                Tokens = Sum(SimulatorOperation.Token),
                RealtimeConnections = Sum(SimulatorOperation.Realtime),
            };
        }

        int Sum(SimulatorOperation operation) => _operations
            .Where(pair => pair.Key.Operation == operation && (provider is null || pair.Key.Provider == provider))
            .Sum(pair => pair.Value);
    }

    private Dictionary<string, string> Hide(IHeaderDictionary headers)
    {
        var shown = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in headers)
            shown[name] = name.ToLowerInvariant() switch
            {
                "authorization" => HideCredentials(value.ToString()),
                "x-api-key" or "cookie" or "proxy-authorization" => "[hidden]",
                _ when secrets.Contains(name) => "[hidden]",
                _ => value.ToString(),
            };
        return shown;
    }

    // Shared workflows of Eachlabs take the key in the body.
    private static string HideKey(IncomingRequest request)
    {
        if (!request.Text.Contains("\"api_key\"", StringComparison.Ordinal) || request.ReadJson(out _) is not JsonObject body || !body.ContainsKey("api_key"))
            return request.Text;
        body["api_key"] = "[hidden]";
        return body.ToJsonString();
    }

    private static string HideCredentials(string value) =>
        value.IndexOf(' ') is > 0 and var space ? value[..space] + " [hidden]" : "[hidden]";
}
