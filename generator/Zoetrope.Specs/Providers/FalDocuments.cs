using Zoetrope.Specs.Model;

namespace Zoetrope.Specs.Providers;

/// <summary>The documents of fal.</summary>
internal static class FalDocuments
{
    public static DocumentProfile Profile { get; } = new()
    {
        Name = "fal",
        DisplayName = "fal",
        Domains = new(["fal.run", "fal.ai"]),
        IdPrefix = "fal-ai/",
        PageKind = SpecKind.FalPage,
        PageMarks = new(["- **Endpoint**:", "- **Model ID**:", "https://fal.run/", "### Input Schema", "(https://fal.ai/", "- **Kind**:"]),
        HasQueueDocuments = true,
        DirectHost = "fal.run",
        MetadataMember = "x-fal-metadata",
        FileLimitsKeyword = "x-fal",
        PropertyOrderKeyword = "x-fal-order-properties",
        // Its documents state only in prose that the word precedes the key.
        AuthorizationPrefix = "Key ",
        DocumentUrls = new(["https://fal.ai/api/openapi/queue/openapi.json?endpoint_id={id}", "https://fal.ai/models/{id}/llms.txt"]),
        HasPartedIds = true,
    };
}
