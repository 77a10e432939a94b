using Zoetrope.Simulator.Http;

namespace Zoetrope.Simulator.Fal;

/// <summary>
/// Recognizes the requests of fal's queue and of direct runs. Submits and runs name the whole endpoint; status, result and cancel only
/// its owner and alias, as fal's clients do it. Uploads, tokens and files are on other hosts of fal's, and no submits.
/// </summary>
internal sealed class FalRoutes(FalService service, FalStreams streams)
{
    private const string Requests = "requests";

    public Call Match(IncomingRequest request)
    {
        if (request is { Method: "GET", Path: FalWebhookKeys.Path })
            return Call.Sync(FalService.Provider, SimulatorOperation.Other, service.WebhookKeys.Published, FalErrors.Detail);
        var path = request.Segments;
        if (path is ["platform", "v1", ..])
            return Call.Sync(FalService.Provider, SimulatorOperation.Other, () => service.Platform.Answer(request, path[2..]), FalErrors.Detail);
        if (request.Method == "POST" && path is ["tokens"] or ["tokens", "realtime"])
            return Guarded(SimulatorOperation.Token, request, () => service.Tokens.Issue(request, isObject: path.Length == 2));
        var at = path is ["workflows" or "comfy", ..] ? 3 : 2;
        if (path.Length > at + 1 && path[at] == Requests)
        {
            var app = string.Join('/', path[..at]);
            var id = path[at + 1];
            switch (request.Method, path[(at + 2)..])
            {
                case ("GET", ["status"]):
                    return Guarded(SimulatorOperation.Status, request, () => service.Status(request, app, id));
                case ("GET", ["status", "stream"]):
                    return new(FalService.Provider, SimulatorOperation.StatusStream,
                        (_, cancellationToken) => ValueTask.FromResult(
                            (service.Tokens.IsIn(request) ? null : FalService.Refuse(request)) ?? streams.Statuses(request, app, id, cancellationToken)),
                        FalErrors.Detail);
                case ("GET", [] or ["response"]):
                    return Guarded(SimulatorOperation.Result, request, () => service.Result(app, id));
                case ("PUT", ["cancel"]):
                    return Guarded(SimulatorOperation.Cancel, request, () => service.Cancel(app, id));
            }
        }
        else if (request.Method == "POST" && path is ["run", _, _, .., "stream"])
            return OfModel(SimulatorOperation.Stream, service.StreamOf(string.Join('/', path[1..^1])),
                (id, failure, cancellationToken) => ValueTask.FromResult(service.Stream(request, id, failure, streams, cancellationToken)));
        else if (request.Method is "POST" or "GET" && path is ["run", _, _, ..])
            return OfModel(SimulatorOperation.DirectRun, string.Join('/', path[1..]),
                (id, failure, cancellationToken) => service.RunAsync(request, id, failure, cancellationToken));
        else if (request.Method == "POST" && path.Length >= 2 && path[0] is not ("storage" or "tokens" or "files"))
            return OfModel(SimulatorOperation.Submit, string.Join('/', path),
                (id, failure, _) => ValueTask.FromResult(service.Submit(request, id, failure)));
        return Guarded(SimulatorOperation.Other, request, () => FalErrors.Detail(404, $"Path {request.Path} not found"));
    }

    private static Call OfModel(
        SimulatorOperation operation, string endpointId, Func<string, JobFailure?, CancellationToken, ValueTask<SimulatedResponse>> run) =>
        new(FalService.Provider, operation, (failure, cancellationToken) => run(endpointId, failure, cancellationToken), FalErrors.Detail)
        {
            Endpoint = endpointId,
        };

    private static Call Guarded(SimulatorOperation operation, IncomingRequest request, Func<SimulatedResponse> run) =>
        Call.Sync(FalService.Provider, operation, () => FalService.Refuse(request) ?? run(), FalErrors.Detail);
}
