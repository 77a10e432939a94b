namespace Zoetrope.Cli.Models;

/// <summary>The clients that a command uses, and the simulator if it runs inside this process.</summary>
/// <param name="clients">The clients, the preferred one first.</param>
/// <param name="baseUrl">The base URL of the server, unless it is the providers' own.</param>
/// <param name="simulator">The embedded simulator, if there is one.</param>
internal sealed class Connection(IReadOnlyList<MediaClient> clients, Uri? baseUrl, IAsyncDisposable? simulator) : IAsyncDisposable
{
    /// <summary>The clients, the preferred one first.</summary>
    public IReadOnlyList<MediaClient> Clients => clients;

    /// <summary>The base URL of the server, unless it is the providers' own.</summary>
    public Uri? BaseUrl => baseUrl;

    /// <summary>Whether the server ends with this process.</summary>
    public bool IsEmbedded => simulator is not null;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var client in clients)
            client.Dispose();
        if (simulator is not null)
            await simulator.DisposeAsync();
    }
}
