using System.Net;

namespace Zoetrope.Faults.Tests;

/// <summary>Makes the HTTP clients that users hand in.</summary>
internal static class HttpClientsOfUsers
{
    /// <summary>Makes one.</summary>
    /// <param name="kind">Its kind.</param>
    /// <param name="service">What stands for every https address where names are used.</param>
    public static HttpClient? Create(HttpKind kind, Uri service) => kind switch
    {
        HttpKind.Named => new HttpClient(new NamedHosts(service, null) { InnerHandler = new SocketsHttpHandler { AllowAutoRedirect = false } }),
        HttpKind.Plain => new HttpClient(),
        HttpKind.Retrying => new HttpClient(new Retrying { InnerHandler = new SocketsHttpHandler { AllowAutoRedirect = false } }),
        HttpKind.Http2 => new HttpClient(Pinging())
        {
            DefaultRequestVersion = HttpVersion.Version20,
            DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact,
        },
        _ => null,
    };

    /// <summary>Makes one that is led astray.</summary>
    /// <param name="script">The requests that are.</param>
    /// <param name="target">Where they go.</param>
    /// <param name="names">What stands for every https address where names are used; null elsewhere.</param>
    public static HttpClient CreateAstray(Script script, Uri target, Uri? names)
    {
        var connections = new SocketsHttpHandler { AllowAutoRedirect = false };
        return new HttpClient(
            new Astray(script, target) { InnerHandler = names is null ? connections : new NamedHosts(names, target) { InnerHandler = connections } });
    }

    // Without pings a connection that went silent is used for every poll that follows.
    private static SocketsHttpHandler Pinging() => new()
    {
        AllowAutoRedirect = false,
        KeepAlivePingDelay = TimeSpan.FromSeconds(1),
        KeepAlivePingTimeout = TimeSpan.FromSeconds(2),
        KeepAlivePingPolicy = HttpKeepAlivePingPolicy.WithActiveRequests,
    };

    /// <summary>Sends up to three times, as long as the response is one of trouble or there is none.</summary>
    internal sealed class Retrying : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            for (var attempt = 1; ; attempt++)
            {
                // As for a log.
                if (request.Content is { } content)
                    await content.LoadIntoBufferAsync(cancellationToken);
                try
                {
                    var response = await base.SendAsync(request, cancellationToken);
                    if (attempt == 3 || (int)response.StatusCode is not (408 or 429 or >= 500))
                        return response;
                    response.Dispose();
                }
                catch (HttpRequestException) when (attempt < 3)
                {
                    // Once more.
                }
            }
        }
    }
}
