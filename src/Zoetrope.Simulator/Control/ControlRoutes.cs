using System.Text.Json;
using System.Text.Json.Nodes;

namespace Zoetrope.Simulator;

/// <summary>The simulator's own requests, below <c>/_simulator</c>: counters, recorded requests and faults. They are not recorded themselves.</summary>
internal sealed class ControlRoutes(RequestLog log, FaultQueue faults, EndpointStore endpoints)
{
    private const string Folder = "_simulator";

    /// <summary>Answers a request for the simulator itself; null when it is for a provider.</summary>
    public Answer? TryAnswer(Incoming request) => request.Segments is not [Folder, ..] ? null : (request.Method, request.Segments[1..]) switch
    {
        ("GET", ["counts"]) => Answer.Json(200, Counts()),
        ("GET", ["requests"]) => Answer.Json(200, new JsonArray([.. log.Requests().Select(Write)])),
        ("GET", ["endpoints"]) => Answer.Json(200, Endpoints()),
        ("POST", ["faults"]) => AddFaults(request),
        ("DELETE", ["faults"]) => ClearFaults(),
        _ => Error(404, $"{request.Method} {request.Path} is not known here."),
    };

    private JsonObject Counts()
    {
        var counts = Write(log.Counts(null));
        counts[FalService.Provider] = Write(log.Counts(FalService.Provider));
        counts[EachlabsService.Provider] = Write(log.Counts(EachlabsService.Provider));
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
    };

    private static JsonNode Write(RecordedRequest request) => new JsonObject
    {
        ["provider"] = request.Provider,
        ["operation"] = JsonNamingPolicy.SnakeCaseLower.ConvertName(request.Operation.ToString()),
        ["method"] = request.Method,
        ["path"] = request.Path,
        ["query"] = request.Query,
        ["headers"] = new JsonObject(request.Headers.Select(header => KeyValuePair.Create<string, JsonNode?>(header.Key, header.Value))),
        ["body"] = request.Body,
        ["received"] = request.Received,
    };

    private JsonArray Endpoints() => new([.. endpoints.All.Select(endpoint => new JsonObject { ["provider"] = endpoint.Provider, ["id"] = endpoint.Id })]);

    private Answer AddFaults(Incoming request)
    {
        var json = request.ReadJson(out var problem);
        if (problem is not null)
            return Error(400, problem);
        try
        {
            var read = FaultReader.Read(json);
            foreach (var fault in read)
                faults.Add(fault);
            return Answer.Json(200, new JsonObject { ["added"] = read.Count });
        }
        catch (Exception exception) when (exception is FormatException or ArgumentException)
        {
            return Error(400, exception.Message);
        }
    }

    private Answer ClearFaults()
    {
        faults.Clear();
        return new Answer(204, [], null);
    }

    private static Answer Error(int statusCode, string message) => Answer.Json(statusCode, new JsonObject { ["error"] = message });
}
