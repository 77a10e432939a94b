using Zoetrope.Generator.Diagnostics;
using Zoetrope.Generator.Inputs;
using Zoetrope.Generator.Naming;
using Zoetrope.Generator.Providers;
using Zoetrope.Generator.Types;
using Zoetrope.Specs.Model;

namespace Zoetrope.Generator.Endpoints;

/// <summary>Settles the C# names and types of one endpoint: its request, its result, and what they hold. Nothing here depends on other endpoints.</summary>
internal sealed class EndpointBinder
{
    private readonly MergedEndpoint _endpoint;
    private readonly BindingProblems _problems;
    private readonly TypeBinder _types;

    private EndpointBinder(MergedEndpoint endpoint)
    {
        _endpoint = endpoint;
        _problems = new BindingProblems(endpoint);
        var words = new HashSet<string>(Identifiers.Words(endpoint.Id).Concat(Identifiers.Words(endpoint.Name)), StringComparer.OrdinalIgnoreCase);
        _types = new TypeBinder(new TypeScope
        {
            Kind = ScopeKind.Endpoint,
            Class = endpoint.Name,
            Provider = endpoint.Provider,
            Find = endpoint.Find,
            NameOf = name => TypeNames.Shorten(name, words),
            InputSchemas = SchemaReach.From([endpoint.Description.Input], endpoint.Find),
            OutputSchemas = SchemaReach.From([endpoint.Description.Output], endpoint.Find),
            Locked = new LockedNames(endpoint.Names),
            Problems = _problems,
            Rules = endpoint.Description.Rules,
            Examples = new[] { endpoint.Description.RequiredExample, endpoint.Description.RequestExample }.OfType<JsonLiteral>()
                .Concat(endpoint.Description.Input?.Examples ?? default).ToEquatableArray(),
        });
    }

    /// <summary>Binds; null when no document describes the input.</summary>
    public static Outcome<BoundEndpoint> Bind(MergedEndpoint endpoint, CancellationToken cancellationToken)
    {
        var binder = new EndpointBinder(endpoint);
        var bound = binder.Bind(cancellationToken);
        return new(bound, binder._problems.All);
    }

    private BoundEndpoint? Bind(CancellationToken cancellationToken)
    {
        var description = _endpoint.Description;
        if (LiveEndpoints.Find(_endpoint) is { } live)
        {
            _problems.Report(
                GeneratorProblems.NotQueued,
                live.Pointer,
                _endpoint.Id,
                live.How,
                live.Other is null ? "" : ", or take that of '" + live.Other + "' where the service has it");
            return null;
        }
        if (description.Input is not { } input)
        {
            _problems.Report(GeneratorProblems.NoInput, "", _endpoint.Id);
            return null;
        }
        var isBare = ResultSchemas.IsBare(_endpoint);
        var output = isBare ? ResultSchemas.BareSchema(_endpoint) : description.Output ?? new Schema { Types = SchemaTypes.Object };
        _types.Add(new("Request", NameKeys.Input, ObjectRole.Input, input, IsRoot: true));
        _types.Add(new("Result", NameKeys.Output, ObjectRole.Output, output, IsRoot: true));
        var types = _types.Finish(cancellationToken);
        var (request, result) = (types.Objects[0], types.Objects[1]);
        var prices = new PriceBinder(types, description.OutputType, _problems);
        return new BoundEndpoint
        {
            Provider = _endpoint.Provider,
            Id = _endpoint.Id,
            Namespace = _endpoint.Namespace,
            Name = _endpoint.Name,
            Client = description.Client is { } client ? _endpoint.Namespace + "." + client : null,
            IsReference = _endpoint.IsReference,
            Facts = new EndpointFacts(
                description.Title, description.Description, description.Category, description.OutputType, description.Status, description.EstimatedSeconds,
                description.Pricing, description.PageUrl, Sources())
            {
                Deprecation = Deprecations.MessageOf(description.Deprecated, description.DeprecationNote, description.Description),
            },
            Prices = prices.Bind(description.Prices),
            Measure = ProviderProfiles.Of(_endpoint.Provider) is { HasPriceList: true } ? prices.Measure() : null,
            Types = types with
            {
                Objects = types.Objects.Skip(2)
                    .Prepend(result with { IsUnwrapped = isBare, Summary = Or(result.Summary, "The result of " + _endpoint.Id + ".") })
                    .Prepend(request with { Summary = Or(request.Summary, "The input of " + _endpoint.Id + ".") })
                    .ToEquatableArray(),
            },
        };
    }

    /// <summary>The names of the documents.</summary>
    private EquatableArray<string> Sources() =>
        new[] { _endpoint.PagePath, _endpoint.OpenApiPath }.OfType<string>().Select(ParsedSpec.NameOf).ToEquatableArray();

    private static string Or(string text, string other) => text.Length > 0 ? text : other;
}
