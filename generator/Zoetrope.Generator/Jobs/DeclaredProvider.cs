using Zoetrope.Generator.Inputs;
using Zoetrope.Specs.Jobs;
using Zoetrope.Specs.Model;

namespace Zoetrope.Generator.Jobs;

/// <summary>A provider that a declaration describes.</summary>
/// <param name="Jobs">Its job protocol.</param>
/// <param name="DeclarationPath">The path of the declaration.</param>
/// <param name="DocumentPath">The path of the document; problems of models are there.</param>
/// <param name="Documents">The documents that are read as that one; null where it is a file.</param>
/// <param name="Namespace">The namespace that the project states for the declaration, or null for the project's default.</param>
/// <param name="IsReference">Whether its types are in a referenced assembly.</param>
/// <param name="Rules">What the project wants made of rules in words.</param>
internal sealed record DeclaredProvider(
    JobsDescription Jobs, string DeclarationPath, string DocumentPath, DocumentSet? Documents, string? Namespace, bool IsReference, RuleMode Rules)
{
    /// <summary>Its models, as documents of their endpoints.</summary>
    public IEnumerable<ParsedSpec> Endpoints => Jobs.Models.Select(model => new ParsedSpec(
        DocumentPath, Namespace, IsReference, new SpecDocument { Kind = SpecKind.OpenApi, Endpoint = model.Endpoint with { Rules = Rules } }));
}

/// <summary>A declared provider with the namespace of its client.</summary>
/// <param name="Jobs">Its job protocol.</param>
/// <param name="Namespace">The namespace of the client.</param>
/// <param name="Source">The name of the declaration.</param>
internal sealed record BoundProvider(JobsDescription Jobs, string Namespace, string Source)
{
    /// <summary>The name of the client.</summary>
    public string Client => Jobs.DisplayName + "Client";

    /// <summary>The name of its options.</summary>
    public string Options => Client + "Options";

    /// <summary>The environment variable with the base URL of another server.</summary>
    public string BaseUrlVariable => ProviderVariables.BaseUrl(Jobs.Provider);

    /// <summary>The name of its receiver of webhooks.</summary>
    public string WebhookReceiver => Jobs.DisplayName + "WebhookReceiver";

    /// <summary>The name of its protocol.</summary>
    public string Protocol => Jobs.DisplayName + "Protocol";
}
