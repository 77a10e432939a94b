using Zoetrope.Generator.Catalog;
using Zoetrope.Generator.Endpoints;
using Zoetrope.Generator.Flows;
using Zoetrope.Generator.Pipeline;
using Zoetrope.Specs.Model;

namespace Zoetrope.Generator.Tooling.Requests;

/// <summary>The request of a model, as a form asks for it and as C# writes it.</summary>
public sealed class RequestForm
{
    private readonly BoundEndpoint _endpoint;

    /// <param name="endpoint">The model.</param>
    /// <param name="merged">What the documents say of it; for a provider-neutral model, what examples are made of.</param>
    private RequestForm(BoundEndpoint endpoint, MergedEndpoint merged)
    {
        _endpoint = endpoint;
        Fields = FieldBinder.Of(endpoint);
        Rules = endpoint.Request.Rules.Select(rule => rule.Rule.Text.Length > 0 ? rule.Rule.Text : rule.Rule.Formula).Distinct().ToEquatableArray();
        PriceRules = (merged.Description.Prices?.Rules ?? default).Select(rule => rule.Text).ToEquatableArray();
        Example = new ExampleRequests(merged, [.. endpoint.Request.Rules.Select(rule => rule.Rule)]).Make();
    }

    /// <summary>The provider; those of a provider-neutral model in words.</summary>
    public string Provider => _endpoint.Provider;

    /// <summary>The provider's id of the model; the name of a provider-neutral model.</summary>
    public string Id => _endpoint.Id;

    /// <summary>The page of the model; null where no document has it.</summary>
    public string? PageUrl => _endpoint.Facts.PageUrl;

    /// <summary>The parameters, in the order of the document.</summary>
    public EquatableArray<FormField> Fields { get; }

    /// <summary>The rules between parameters, in the document's words where it has them.</summary>
    public EquatableArray<string> Rules { get; }

    /// <summary>The price rules in the page's words.</summary>
    public EquatableArray<string> PriceRules { get; }

    /// <summary>A request that the documents allow, as JSON; null where none can be made of them.</summary>
    public string? Example { get; }

    /// <summary>The forms of the models of documents.</summary>
    /// <param name="sources">The documents, in any order; the lock file among them.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static IReadOnlyList<RequestForm> Of(IEnumerable<SpecSource> sources, CancellationToken cancellationToken = default)
    {
        var pipeline = SpecRun.Of(sources, cancellationToken).Pipeline;
        var merged = Flow.ValuesOf(pipeline.Endpoints.Merged.Values()).ToDictionary(endpoint => (endpoint.Provider, endpoint.Id));
        return [.. Flow.ValuesOf(pipeline.Endpoints.Bound.Values())
            .Where(endpoint => merged.ContainsKey((endpoint.Provider, endpoint.Id)))
            .Select(endpoint => new RequestForm(endpoint, merged[(endpoint.Provider, endpoint.Id)]))];
    }

    /// <summary>The forms of the provider-neutral models of catalogs.</summary>
    /// <param name="sources">The catalogs, the documents of the models' providers, and the lock file, in any order.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static IReadOnlyList<RequestForm> OfNeutral(IEnumerable<SpecSource> sources, CancellationToken cancellationToken = default)
    {
        var run = SpecRun.Of(sources, cancellationToken);
        var merged = Flow.ValuesOf(run.Pipeline.Endpoints.Merged.Values()).ToDictionary(endpoint => (endpoint.Provider, endpoint.Id));
        var described = run.CatalogModels.ToDictionary(item => item.Model.Name, StringComparer.Ordinal);
        return [.. Flow.ValuesOf(run.Pipeline.Catalog.Bound.Values()).Select(neutral => new RequestForm(neutral.Shape, DescriptionOf(neutral)))];

        // Where the catalog describes no parameters, they are those of its providers.
        MergedEndpoint DescriptionOf(BoundNeutral neutral)
        {
            var (path, model) = described[neutral.Shape.Id];
            return model.Parameters is null
                ? merged[(neutral.Routes[0].Provider, neutral.Routes[0].EndpointId)]
                : NeutralBinder.DescribedBy(model, path, neutral.Shape.Name, neutral.Shape.Namespace);
        }
    }

    /// <summary>Writes a request as an expression of C#, for where its type is known: <c>new() { ... }</c>.</summary>
    /// <param name="json">The request.</param>
    /// <param name="className">The class of the model, as the code around names it.</param>
    /// <param name="fileOf">The expression for a text that stands for a file; null for a text that is itself.</param>
    /// <returns>The expression; null where the request has values of other types than the documents say.</returns>
    public string? WriteCSharp(string json, string className, Func<string, string?> fileOf) =>
        new RequestCode(_endpoint.Types, className, fileOf).Write(_endpoint.Request, json);
}
