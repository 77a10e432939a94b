namespace Zoetrope.Faults.Tests;

/// <summary>
/// Stands in for the name service and TLS: whatever address elsewhere a client requests, the service gets the request, with that address's host in <c>Host</c>.
/// So a client runs with its provider's own addresses, and it is seen to which of them the key goes.
/// </summary>
/// <param name="service">The service.</param>
/// <param name="except">An address that is left as it is.</param>
internal sealed class NamedHosts(Uri service, Uri? except) : DelegatingHandler
{
    /// <summary>What is added to the host of a request that was not for https.</summary>
    public const string Plain = ".in-plain-text";

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var address = request.RequestUri!;
        if (!address.IsLoopback && address.Host != except?.Host)
        {
            var host = address.IsDefaultPort ? address.IdnHost : address.Authority;
            request.Headers.Host = address.Scheme == Uri.UriSchemeHttps ? host : host + Plain;
            request.RequestUri = new Uri(service, address.PathAndQuery);
        }
        return base.SendAsync(request, cancellationToken);
    }
}
