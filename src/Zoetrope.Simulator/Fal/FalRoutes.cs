using Zoetrope.Simulator.Http;

namespace Zoetrope.Simulator.Fal;

/// <summary>
/// Recognises the requests of fal's queue and of direct runs. Submits and runs name the whole endpoint; status, result and cancel only
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
        if (request.Method == "GET" && path is ["platform", "v1", "models", "pricing"])
            return Guarded(SimulatorOperation.Other, request, () => service.Prices(request));
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
                            Named((service.Tokens.IsIn(request) ? null : FalService.Refuse(request)) ?? streams.Statuses(request, app, id, cancellationToken))),
                        Error);
                case ("GET", [] or ["response"]):
                    return Guarded(SimulatorOperation.Result, request, () => service.Result(app, id));
                case ("PUT", ["cancel"]):
                    return Guarded(SimulatorOperation.Cancel, request, () => service.Cancel(app, id));
            }
        }
        else if (request.Method == "POST" && path is ["run", _, _, .., "stream"])
            return new(FalService.Provider, SimulatorOperation.Stream,
                (failure, cancellationToken) => ValueTask.FromResult(
                    Named(service.Stream(request, string.Join('/', path[1..^1]), failure, streams, cancellationToken))), Error);
        else if (request.Method is "POST" or "GET" && path is ["run", _, _, ..])
            return new(FalService.Provider, SimulatorOperation.DirectRun,
                async (failure, cancellationToken) =>
                    Named(await service.RunAsync(request, string.Join('/', path[1..]), failure, cancellationToken)), Error);
        else if (request.Method == "POST" && path.Length >= 2 && path[0] is not ("storage" or "tokens" or "files"))
            return new(FalService.Provider, SimulatorOperation.Submit,
                (failure, _) => ValueTask.FromResult(Named(service.Submit(request, string.Join('/', path), failure))), Error);
        return Guarded(SimulatorOperation.Other, request, () => FalErrors.Detail(404, $"Path {request.Path} not found"));
    }

    private static SimulatedResponse Error(int statusCode, string message) => Named(FalErrors.Detail(statusCode, message));

    private static Call Guarded(SimulatorOperation operation, IncomingRequest request, Func<SimulatedResponse> run) =>
        Call.Sync(FalService.Provider, operation, () => Named(FalService.Refuse(request) ?? run()), Error);

    /// <summary>Every response of fal names a request: the job if there is one, otherwise the call itself.</summary>
    private static SimulatedResponse Named(SimulatedResponse response) =>
        response.Headers.Exists(header => header.Key == FalService.RequestId) ? response : response.With(FalService.RequestId, Guid.NewGuid().ToString());
}
