using Zoetrope.Specs.Model;
using Zoetrope.Validation;

namespace Zoetrope.Agreement.Tests;

/// <summary>One endpoint, or one schema of a whole API: what was generated for it, and what its documents say.</summary>
/// <param name="name">What it is called in failures.</param>
/// <param name="provider">The provider of an endpoint; empty for an API.</param>
/// <param name="request">Its request's code; of a schema, its code.</param>
/// <param name="result">Its result's code; of a schema, the same.</param>
/// <param name="validate">What the generated validator says; null where only responses have the schema, which are not validated.</param>
/// <param name="judge">What decides in the end.</param>
/// <param name="page">Its page, if it has one.</param>
internal sealed class AgreedEndpoint(
    string name, string provider, ModelCode request, ModelCode result, Func<string, IReadOnlyList<ValidationIssue>>? validate, Func<Judge> judge,
    EndpointDescription? page = null)
{
    private readonly Lazy<Judge> _judge = new(judge);

    public string Name => name;

    public string Provider => provider;

    public ModelCode Request => request;

    public ModelCode Result => result;

    public EndpointDescription? Page => page;

    /// <summary>Whether it is sent, and validated before that.</summary>
    public bool IsValidated => validate is not null;

    /// <summary>What decides in the end.</summary>
    public Judge Judge => _judge.Value;

    /// <summary>What the generated validator says.</summary>
    public IReadOnlyList<ValidationIssue> Validate(string json) => validate!(json);
}
