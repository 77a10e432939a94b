namespace Zoetrope.Specs.Jobs;

/// <summary>The names of the environment variables of a declared provider.</summary>
public static class ProviderVariables
{
    /// <summary>The variable with the base URL of another server, such as <c>ACME_BASE_URL</c>.</summary>
    /// <param name="provider">The provider's name.</param>
    public static string BaseUrl(string provider) => Prefix(provider) + "_BASE_URL";

    /// <summary>The usual variable of a key, such as <c>ACME_API_KEY</c>; a declaration may name others.</summary>
    /// <param name="provider">The provider's name.</param>
    public static string Key(string provider) => Prefix(provider) + "_API_KEY";

    private static string Prefix(string provider) => provider.ToUpperInvariant().Replace('-', '_');
}
