using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Zoetrope.Simulator.Declared;
using Zoetrope.Simulator.Eachlabs;
using Zoetrope.Simulator.Endpoints;
using Zoetrope.Simulator.Fal;
using Zoetrope.Simulator.Faults;
using Zoetrope.Simulator.Http;

namespace Zoetrope.Simulator.Control;

/// <summary>The simulator's own requests, below <c>/_simulator</c>: counters, recorded requests and faults. They are not recorded themselves.</summary>
internal sealed class ControlRoutes(RequestLog log, FaultQueue faults, EndpointStore endpoints, IReadOnlyList<DeclaredProvider> declared)
{
    private const string Folder = "_simulator";

    /// <summary>Responds to a request for the simulator itself; null when it is for a provider.</summary>
    public SimulatedResponse? TryRespond(IncomingRequest request) =>
        IsBrowser(request) ? Welcome(request) : request.Segments is not [Folder, ..] ? null : Refuse(request) ?? (request.Method, request.Segments[1..]) switch
        {
            ("GET", ["counts"]) => SimulatedResponse.Json(200, Counts()),
            ("GET", ["requests"]) => SimulatedResponse.Json(200, new JsonArray([.. log.Requests().Select(Write)])),
            ("GET", ["endpoints"]) => SimulatedResponse.Json(200, Endpoints()),
            ("POST", ["faults"]) => AddFaults(request),
            ("DELETE", ["faults"]) => ClearFaults(),
            _ => SimulatedResponse.Error(404, $"{request.Method} {request.Path} is not an address of the simulator."),
        };

    /// <summary>
    /// Rejects requests of web pages, which a browser on this machine sends for any site: they name a host that is not this machine, or another origin than
    /// this server's own.
    /// </summary>
    private static SimulatedResponse? Refuse(IncomingRequest request)
    {
        if (!IsThisMachine(request.Host))
            return SimulatedResponse.Error(403, $"The simulator accepts requests to localhost, 127.0.0.1 or [::1], not to '{request.Host}'.");
        return request.Header("Origin") is { } origin && origin != request.BaseUrl
            ? SimulatedResponse.Error(403, $"A page of '{origin}' may not control the simulator.")
            : null;
    }

    private static bool IsThisMachine(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
            || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));

    /// <summary>Whether somebody opens the simulator's address: with a key it is a request to a provider.</summary>
    private static bool IsBrowser(IncomingRequest request) =>
        request is { Method: "GET", Segments: [] } && request.Header("Authorization") is null && request.Header("X-API-Key") is null;

    /// <summary>What a browser is shown that opens the simulator's address.</summary>
    private SimulatedResponse Welcome(IncomingRequest request) => new(200, Encoding.UTF8.GetBytes($"""
        This is the Zoetrope simulator. It simulates fal.ai, Eachlabs and declared providers; nothing is paid, and any key is accepted except bad-key.

        fal's queue          {request.BaseUrl}/ENDPOINT-ID
        fal's direct runs    {request.BaseUrl}/run/ENDPOINT-ID
        Eachlabs             {request.BaseUrl}/v1/prediction
        declared providers   {string.Join(", ", declared.Select(provider => $"{request.BaseUrl}/{provider.Protocol.Provider}"))}

        GET {request.BaseUrl}/_simulator/endpoints    the endpoints that can be run
        GET {request.BaseUrl}/_simulator/requests     the requests so far
        GET {request.BaseUrl}/_simulator/counts       their numbers
        POST, DELETE {request.BaseUrl}/_simulator/faults, such as {"{"}"kind":"job_failure"{"}"}

        """), "text/plain; charset=utf-8");

    private JsonObject Counts()
    {
        var counts = Write(log.Counts(null));
        counts[FalService.Provider] = Write(log.Counts(FalService.Provider));
        counts[EachlabsService.Provider] = Write(log.Counts(EachlabsService.Provider));
        foreach (var provider in declared)
            counts[provider.Protocol.Provider] = Write(log.Counts(provider.Protocol.Provider));
        return counts;
    }

    private static JsonObject Write(SimulatorCounts counts) => new()
    {
        ["submits"] = counts.Submits,
        ["accepted"] = counts.Accepted,
        ["direct_runs"] = counts.DirectRuns,
        ["statuses"] = counts.Statuses,
        ["results"] = counts.Results,
        ["cancels"] = counts.Cancels,
        ["files"] = counts.Files,
        ["others"] = counts.Others,
        ["uploads"] = counts.Uploads,
        ["streams"] = counts.Streams,
        ["status_streams"] = counts.StatusStreams,
        ["tokens"] = counts.Tokens,
        ["realtime_connections"] = counts.RealtimeConnections,
    };

    private static JsonNode Write(RecordedRequest request) => new JsonObject
    {
        ["provider"] = request.Provider,
        ["operation"] = JsonNamingPolicy.SnakeCaseLower.ConvertName(request.Operation.ToString()),
        ["endpoint"] = request.Endpoint,
        ["method"] = request.Method,
        ["path"] = request.Path,
        ["query"] = request.Query,
        ["headers"] = new JsonObject(request.Headers.Select(header => KeyValuePair.Create<string, JsonNode?>(header.Key, header.Value))),
        ["body"] = request.Body,
        ["received"] = request.Received,
    };

    private JsonArray Endpoints() => new([
        .. endpoints.All.Select(endpoint => Write(endpoint.Provider, endpoint.Id)),
        .. declared.SelectMany(provider => provider.Models).Select(model => Write(model.Model.Endpoint.Provider, model.Model.Endpoint.Id))]);

    private static JsonObject Write(string provider, string id) => new() { ["provider"] = provider, ["id"] = id };

    private SimulatedResponse AddFaults(IncomingRequest request)
    {
        var json = request.ReadJson(out var problem);
        if (problem is not null)
            return SimulatedResponse.Error(400, problem);
        try
        {
            var read = FaultReader.Read(json);
            foreach (var fault in read)
                faults.Add(fault);
            return SimulatedResponse.Json(200, new JsonObject { ["added"] = read.Count });
        }
        catch (Exception exception) when (exception is FormatException or ArgumentException)
        {
            return SimulatedResponse.Error(400, exception.Message);
        }
    }

    private SimulatedResponse ClearFaults()
    {
        faults.Clear();
        return new SimulatedResponse(204, [], null);
    }
}
