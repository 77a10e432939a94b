using Zoetrope.Specs.Providers;

namespace Zoetrope.Generator.Providers;

/// <summary>Clients of fal.</summary>
internal static class FalProfile
{
    public static ProviderProfile Profile { get; } = new()
    {
        Documents = DocumentProfiles.Of("fal")!,
        ClientType = "Zoetrope.Fal.FalClient",
        Package = "Zoetrope.Fal",
        KeyVariable = "FAL_KEY",
        KeyPartVariables = new(["FAL_KEY_ID", "FAL_KEY_SECRET"]),
        BaseUrl = new("FAL_BASE_URL", "api.fal.ai", "/platform"),
        FileUrls = FileUrls.Any,
        HasLiveEndpoints = true,
        HasPriceList = true,
    };
}
