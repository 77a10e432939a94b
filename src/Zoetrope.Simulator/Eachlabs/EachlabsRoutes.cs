using Zoetrope.Simulator.Http;

namespace Zoetrope.Simulator.Eachlabs;

/// <summary>Recognises the requests of Eachlabs' prediction API, with and without a slash at the end.</summary>
internal sealed class EachlabsRoutes(EachlabsService service)
{
    /// <summary>Recognises a request; null when it is not for Eachlabs.</summary>
    public Call? Match(IncomingRequest request) => (request.Method, request.Segments) switch
    {
        ("POST", ["v1", "prediction"]) => Create(request),
        ("POST", ["v1", "prediction", "run"]) => Guarded(SimulatorOperation.DirectRun, request, () => service.Run(request)),
        ("GET", ["v1", "prediction", var id]) => Guarded(SimulatorOperation.Status, request, () => service.Get(request, id)),
        ("POST", ["v1", "prediction", var id, "cancel"]) => Guarded(SimulatorOperation.Cancel, request, () => service.Cancel(id)),
        (_, ["v1", ..]) => Guarded(SimulatorOperation.Other, request, () => EachlabsErrors.Make(404, "Not found", request.Path)),
        _ => null,
    };

    private Call Create(IncomingRequest request) => new(
        EachlabsService.Provider, SimulatorOperation.Submit,
        (failure, _) => ValueTask.FromResult(EachlabsService.Refuse(request) ?? service.Create(request, failure)), EachlabsErrors.Make)
    {
        Endpoint = EachlabsService.ModelOf(request),
    };

    private static Call Guarded(SimulatorOperation operation, IncomingRequest request, Func<SimulatedResponse> run) =>
        Call.Sync(EachlabsService.Provider, operation, () => EachlabsService.Refuse(request) ?? run(), EachlabsErrors.Make);
}
