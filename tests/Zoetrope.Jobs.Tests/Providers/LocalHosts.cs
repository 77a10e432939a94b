namespace Zoetrope.Jobs.Tests.Providers;

/// <summary>
/// Stands in for the name service and TLS: whatever https address a client requests, a server on this machine gets the request, with that address's host in
/// <c>Host</c>. So a client runs with the provider's real addresses, and the test sees to which of them the key went.
/// </summary>
internal sealed class LocalHosts(Uri server) : DelegatingHandler(new SocketsHttpHandler { AllowAutoRedirect = false })
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var address = request.RequestUri!;
        Assert.Equal((Uri.UriSchemeHttps, true), (address.Scheme, address.IsDefaultPort));
        request.Headers.Host = address.Host;
        request.RequestUri = new Uri(server, address.PathAndQuery);
        return base.SendAsync(request, cancellationToken);
    }
}
