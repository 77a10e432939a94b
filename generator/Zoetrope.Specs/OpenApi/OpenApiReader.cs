using Zoetrope.Specs.Diagnostics;
using Zoetrope.Specs.Json;
using Zoetrope.Specs.Model;

namespace Zoetrope.Specs.OpenApi;

/// <summary>Reads OpenAPI documents: those of one model endpoint, and those of a whole API.</summary>
internal sealed class OpenApiReader(JsonNode root, string? provider, List<SpecProblem> problems, CancellationToken cancellationToken)
{
    /// <summary>Reads the document; null when nothing of it can be used.</summary>
    public SpecDocument? Read()
    {
        var version = root["openapi"];
        // Some write it without quotes.
        var text = version.String ?? version.Raw;
        if (!(text.StartsWith("3.0", StringComparison.Ordinal) || text.StartsWith("3.1", StringComparison.Ordinal)))
        {
            var stated = version.Exists ? version : root["swagger"];
            problems.Add(Problems.OpenApiVersion.At(stated.Range, stated.String ?? stated.Raw));
            return null;
        }
        if (QueueDocuments.FindId(root, problems) is not { } id)
        {
            var api = new ApiReader(root, provider, problems, cancellationToken).Read();
            return api is null ? null : new SpecDocument { Kind = SpecKind.OpenApi, Api = api };
        }
        var owner = QueueDocuments.OwnerOfMetadata(root)?.Name ?? ServerReader.ProviderOf(QueueDocuments.FirstServer(root)) ?? provider;
        if (owner is null)
        {
            problems.Add(Problems.UnknownProvider.At(version.NameRange));
            return null;
        }
        return new SpecDocument
        {
            Kind = SpecKind.OpenApi,
            Endpoint = new EndpointReader(root, id, owner, problems, cancellationToken).Read(),
        };
    }
}
