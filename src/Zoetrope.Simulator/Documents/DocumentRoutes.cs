using System.Security.Cryptography;
using System.Text;
using Zoetrope.Simulator.Eachlabs;
using Zoetrope.Simulator.Endpoints;
using Zoetrope.Simulator.Fal;
using Zoetrope.Simulator.Http;
using Zoetrope.Specs;
using Zoetrope.Specs.Model;

namespace Zoetrope.Simulator.Documents;

/// <summary>
/// Serves the documents of models where their providers have them, without a key and with an <c>ETag</c>. A file in a folder is served as it is at the time of
/// the request.
/// </summary>
/// <param name="options">Which documents there are.</param>
internal sealed class DocumentRoutes(SimulatorOptions options)
{
    private readonly Lazy<IReadOnlyList<ServedDocument>> _carried = new(() => Read(options));

    private sealed record ServedDocument(string Provider, string Id, bool IsPage, byte[] Content);

    /// <summary>Recognizes a request; null when it is for something else.</summary>
    public Call? Match(IncomingRequest request) => (request.Method, request.Segments) switch
    {
        ("GET", ["api", "openapi", "queue", "openapi.json"]) => CallOf(request, FalService.Provider, request.Query("endpoint_id") ?? "", isPage: false),
        ("GET", ["models", .. var id, "llms.txt"]) => CallOf(request, FalService.Provider, string.Join('/', id), isPage: true),
        // Pages are below the provider and the family of a model too.
        ("GET", [_, var slug, "llms.txt"]) => CallOf(request, EachlabsService.Provider, slug, isPage: true),
        ("GET", [_, _, var slug, "llms.txt"]) => CallOf(request, EachlabsService.Provider, slug, isPage: true),
        _ => null,
    };

    private Call CallOf(IncomingRequest request, string provider, string id, bool isPage)
    {
        return Call.Sync(provider, SimulatorOperation.Other, Respond, provider == FalService.Provider ? FalErrors.Detail : EachlabsErrors.Make);

        SimulatedResponse Respond()
        {
            var documents = options.SpecsFolder is null ? _carried.Value : Read(options);
            if (documents.FirstOrDefault(document => document.Provider == provider && document.Id == id && document.IsPage == isPage) is not { } found)
                return provider == FalService.Provider ? FalErrors.Detail(404, $"Endpoint {id} not found") : EachlabsErrors.Make(404, "Not found");
            var tag = $"\"{Convert.ToHexStringLower(SHA256.HashData(found.Content).AsSpan(0, 16))}\"";
            var isKnown = request.Header("If-None-Match") is { } known && (known == "*" || known.Split(',').Any(one => one.Trim() == tag));
            var response = isKnown
                ? new SimulatedResponse(304, [], null)
                : new SimulatedResponse(200, found.Content, isPage ? "text/plain; charset=utf-8" : "application/json");
            return response.With("ETag", tag);
        }
    }

    private static List<ServedDocument> Read(SimulatorOptions options)
    {
        var documents = new List<ServedDocument>();
        foreach (var file in SpecFiles.Sets(options).Reverse().SelectMany(set => set))
        {
            if (SpecReader.Read(file.Text).Document is { Endpoint: { } endpoint } document)
                documents.Add(new(endpoint.Provider, endpoint.Id, document.Kind != SpecKind.OpenApi, Encoding.UTF8.GetBytes(file.Text)));
        }
        return documents;
    }
}
