using System.Net.Http.Headers;

namespace Zoetrope.Faults.Tests;

/// <summary>
/// Leads requests to an address with which no exchange comes about, as often as the fault is played, and the others to the service: so one step of a call can
/// fail, and be well again.
/// </summary>
/// <param name="script">Which requests those are.</param>
/// <param name="target">The address.</param>
internal sealed class Astray(Script script, Uri target) : DelegatingHandler
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var address = request.RequestUri!;
        if (script.TakesAway(new ReceivedRequest(request.Method.Method, address.PathAndQuery, HeadOf(request.Headers))))
        {
            // The host that it was for is the one in the header, as with NamedHosts.
            request.Headers.Host = address.IsDefaultPort ? address.IdnHost : address.Authority;
            request.RequestUri = new Uri(target, address.PathAndQuery);
        }
        return base.SendAsync(request, cancellationToken);
    }

    private static string HeadOf(HttpRequestHeaders headers) =>
        string.Concat(headers.NonValidated.Select(header => $"\r\n{header.Key}: {header.Value}")) + "\r\n";
}
