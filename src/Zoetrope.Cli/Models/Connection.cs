using Zoetrope.Clients;

namespace Zoetrope.Cli.Models;

/// <summary>The clients that a command uses, and the simulator if it runs inside this process.</summary>
/// <param name="clients">The clients with their servers, the preferred one first.</param>
/// <param name="simulator">The embedded simulator, if there is one.</param>
internal sealed class Connection(IReadOnlyList<(ServerTarget Target, MediaClient Client)> clients, IAsyncDisposable? simulator) : IAsyncDisposable
{
    /// <summary>The clients, the preferred one first.</summary>
    public IReadOnlyList<MediaClient> Clients { get; } = [.. clients.Select(entry => entry.Client)];

    /// <summary>Whether the server ends with this process.</summary>
    public bool IsEmbedded => simulator is not null;

    /// <summary>The client of a provider.</summary>
    public MediaClient ClientOf(string provider) => clients.First(entry => entry.Target.Provider.Name == provider).Client;

    /// <summary>The base URL of a provider's server, unless it is the provider's own.</summary>
    public Uri? BaseUrlOf(string provider) => clients.First(entry => entry.Target.Provider.Name == provider).Target.BaseUrl;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var client in Clients)
            client.Dispose();
        if (simulator is not null)
            await simulator.DisposeAsync();
    }
}
