using Zoetrope.Specs.Providers;

namespace Zoetrope.Generator.Providers;

/// <summary>Clients of Eachlabs.</summary>
internal static class EachlabsProfile
{
    public static ProviderProfile Profile { get; } = new()
    {
        Documents = DocumentProfiles.Of("eachlabs")!,
        ClientType = "Zoetrope.Eachlabs.EachlabsClient",
        Package = "Zoetrope.Eachlabs",
        KeyVariable = "EACHLABS_API_KEY",
        BaseUrl = new("EACHLABS_BASE_URL", "api.eachlabs.ai", "") { Ending = "/v1" },
        FileUrls = FileUrls.PublicHttps,
        // Its tables never state the items of lists, but its notes say that parameters of such names are URLs.
        UrlListSuffix = "_urls",
        HasBareResults = true,
    };
}
