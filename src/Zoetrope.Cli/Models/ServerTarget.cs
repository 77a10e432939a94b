using Zoetrope.Clients;

namespace Zoetrope.Cli.Models;

/// <summary>A provider, and the server that plays or serves it.</summary>
/// <param name="Provider">The provider.</param>
/// <param name="BaseUrl">The server that the user named, by option or environment; null for the provider's own.</param>
internal sealed record ServerTarget(Provider Provider, Uri? BaseUrl)
{
    /// <summary>Whether there is what the server needs: a key, except on this machine.</summary>
    public bool IsUsable => Provider.HasKey || BaseUrl is { IsLoopback: true };

    /// <summary>Creates the client.</summary>
    public MediaClient Connect() => Provider.Connect(BaseUrl);
}
