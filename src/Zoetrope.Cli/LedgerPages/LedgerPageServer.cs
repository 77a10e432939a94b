using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Zoetrope.Jobs;
using Zoetrope.Simulator.Http;

namespace Zoetrope.Cli.LedgerPages;

/// <summary>Serves the status page of a ledger on 127.0.0.1.</summary>
internal sealed class LedgerPageServer : IAsyncDisposable
{
    // Long enough for the response to a page, and not for a video that somebody watches.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly WebApplication _server;
    private readonly LedgerPage _page;

    private LedgerPageServer(WebApplication server, LedgerPage page, RequestGuard guard)
    {
        _server = server;
        _page = page;
        Token = guard.Token;
        Url = new Uri(LocalServer.Address(server) + guard.Location);
    }

    /// <summary>The address that opens the page, with the token.</summary>
    public Uri Url { get; }

    /// <summary>The token.</summary>
    public string Token { get; }

    /// <summary>Starts it.</summary>
    /// <param name="ledger">The ledger, which is only read.</param>
    /// <param name="path">The path of the ledger.</param>
    /// <param name="folder">The folder of its files.</param>
    /// <param name="port">The port; 0 chooses a free one.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    /// <exception cref="UsageException">The port cannot be listened on.</exception>
    public static async Task<LedgerPageServer> StartAsync(JobLedger ledger, string path, string folder, int port, CancellationToken cancellationToken)
    {
        var guard = new RequestGuard();
        var page = new LedgerPage(ledger.Store, path, folder, guard);
        try
        {
            return new LedgerPageServer(await LocalServer.StartAsync(port, maxRequestBytes: 0, page.HandleAsync, cancellationToken), page, guard);
        }
        catch (Exception exception) when (exception is IOException or SocketException)
        {
            page.Dispose();
            throw new UsageException($"--port: cannot listen on port {port}: {exception.Message}");
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        await _server.StopAsync(patience.Token);
        await _server.DisposeAsync();
        _page.Dispose();
    }
}
