using System.Text.RegularExpressions;
using Zoetrope.Generator.Diagnostics;
using Zoetrope.Generator.Endpoints;
using Zoetrope.Generator.Flows;
using Zoetrope.Generator.Operations;
using Zoetrope.Generator.Pipeline;
using Zoetrope.Generator.Types;
using Zoetrope.Specs.Json;

namespace Zoetrope.Generator.Changes;

/// <summary>Reads what a pipeline generates.</summary>
internal sealed class VersionReader
{
    private static readonly Regex _price = new(@"[$€£] ?\d+(?:[.,]\d+)*", RegexOptions.CultureInvariant);

    private readonly Dictionary<string, IReadOnlyDictionary<string, RequestPart>> _requests = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Symbol, string What), StatedFact> _facts = [];
    private readonly Dictionary<string, SpecLocation> _locations = new(StringComparer.Ordinal);

    private VersionReader()
    {
    }

    /// <summary>All that is generated. It runs the pipeline to its end.</summary>
    public static GeneratedVersion Read(SpecPipeline pipeline)
    {
        var reader = new VersionReader();
        var merged = Flow.ValuesOf(pipeline.Endpoints.Merged.Values()).ToLookup(endpoint => (endpoint.Provider, endpoint.Id));
        foreach (var endpoint in Flow.ValuesOf(pipeline.Endpoints.Bound.Values()))
            reader.Add(endpoint, merged[(endpoint.Provider, endpoint.Id)].FirstOrDefault() is { } described ? described.At : Nowhere);
        foreach (var model in Flow.ValuesOf(pipeline.Catalog.Bound.Values()))
            reader.Add(model.Shape, Nowhere);
        var documents = Flow.ValuesOf(pipeline.Apis.Documents).ToLookup(document => document.Key, StringComparer.Ordinal);
        foreach (var api in Flow.ValuesOf(pipeline.Apis.Bound.Values()))
            reader.Add(api, documents[api.Client.LockKey].FirstOrDefault() is { } document ? document.At : Nowhere);
        return new()
        {
            Surface = [.. pipeline.Sources.SelectMany(Flow.ValuesOf).SelectMany(source => SurfaceReader.Read(source.Text))],
            Requests = reader._requests,
            Facts = reader._facts,
            Locations = reader._locations,
        };
    }

    /// <summary>Where an OpenAPI document has an operation, which is called by its method and path.</summary>
    private static string PointerOf(string operation)
    {
        var space = operation.IndexOf(' ');
        var item = JsonPointer.Append("/paths", operation.Substring(space + 1));
        var method = operation.Substring(0, space);
        var isUsual = HttpMethodText.IsStandard(method);
        return JsonPointer.Append(isUsual ? item : JsonPointer.Append(item, "additionalOperations"), isUsual ? method.ToLowerInvariant() : method);
    }

    private static SpecLocation Nowhere(string pointer) => new("", pointer);

    private void Add(BoundEndpoint endpoint, Func<string, SpecLocation> at)
    {
        var owner = endpoint.QualifiedName;
        _locations[owner] = at("");
        AddTypes(endpoint.Types, owner, at);
        var facts = endpoint.Facts;
        _facts[(owner, "status")] = new(facts.Status, ChangeImpact.Documentation);
        _facts[(owner, "typical time in seconds")] = new(facts.EstimatedSeconds, ChangeImpact.Documentation);
        _facts[(owner, "price")] = new(facts.Pricing, ChangeImpact.Documentation);
        AddProse(owner, facts.Description);
        _facts[(owner, "price rules")] = new(endpoint.Prices, ChangeImpact.Compatible, IsShown: false);
    }

    private void Add(BoundApi api, Func<string, SpecLocation> at)
    {
        var (name, client) = (api.Client.Class.Namespace + "." + api.Client.Class.Name, api.Client.Class.Namespace + "." + api.Client.Class.Client);
        _locations[name] = _locations[client] = at("");
        _facts[(client, "server")] = new(api.Client.Server, ChangeImpact.Compatible);
        _facts[(client, "way in which the key is sent")] =
            new(api.Client.Key is { } key ? $"{key.Kind} {key.Parameter} {key.Prefix}".TrimEnd() : null, ChangeImpact.Compatible);
        AddTypes(api.Shared, name, at);
        foreach (var webhook in api.Webhooks?.All ?? default)
            _locations[$"{name}.{api.Webhooks!.Class}.Read{webhook.Name}"] = at(webhook.Pointer);
        foreach (var operation in api.Operations)
            Add(operation, name, client, at);
    }

    private void Add(BoundOperation operation, string api, string client, Func<string, SpecLocation> at)
    {
        var owner = api + "." + operation.Name;
        var method = client + "." + operation.Name + "Async";
        _locations[method] = _locations[owner] = at(PointerOf(operation.Key));
        AddProse(method, operation.Description);
        _facts[(method, "request")] = new(operation.Key, ChangeImpact.Compatible);
        _facts[(method, "server")] = new(operation.Server, ChangeImpact.Compatible);
        foreach (var argument in operation.Arguments)
        {
            // Of several segments none may be empty, '.' or '..', which are text in one.
            var segments = argument.Parameter.IsMultiSegment ? new StatedFact("several", ChangeImpact.Breaking) : new("one", ChangeImpact.Compatible);
            _facts[(method, $"number of segments of '{argument.JsonName}'")] = segments;
        }
        foreach (var response in operation.Responses.Where(response => response.Format is not null))
        {
            var items = client + "." + response.Method + "Async";
            _facts[(items, "format of the items")] = new(response.Format, ChangeImpact.Compatible);
            var data = response.Events.Count == 0 ? null : string.Join("; ", response.Events.Select(form => $"{form.Name ?? "others"}: {form.Data}"));
            _facts[(items, "data of the events")] = new(data, ChangeImpact.Compatible);
        }
        AddTypes(operation.Types, owner, at);
        foreach (var form in new[] { operation.Parameters, operation.Body?.Form })
        {
            if (form is not null)
                AddObject(operation.Types, form.Model, owner, at, isRequest: true);
        }
        var request = new RequestReader(operation.Types, owner, at);
        foreach (var argument in operation.Arguments)
            request.Add(argument.JsonName, method, argument.Type, isRequired: true, argument.Constraints, argument.ItemConstraints);
        if (operation.Body is { Form: null } body)
            request.Add("body", method, body.Type, body.Required, body.Constraints, body.ItemConstraints);
        _requests[method] = request.Parts;
    }

    /// <summary>
    /// Adds what is said of a symbol beyond its summary, because documentation is compared without remarks. Prices are shown: nothing else has them.
    /// </summary>
    private void AddProse(string symbol, string? description)
    {
        var prices = _price.Matches(description ?? "").Cast<Match>().Select(match => match.Value).Distinct(StringComparer.Ordinal).ToList();
        _facts[(symbol, "price in the description")] = new(prices.Count == 0 ? null : string.Join(", ", prices), ChangeImpact.Documentation);
        _facts[(symbol, "description")] = new(description, ChangeImpact.Documentation, IsShown: false);
    }

    private void AddTypes(BoundTypes types, string owner, Func<string, SpecLocation> at)
    {
        foreach (var model in types.Objects)
            AddObject(types, model, owner, at, model.Role == ObjectRole.Input);
    }

    private void AddObject(BoundTypes types, BoundObject model, string owner, Func<string, SpecLocation> at, bool isRequest)
    {
        var symbol = owner + "." + model.Name;
        foreach (var property in model.Properties)
        {
            _locations[symbol + "." + property.Name] = at(property.Pointer);
            // A type is described where it is first used.
            for (var type = property.Type; type is not null; type = type.Item)
            {
                if (type is { Kind: TypeKind.Object or TypeKind.Enum or TypeKind.Union, Owner: "" } && !_locations.ContainsKey(owner + "." + type.Name))
                    _locations.Add(owner + "." + type.Name, at(property.Pointer));
            }
        }
        if (!isRequest)
            return;
        var request = new RequestReader(types, owner, at);
        request.Add(model);
        _requests[symbol] = request.Parts;
    }
}
