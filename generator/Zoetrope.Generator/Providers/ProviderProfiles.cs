using Zoetrope.Specs.Model;

namespace Zoetrope.Generator.Providers;

/// <summary>The providers that have clients. A new one is a file beside this one, and an entry here; and one of each in the readers' assembly.</summary>
internal static class ProviderProfiles
{
    /// <summary>All of them.</summary>
    public static EquatableArray<ProviderProfile> All { get; } = new([FalProfile.Profile, EachlabsProfile.Profile]);

    /// <summary>The profile of a provider; null where the name is not a known one.</summary>
    public static ProviderProfile? Of(string? provider) => All.FirstOrDefault(profile => profile.Name == provider);
}
