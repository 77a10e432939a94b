using Zoetrope.Simulator.Files;
using Zoetrope.Simulator.Http;
using Zoetrope.Simulator.Jobs;
using Zoetrope.Simulator.Uploads;
using Zoetrope.Specs.Jobs;

namespace Zoetrope.Simulator.Declared;

/// <summary>Recognizes the requests of a declared provider, which is served below its name.</summary>
internal sealed class DeclaredRoutes
{
    private readonly DeclaredProvider _provider;
    private readonly DeclaredService _service;
    private readonly DeclaredModels _models;
    private readonly string _root;
    private readonly List<(RequestPattern Pattern, SimulatorOperation Operation, Func<Dictionary<string, string>, SimulatedResponse> Run)> _aboutJobs = [];

    private readonly List<(RequestPattern Pattern, ListRule List)> _lists;
    private readonly DeclaredUploads? _uploads;

    public DeclaredRoutes(DeclaredProvider provider, JobStore jobs, FileStore files, UploadStore uploads, WebhookSender webhooks, SimulatorOptions options)
    {
        _provider = provider;
        _root = "/" + provider.Protocol.Provider;
        _models = new(provider, options);
        _service = new(provider.Protocol, _models, jobs, files, webhooks, options);
        foreach (var status in provider.Models.Select(model => model.Model.Status ?? provider.Protocol.Status).Append(provider.Protocol.Status).Distinct())
            _aboutJobs.Add((new(status), SimulatorOperation.Status, _service.Status));
        if (provider.Protocol.Cancel is { } cancel)
            _aboutJobs.Add((new(cancel), SimulatorOperation.Cancel, _service.Cancel));
        _uploads = provider.Protocol.Upload is { } upload ? new(provider.Protocol, upload, uploads, _service, options.TimeProvider) : null;
        _lists = [.. provider.Protocol.Lists.Select(list => (new RequestPattern(list.Request), list))];
        foreach (var result in provider.Protocol.ResultRequests)
            _aboutJobs.Add((new(result.Request), SimulatorOperation.Result, values => _service.Result(result, values)));
    }

    /// <summary>Whether a request brings a file, whose body must not be read before.</summary>
    public bool TakesBodyOf(IncomingRequest request) =>
        request.Path.StartsWith(_root + "/", StringComparison.Ordinal) && _uploads?.TakesBodyOf(request, request.Path[_root.Length..]) == true;

    /// <summary>Recognizes a request; null when it is for another provider.</summary>
    public Call? Match(IncomingRequest request)
    {
        if (!request.Path.StartsWith(_root + "/", StringComparison.Ordinal))
            return null;
        var path = request.Path[_root.Length..];
        foreach (var (pattern, operation, run) in _aboutJobs)
        {
            if (pattern.Match(request, path) is { } values)
                return Guarded(operation, request, () => run(values));
        }
        foreach (var (pattern, list) in _lists)
        {
            if (pattern.Match(request, path) is not null)
                return Guarded(SimulatorOperation.Other, request, () => _service.List(list, request));
        }
        if (_uploads?.Match(request, path) is { } upload)
            return upload;
        var candidates = _models.SubmittedBy(request, path);
        return candidates.Count > 0
            ? Submit(request, candidates)
            : Guarded(SimulatorOperation.Other, request, () => _service.Errors.Make(404, $"{request.Method} {path} is not an operation of the declaration."));
    }

    private Call Submit(IncomingRequest request, List<(DeclaredModel, Dictionary<string, string>)> candidates) => new(
        _provider.Protocol.Provider, SimulatorOperation.Submit,
        (failure, cancellationToken) => _service.SubmitAsync(request, candidates, failure, cancellationToken), _service.Errors.Make)
    {
        Endpoint = DeclaredService.EndpointOf(request, candidates),
    };

    private Call Guarded(SimulatorOperation operation, IncomingRequest request, Func<SimulatedResponse> run) =>
        Call.Sync(_provider.Protocol.Provider, operation, () => _service.Refuse(request) ?? run(), _service.Errors.Make);
}
