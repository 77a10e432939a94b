using Zoetrope.Simulator.Http;

namespace Zoetrope.Simulator.Eachlabs;

/// <summary>Recognizes the requests of Eachlabs' API, with and without a slash at the end.</summary>
internal sealed class EachlabsRoutes(EachlabsService service, EachlabsHistory history, EachlabsRouter router, EachlabsWorkflows workflows)
{
    /// <summary>Recognizes a request; null when it is not for Eachlabs.</summary>
    public Call? Match(IncomingRequest request) => (request.Method, request.Segments) switch
    {
        ("POST", ["v1", "prediction"]) => Create(request),
        ("POST", ["v1", "prediction", "run"]) => Run(request),
        ("GET", ["v1", "prediction", var id]) => Guarded(SimulatorOperation.Status, request, () => service.Get(request, id)),
        ("POST", ["v1", "prediction", var id, "cancel"]) => Guarded(SimulatorOperation.Cancel, request, () => service.Cancel(id)),
        ("POST", ["v1", "chat", "completions"]) => Chat(request),
        (_, ["v1", "workflows" or "public", ..]) => Workflow(request),
        (_, ["v1", ..]) => Call.Sync(EachlabsService.Provider, SimulatorOperation.Other, () => Other(request), EachlabsErrors.Make),
        _ => null,
    };

    private static Call Guarded(SimulatorOperation operation, IncomingRequest request, Func<SimulatedResponse> run) =>
        Call.Sync(EachlabsService.Provider, operation, () => EachlabsService.Refuse(request) ?? run(), EachlabsErrors.Make);

    private Call Create(IncomingRequest request) => new(
        EachlabsService.Provider, SimulatorOperation.Submit,
        (failure, _) => ValueTask.FromResult(EachlabsService.Refuse(request) ?? service.Create(request, failure)), EachlabsErrors.Make)
    {
        Endpoint = EachlabsService.ModelOf(request),
    };

    private Call Run(IncomingRequest request) => new(
        EachlabsService.Provider, SimulatorOperation.DirectRun,
        async (failure, cancellationToken) => EachlabsService.Refuse(request) ?? await service.RunAsync(request, failure, cancellationToken),
        EachlabsErrors.Make)
    {
        Endpoint = EachlabsService.ModelOf(request),
    };

    private Call Chat(IncomingRequest request) => new(
        EachlabsService.Provider, EachlabsRouter.IsStream(request) ? SimulatorOperation.Stream : SimulatorOperation.DirectRun,
        (failure, cancellationToken) => ValueTask.FromResult(
            EachlabsService.Refuse(request) is { } refusal
                ? EachlabsRouter.Error(refusal.StatusCode, "Invalid API key") : router.Chat(request, failure, cancellationToken)),
        EachlabsRouter.Error);

    private Call Workflow(IncomingRequest request)
    {
        var path = request.Segments[1..];
        return (request.Method, path) switch
        {
            ("POST", ["workflows", "trigger", var id, var version]) => Trigger($"{id}/{version}", EachlabsService.Key(request),
                (key, failure) => workflows.TriggerAsync(request, id, version, key, failure)),
            ("POST", ["workflows", "bulk-trigger", var id, var version]) => Trigger($"{id}/{version}", EachlabsService.Key(request),
                (key, failure) => workflows.TriggerBulkAsync(request, id, version, key, failure)),
            ("POST", ["public", ['@', ..] name, "workflows", var id, "versions", var version, "trigger"]) => Trigger(
                $"{name}/{id}/{version}", EachlabsWorkflows.KeyOfPublic(request),
                (key, failure) => workflows.TriggerAsync(request, $"{name}/{id}", version, key, failure)),
            ("GET", ["public", ['@', ..], "workflows", var id, "versions", var version]) => Executions(
                SimulatorOperation.Other, () => workflows.GetPublic(id, version)),
            ("GET", ["workflows", "executions", var id]) => GuardedExecutions(request, SimulatorOperation.Status, () => workflows.GetExecution(id)),
            ("GET", ["workflows", var id, "executions"]) => GuardedExecutions(
                request, SimulatorOperation.Other, () => workflows.ListExecutions(request, id, EachlabsService.Key(request)!)),
            ("GET", ["workflows"]) => GuardedExecutions(request, SimulatorOperation.Other, () => workflows.List(request)),
            ("POST", ["workflows"]) => GuardedExecutions(request, SimulatorOperation.Other, () => workflows.Create(request)),
            ("GET", ["workflows", var id]) => GuardedExecutions(request, SimulatorOperation.Other, () => workflows.Get(id)),
            ("PUT", ["workflows", var id]) => GuardedExecutions(request, SimulatorOperation.Other, () => workflows.Rename(request, id)),
            ("PUT", ["workflows", var id, "versions", var version]) => GuardedExecutions(
                request, SimulatorOperation.Other, () => workflows.Save(request, id, version)),
            _ => GuardedExecutions(request, SimulatorOperation.Other, () => EachlabsErrors.Make(404, "Not found", request.Path)),
        };
    }

    private static Call Trigger(string endpoint, string? key, Func<string, JobFailure?, ValueTask<SimulatedResponse>> trigger)
    {
        return new(EachlabsWorkflows.Provider, SimulatorOperation.Submit, RunAsync, EachlabsErrors.Make) { Endpoint = endpoint };

        ValueTask<SimulatedResponse> RunAsync(JobFailure? failure, CancellationToken cancellationToken) =>
            EachlabsService.RefuseKey(key) is { } refusal ? ValueTask.FromResult(refusal) : trigger(key!, failure);
    }

    private static Call GuardedExecutions(IncomingRequest request, SimulatorOperation operation, Func<SimulatedResponse> run) =>
        Executions(operation, () => EachlabsService.Refuse(request) ?? run());

    private static Call Executions(SimulatorOperation operation, Func<SimulatedResponse> run) =>
        Call.Sync(EachlabsWorkflows.Provider, operation, run, EachlabsErrors.Make);

    // Models are shown to anyone.
    private SimulatedResponse Other(IncomingRequest request) => (request.Method, request.Segments) switch
    {
        ("GET", ["v1", "models"]) => history.Models(request),
        ("GET", ["v1", "model"]) => history.Model(request),
        ("GET", ["v1", "llm-router", "model-catalog"]) => EachlabsHistory.Catalog(),
        _ when EachlabsService.Refuse(request) is { } refusal => refusal,
        ("GET", ["v1", "models", var slug, "schemas", "openapi"]) => history.Schema(slug),
        ("GET", ["v1", "executions"]) => history.Executions(request, EachlabsService.Key(request)!),
        ("GET", ["v1", "webhooks"]) => history.Webhooks(request),
        ("GET", ["v1", "webhooks", var id]) => history.Webhook(id),
        _ => EachlabsErrors.Make(404, "Not found", request.Path),
    };
}
