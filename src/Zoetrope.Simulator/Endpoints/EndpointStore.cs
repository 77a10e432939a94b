using System.Text.Json.Nodes;
using Zoetrope.Simulator.Validation;
using Zoetrope.Specs;
using Zoetrope.Specs.Diagnostics;
using Zoetrope.Specs.Model;
using Zoetrope.Specs.Rules;

namespace Zoetrope.Simulator.Endpoints;

/// <summary>The endpoints that the documents describe, by provider and id.</summary>
internal sealed class EndpointStore
{
    private readonly Dictionary<(string Provider, string Id), SimulatedEndpoint> _endpoints = [];
    private readonly UndocumentedEndpoints _others;

    /// <summary>Initializes a new instance of the <see cref="EndpointStore"/> class.</summary>
    /// <param name="documented">Endpoints that documents describe. Of two with one id the last one counts.</param>
    /// <param name="options">Whether others are played, too.</param>
    public EndpointStore(IEnumerable<SimulatedEndpoint> documented, SimulatorOptions options)
    {
        foreach (var endpoint in documented)
            _endpoints[(endpoint.Provider, endpoint.Id)] = endpoint;
        _others = new(_endpoints.Keys, options);
    }

    public IEnumerable<SimulatedEndpoint> All => _endpoints.Values;

    /// <summary>An endpoint that a document describes; null where none does.</summary>
    public SimulatedEndpoint? Find(string provider, string id) => _endpoints.GetValueOrDefault((provider, id));

    /// <summary>An endpoint that a request may run, also one without a document where the options allow it; null for others.</summary>
    /// <param name="provider">The provider.</param>
    /// <param name="id">The id.</param>
    /// <param name="usual">Makes a result of a kind as the provider's models have it by convention, for an endpoint without a document.</param>
    public SimulatedEndpoint? FindToRun(string provider, string id, Func<string, SampleRequest, JsonNode> usual) =>
        Find(provider, id) ?? _others.Find(provider, id, usual);

    /// <summary>Why there is no such endpoint to run.</summary>
    public string Reason(string provider, string id) => _others.Reason(provider, id);

    /// <summary>Loads the documents of endpoints.</summary>
    /// <param name="files">The documents.</param>
    /// <param name="log">Receives the problems of pages.</param>
    /// <param name="cancellationToken">Stops the loading.</param>
    /// <exception cref="InvalidDataException">A JSON document cannot be used; the message names it.</exception>
    public static async Task<IReadOnlyList<SimulatedEndpoint>> LoadAsync(IEnumerable<SpecFile> files, TextWriter? log, CancellationToken cancellationToken)
    {
        var documents = new Dictionary<(string Provider, string Id), OpenApiEndpoint>();
        var pages = new Dictionary<(string Provider, string Id), EndpointDescription>();
        foreach (var file in files)
        {
            if (file.IsJson)
            {
                if (await ReadDocumentAsync(file, cancellationToken) is { } document)
                    documents[(document.Provider, document.Id)] = document;
            }
            else if (ReadPage(file, log, cancellationToken) is { } page)
                pages[(page.Provider, page.Id)] = page;
        }
        var endpoints = new List<SimulatedEndpoint>();
        foreach (var key in documents.Keys.Union(pages.Keys))
            endpoints.Add(await MergeAsync(key.Provider, key.Id, documents.GetValueOrDefault(key), pages.GetValueOrDefault(key), cancellationToken));
        return endpoints;
    }

    private static EndpointDescription? ReadPage(SpecFile file, TextWriter? log, CancellationToken cancellationToken)
    {
        var reading = SpecReader.Read(file.Text, null, cancellationToken);
        foreach (var problem in reading.Problems)
        {
            if (problem.Kind.Severity == ProblemSeverity.Error)
                log?.WriteLine($"{file.Name}: {problem.Message}");
        }
        return reading.Document?.Endpoint;
    }

    private static async Task<OpenApiEndpoint?> ReadDocumentAsync(SpecFile file, CancellationToken cancellationToken)
    {
        try
        {
            return await OpenApiEndpoint.ReadAsync(file.Text, cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            throw new InvalidDataException($"{file.Name}: {exception.Message}", exception);
        }
    }

    /// <summary>An OpenAPI document decides types and limits; the page adds rules in words, examples and the service's limits.</summary>
    private static async Task<SimulatedEndpoint> MergeAsync(
        string provider, string id, OpenApiEndpoint? document, EndpointDescription? page, CancellationToken cancellationToken)
    {
        var schema = document?.Input ?? await PageSchema.BuildAsync(page!, cancellationToken);
        var rules = page is null ? [] : RuleReader.RulesOf(page);
        var input = new InputSchema(schema, rules, FileParameters.Rule(schema, document is not null, page?.Service ?? new()));
        return new(provider, id, input, Output(document, page), page?.Service.CreatesPerMinute, page?.Service.ConcurrentJobs)
        {
            IsText = page?.OutputType is "text" or "string",
            Prices = page?.Prices is { IsCut: false } prices ? new(prices) : null,
        };
    }

    private static OutputSample Output(OpenApiEndpoint? document, EndpointDescription? page) => new(
        document?.Output,
        page?.ResponseExample is { } example ? JsonNode.Parse(example.Json) : null,
        page?.OutputType);
}
