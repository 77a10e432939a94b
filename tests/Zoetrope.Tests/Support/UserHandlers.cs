using System.Net;

namespace Zoetrope.Tests;

/// <summary>Sends again what failed, as retrying handlers do: the same message.</summary>
internal sealed class RetryingHandler(HttpMessageHandler? inner = null) : DelegatingHandler(inner ?? new SocketsHttpHandler())
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            var response = await base.SendAsync(request, cancellationToken);
            if ((int)response.StatusCode < 500)
                return response;
            response.Dispose();
        }
        catch (HttpRequestException)
        {
            // Sent again.
        }
        return await base.SendAsync(request, cancellationToken);
    }
}

/// <summary>Sends again in a copy of the message, which shares its content, as soon as the first has been sent: as hedging handlers do.</summary>
internal sealed class HedgingHandler(Task mayHedge) : DelegatingHandler(new SocketsHttpHandler())
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var first = base.SendAsync(Copy(request), cancellationToken);
        await mayHedge;
        var second = base.SendAsync(Copy(request), cancellationToken);
        return await await Task.WhenAny(first, second);
    }

    private static HttpRequestMessage Copy(HttpRequestMessage request)
    {
        var copy = new HttpRequestMessage(request.Method, request.RequestUri) { Content = request.Content, Version = request.Version };
        foreach (var (name, values) in request.Headers)
            copy.Headers.TryAddWithoutValidation(name, values);
        return copy;
    }
}

/// <summary>Keeps the first response, and returns it when sending again fails, whatever the reason.</summary>
internal sealed class FallingBackHandler() : DelegatingHandler(new SocketsHttpHandler())
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var first = await base.SendAsync(request, cancellationToken);
        try
        {
            return await base.SendAsync(request, cancellationToken);
        }
        catch (Exception)
        {
            return first;
        }
    }
}

/// <summary>Creates clients that speak HTTP/2 without TLS.</summary>
internal static class Http2Clients
{
    public static HttpClient Create(HttpMessageHandler? handler = null) => new(handler ?? new SocketsHttpHandler())
    {
        DefaultRequestVersion = HttpVersion.Version20,
        DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact,
    };
}
