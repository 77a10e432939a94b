using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Zoetrope.Simulator.Http;

namespace Zoetrope.Cli.Pages;

/// <summary>Serves a page on 127.0.0.1.</summary>
internal sealed class PageServer : IAsyncDisposable
{
    // Long enough for the response to a page, and not for a video that somebody watches.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly WebApplication _server;

    private PageServer(WebApplication server, RequestGuard guard)
    {
        _server = server;
        Token = guard.Token;
        Url = new Uri(LocalServer.Address(server) + guard.Location);
    }

    /// <summary>The address that opens the page, with the token.</summary>
    public Uri Url { get; }

    /// <summary>The token.</summary>
    public string Token { get; }

    /// <summary>Starts it.</summary>
    /// <param name="guard">Who may use the page.</param>
    /// <param name="respond">Responds to the requests that the guard lets pass.</param>
    /// <param name="port">The port; 0 chooses a free one.</param>
    /// <param name="maxRequestBytes">The maximum length of a request's body.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    /// <exception cref="UsageException">The port cannot be listened on.</exception>
    public static async Task<PageServer> StartAsync(
        RequestGuard guard, RequestDelegate respond, int port, int maxRequestBytes, CancellationToken cancellationToken)
    {
        try
        {
            return new PageServer(await LocalServer.StartAsync(port, maxRequestBytes, GuardedAsync, cancellationToken), guard);
        }
        catch (Exception exception) when (exception is IOException or SocketException)
        {
            throw new UsageException($"--port: cannot listen on port {port}: {exception.Message}");
        }

        async Task GuardedAsync(HttpContext context)
        {
            PageHeaders.Apply(context.Response);
            try
            {
                if (guard.Refuse(context) is { } refusal)
                    await PageResponse.WriteTextAsync(context, refusal.Status, refusal.Reason);
                else
                    await respond(context);
            }
            catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
            {
                // Nobody waits for it any more.
            }
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        await _server.StopAsync(patience.Token);
        await _server.DisposeAsync();
    }
}
