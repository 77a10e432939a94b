using Zoetrope.Specs.Diagnostics;
using Zoetrope.Specs.Json;
using Zoetrope.Specs.Model;

namespace Zoetrope.Specs.OpenApi;

/// <summary>Reads OpenAPI documents: those of one model endpoint, and those of a whole API.</summary>
internal sealed class OpenApiReader(JsonNode root, string? provider, List<SpecProblem> problems, CancellationToken cancellationToken)
{
    private static readonly string[] _versions = ["3.0", "3.1", "3.2"];

    /// <summary>Whether a document is of a version, such as 3.1. Some write it without quotes.</summary>
    public static bool IsVersion(JsonNode root, string version) =>
        root["openapi"] is var stated && (stated.String ?? stated.Raw) is var text && text.StartsWith(version, StringComparison.Ordinal)
            && (text.Length == version.Length || text[version.Length] is not (>= '0' and <= '9'));

    /// <summary>Reads the document; null when nothing of it can be used.</summary>
    public SpecDocument? Read()
    {
        var version = root["openapi"];
        if (!Array.Exists(_versions, known => IsVersion(root, known)))
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
