using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Zoetrope.Simulator.Endpoints;
using Zoetrope.Simulator.Http;
using Zoetrope.Specs.Jobs;
using Zoetrope.Specs.Model;

namespace Zoetrope.Simulator.Declared;

/// <summary>
/// The models of a declared provider: those of its declaration, and, where the provider takes any id and the options allow it, those that requests name. These
/// take any input, and have results as the declared model has them that is nearest in kind.
/// </summary>
internal sealed class DeclaredModels(DeclaredProvider provider, SimulatorOptions options)
{
    private readonly RequestPattern? _any = provider.Protocol.AnyModel is { } any ? new(any.Request) : null;
    private readonly ConcurrentDictionary<string, DeclaredModel> _others = new(StringComparer.Ordinal);

    /// <summary>All models that jobs can be of.</summary>
    public IEnumerable<DeclaredModel> All => provider.Models.Concat(_others.Values);

    /// <summary>The models that a request to submit a job may be for, with the values in its address.</summary>
    /// <param name="request">The request.</param>
    /// <param name="path">Its path at the provider.</param>
    public List<(DeclaredModel Model, Dictionary<string, string> Values)> SubmittedBy(IncomingRequest request, string path)
    {
        if (options.AcceptsAnyEndpoint && _any?.Match(request, path) is { } named && NameIn(named, request) is { } name && Other(name) is { } other)
            return [(other, named)];
        var candidates = new List<(DeclaredModel, Dictionary<string, string>)>();
        foreach (var model in provider.Models)
        {
            if (model.Submit.Match(request, path) is { } values)
                candidates.Add((model, values));
        }
        return candidates;
    }

    /// <summary>Why there is no model of a name, in a sentence or two.</summary>
    public string Reason(Dictionary<string, string> values, IncomingRequest request) =>
        (NameIn(values, request) is { } name ? SimilarIds.Nearest(name, Names) : null) is { } similar
            ? $"Did you mean '{similar}'?"
            : UndocumentedEndpoints.Cure;

    private IEnumerable<string> Names => provider.Models.Select(model => model.Model.Value);

    private DeclaredModel? Other(string name)
    {
        if (_others.TryGetValue(name, out var known))
            return known;
        if (provider.Models.Any(model => model.Model.Value == name || model.Model.Endpoint.Id == name) || SimilarIds.Nearest(name, Names) is not null)
            return null;
        var kind = UsualResult.KindOf(name);
        if (provider.Models is not [var first, ..])
            return null;
        var like = (provider.Models.FirstOrDefault(model => KindOf(model.Model) == kind) ?? first).Model;
        // Its input is not known, so that nothing is wrong with any.
        var endpoint = like.Endpoint with
        {
            Id = name,
            Input = new Schema { Types = SchemaTypes.Object },
            RequiredExample = null,
            RequestExample = null,
        };
        if (_others.TryAdd(name, new(new(endpoint, provider.Protocol.AnyModel!, name, null))))
            options.OnUndocumentedEndpoint?.Invoke(provider.Protocol.Provider, name);
        return _others[name];
    }

    private static string KindOf(JobModel model) => UsualResult.KindOf(model.Endpoint.Category ?? model.Endpoint.OutputType ?? model.Value);

    private string? NameIn(Dictionary<string, string> values, IncomingRequest request)
    {
        var rule = provider.Protocol.AnyModel;
        if (rule?.ModelMember is { } member)
            return request.ReadJson(out _) is JsonObject body && body[member] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
        if (values.TryGetValue(RequestPattern.Key(new(PartKind.Model)), out var whole))
            return whole;
        var segments = rule?.Request.Path.Where(part => part.Kind == PartKind.ModelSegment).OrderBy(part => part.Index)
            .Select(part => values.GetValueOrDefault(RequestPattern.Key(part))).ToList();
        return segments is { Count: > 0 } && !segments.Contains(null) ? string.Join('/', segments) : null;
    }
}
