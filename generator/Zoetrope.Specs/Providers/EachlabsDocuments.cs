using Zoetrope.Specs.Model;

namespace Zoetrope.Specs.Providers;

/// <summary>The documents of Eachlabs.</summary>
internal static class EachlabsDocuments
{
    public static DocumentProfile Profile { get; } = new()
    {
        Name = "eachlabs",
        DisplayName = "Eachlabs",
        Domains = new(["eachlabs.ai"]),
        PageKind = SpecKind.EachlabsPage,
        PageMarks = new(["**Model Slug:**", "**Branded URL:**", "https://api.eachlabs.ai/", "https://www.eachlabs.ai/", "**Output Type:**", "X-API-Key"]),
        // All its models are run by the calls of one API.
        HasQueueDocuments = false,
        DocumentUrls = new(["https://www.eachlabs.ai/ai-models/{id}/llms.txt"]),
    };
}
