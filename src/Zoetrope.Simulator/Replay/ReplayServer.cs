using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Zoetrope.Simulator.Fal;
using Zoetrope.Simulator.Http;

namespace Zoetrope.Simulator.Replay;

/// <summary>
/// Plays a fixture back over HTTP on this machine, for clients that take a base URL and for those that are not .NET's. Requests are matched as by
/// <see cref="ReplayHandler"/>. Recorded addresses in responses lead to this server.
/// </summary>
/// <remarks>
/// Below <see cref="BaseUrl"/> are the recorded paths, fal's direct runs at <c>/run/…</c> and its platform at <c>/platform/…</c> as in
/// <see cref="MediaSimulator"/>, and a declared provider also below its name. The recorded address <c>https://host/path</c> is at
/// <c>/_origin/https/host/path</c>.
/// </remarks>
public sealed class ReplayServer : IAsyncDisposable
{
    private const string OriginFolder = "_origin";

    private readonly ReplayFixture _fixture;
    private readonly ReplayHandler _handler;
    private readonly HttpMessageInvoker _player;
    private readonly Regex? _origins;
    private WebApplication? _server;
    private Uri? _baseUrl;

    private ReplayServer(ReplayFixture fixture, ReplayOptions? options)
    {
        _fixture = fixture;
        _handler = new(fixture, options) { Rewrite = Rewrite };
        _player = new(_handler);
        var origins = fixture.Exchanges.Select(exchange => new Uri(exchange.Url).GetLeftPart(UriPartial.Authority)).Distinct().ToList();
        _origins = origins.Count == 0 ? null : new($"({string.Join('|', origins.Select(Regex.Escape))})(?![A-Za-z0-9.:-])", RegexOptions.CultureInvariant);
    }

    /// <summary>Where the server is reached, such as <c>http://127.0.0.1:49152</c>.</summary>
    public Uri BaseUrl => _baseUrl!;

    /// <inheritdoc cref="ReplayHandler.Unmatched"/>
    public IReadOnlyList<string> Unmatched => _handler.Unmatched;

    /// <inheritdoc cref="ReplayHandler.Left"/>
    public int Left => _handler.Left;

    /// <summary>Starts a server.</summary>
    /// <param name="fixture">What is played back.</param>
    /// <param name="options">How; null for at once.</param>
    /// <param name="port">The TCP port on 127.0.0.1; 0 chooses a free one.</param>
    /// <param name="cancellationToken">Stops the start.</param>
    /// <exception cref="IOException">The port is taken.</exception>
    public static async Task<ReplayServer> StartAsync(
        ReplayFixture fixture, ReplayOptions? options = null, int port = 0, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(fixture);
        var replay = new ReplayServer(fixture, options);
        replay._server = await LocalServer.StartAsync(port, int.MaxValue, replay.HandleAsync, cancellationToken);
        replay._baseUrl = new(LocalServer.Address(replay._server));
        return replay;
    }

    /// <summary>Stops the server at once.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _server, null) is not { } server)
            return;
        using (var patience = new CancellationTokenSource(TimeSpan.FromSeconds(1)))
            await server.StopAsync(patience.Token);
        await server.DisposeAsync();
        _player.Dispose();
    }

    private async Task HandleAsync(HttpContext context)
    {
        try
        {
            using var request = new HttpRequestMessage(new(context.Request.Method), UrlOf(context.Request));
            if (context.Request.ContentLength > 0 || context.Request.Headers.TransferEncoding.Count > 0)
            {
                request.Content = new StreamContent(context.Request.Body);
                if (context.Request.ContentType is { } type)
                    request.Content.Headers.TryAddWithoutValidation("Content-Type", type);
            }
            using var response = await _player.SendAsync(request, context.RequestAborted);
            await SendAsync(context, response);
        }
        // Once the head has been sent, the server ends the connection behind what was sent, without the end of the body.
        catch (Exception exception) when (!context.Response.HasStarted && exception is HttpRequestException or IOException or OperationCanceledException)
        {
            // A recorded failure of the connection, or the caller has gone.
            context.Abort();
        }
    }

    private static async Task SendAsync(HttpContext context, HttpResponseMessage response)
    {
        context.Response.StatusCode = (int)response.StatusCode;
        foreach (var (name, values) in response.Headers.NonValidated)
            context.Response.Headers[name] = values.ToString();
        foreach (var (name, values) in response.Content.Headers.NonValidated)
            context.Response.Headers[name] = values.ToString();
        if (response.StatusCode is System.Net.HttpStatusCode.NoContent or System.Net.HttpStatusCode.NotModified)
        {
            context.Response.ContentLength = null;
            return;
        }
        await context.Response.StartAsync(context.RequestAborted);
        await using var body = await response.Content.ReadAsStreamAsync(context.RequestAborted);
        var buffer = new byte[16 * 1024];
        int count;
        while ((count = await body.ReadAsync(buffer, context.RequestAborted)) > 0)
        {
            await context.Response.Body.WriteAsync(buffer.AsMemory(0, count), context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
        }
    }

    /// <summary>The recorded address that a request to this server stands for.</summary>
    private Uri UrlOf(HttpRequest request)
    {
        var path = request.Path.ToUriComponent();
        var query = request.QueryString.Value ?? "";
        var parts = path.Split('/', 5);
        if (parts is ["", OriginFolder, var scheme, var authority, ..])
            return new($"{scheme}://{Uri.UnescapeDataString(authority)}/{(parts.Length == 5 ? parts[4] : "")}{query}");
        var first = parts.Length > 1 ? parts[1] : "";
        var rest = path[Math.Min(path.Length, first.Length + 1)..];
        if (FalHosts.Of(first) is { } host && HasHost(host))
            return new($"https://{host}{rest}{query}");
        // The name of a declared provider precedes its paths.
        if (!_fixture.Exchanges.Any(exchange => new Uri(exchange.Url).AbsolutePath.StartsWith("/" + first, StringComparison.Ordinal)) && rest.Length > 1)
            path = rest;
        return new((HasHost(FalHosts.Queue) ? "https://" + FalHosts.Queue : _baseUrl!.GetLeftPart(UriPartial.Authority)) + path + query);
    }

    private bool HasHost(string host) => _fixture.Exchanges.Any(exchange => new Uri(exchange.Url).Host == host);

    private string Rewrite(string text) => _origins is null ? text : _origins.Replace(text, match =>
    {
        var origin = new Uri(match.Value);
        return $"{_baseUrl!.GetLeftPart(UriPartial.Authority)}/{OriginFolder}/{origin.Scheme}/{origin.Authority}";
    });
}
