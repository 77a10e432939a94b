using System.Text.Json.Nodes;
using Zoetrope.Json;
using Zoetrope.Specs;
using Zoetrope.Validation;

namespace Zoetrope.Agreement.Tests;

/// <summary>One endpoint: what was generated for it, and what its documents say.</summary>
/// <param name="endpoint">The generated endpoint.</param>
/// <param name="request">Its request's code.</param>
/// <param name="result">Its result's code.</param>
/// <param name="document">Its OpenAPI document, if it has one.</param>
/// <param name="page">Its page, if it has one.</param>
internal sealed class AgreedEndpoint(ModelEndpoint endpoint, ModelCode request, ModelCode result, JsonObject? document, EndpointDescription? page)
{
    private readonly Lazy<Judge> _judge = new(() => document is null ? Judge.OfPage(page!) : Judge.OfDocument(document, endpoint.Id));

    public string Name => endpoint.ToString();

    public string Provider => endpoint.Provider;

    public ModelCode Request => request;

    public ModelCode Result => result;

    public EndpointDescription? Page => page;

    /// <summary>What decides in the end.</summary>
    public Judge Judge => _judge.Value;

    /// <summary>What the generated validator says.</summary>
    public IReadOnlyList<ValidationIssue> Validate(string json) => endpoint.Validate(RawJson.Parse(json)).Issues;
}
