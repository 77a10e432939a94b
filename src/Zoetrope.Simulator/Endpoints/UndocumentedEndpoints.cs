using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using NJsonSchema;
using Zoetrope.Simulator.Validation;

namespace Zoetrope.Simulator.Endpoints;

/// <summary>
/// The endpoints of fal and Eachlabs that no document describes. Where the options allow it, they take any input, and have a result as such models have it by
/// convention. An id that is nearly that of a documented endpoint is a typing error, and is not played.
/// </summary>
/// <param name="documented">The ids of each provider that documents describe.</param>
/// <param name="options">Whether others are played.</param>
internal sealed class UndocumentedEndpoints(IEnumerable<(string Provider, string Id)> documented, SimulatorOptions options)
{
    /// <summary>What to do about an id that is not played, for messages.</summary>
    public const string Cure = "Add it with --specs FOLDER (SimulatorOptions.SpecsFolder), or let any id be played (SimulatorOptions.AcceptsAnyEndpoint). "
        + "GET /_simulator/endpoints lists those it has.";

    private readonly ILookup<string, string> _documented = documented.ToLookup(endpoint => endpoint.Provider, endpoint => endpoint.Id);
    private readonly ConcurrentDictionary<(string Provider, string Id), SimulatedEndpoint> _played = [];

    /// <summary>An endpoint without a document; null where it is not played.</summary>
    /// <param name="provider">The provider.</param>
    /// <param name="id">The id.</param>
    /// <param name="usual">Makes a result of a kind as the provider's models have it by convention.</param>
    public SimulatedEndpoint? Find(string provider, string id, Func<string, SampleRequest, JsonNode> usual)
    {
        if (_played.TryGetValue((provider, id), out var known))
            return known;
        if (!options.AcceptsAnyEndpoint || SimilarIds.Nearest(id, _documented[provider]) is not null)
            return null;
        var endpoint = Create(provider, id, usual);
        if (_played.TryAdd((provider, id), endpoint))
            options.OnUndocumentedEndpoint?.Invoke(provider, id);
        return _played[(provider, id)];
    }

    /// <summary>Why an id is not played, in a sentence or two.</summary>
    public string Reason(string provider, string id) =>
        SimilarIds.Nearest(id, _documented[provider]) is { } similar
            ? $"This simulator has no document of it. Did you mean '{similar}'?"
            : $"This simulator has no document of it. {Cure}";

    private static SimulatedEndpoint Create(string provider, string id, Func<string, SampleRequest, JsonNode> usual)
    {
        var kind = UsualResult.KindOf(id);
        var output = new OutputSample(null, null, null) { Make = request => usual(kind, request) };
        var anyUrl = new FileUrlRule(_ => false, TakesDataUris: true, TakesLocalUrls: true, TakesHttp: true);
        return new(provider, id, new InputSchema(new JsonSchema(), [], anyUrl), output) { IsText = kind == UsualResult.Text };
    }
}
