using Zoetrope.Specs.Model;

namespace Zoetrope.Specs.Providers;

/// <summary>
/// The providers with model pages or documents of their own kind. A new one is a file beside this one, and an entry here; a provider that is declared in
/// <c>specs</c> needs neither.
/// </summary>
public static class DocumentProfiles
{
    /// <summary>All of them.</summary>
    public static EquatableArray<DocumentProfile> All { get; } = new([FalDocuments.Profile, EachlabsDocuments.Profile]);

    /// <summary>The schema keywords that limit files.</summary>
    internal static EquatableArray<string> FileLimitsKeywords { get; } =
        All.Select(profile => profile.FileLimitsKeyword).OfType<string>().ToEquatableArray();

    /// <summary>The schema keywords that list properties in their preferred order.</summary>
    internal static EquatableArray<string> PropertyOrderKeywords { get; } =
        All.Select(profile => profile.PropertyOrderKeyword).OfType<string>().ToEquatableArray();

    /// <summary>The profile of a provider; null where the name is not a known one.</summary>
    /// <param name="provider">The provider's name.</param>
    public static DocumentProfile? Of(string? provider) => All.FirstOrDefault(profile => profile.Name == provider);

    /// <summary>The profile of the provider that owns a host; null where none does.</summary>
    /// <param name="host">The host in lower case.</param>
    public static DocumentProfile? OfHost(string? host) => host is null ? null : All.FirstOrDefault(profile => profile.Owns(host));

    /// <summary>An id without what precedes the ids of a provider's own models.</summary>
    /// <param name="id">The id of an endpoint, or the name of a model.</param>
    public static string WithoutPrefix(string id)
    {
        var prefix = All.Select(profile => profile.IdPrefix).FirstOrDefault(known => known is not null && id.StartsWith(known, StringComparison.Ordinal));
        return prefix is null ? id : id.Substring(prefix.Length);
    }
}
