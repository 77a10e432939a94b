using System.Net;
using Zoetrope.Http;

namespace Zoetrope.Kiota.Handlers;

/// <summary>
/// Below Kiota's authorization handler: hides a challenge for claims of what must be sent once. The handler would send it again, which would be refused, and
/// that refusal would hide that the service had accepted nothing.
/// </summary>
internal sealed class RejectionHandler : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var isSentOnce = RequestMarks.IsSentOnce(request);
        var response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        if (isSentOnce && response.StatusCode == HttpStatusCode.Unauthorized)
            response.Headers.WwwAuthenticate.Clear();
        return response;
    }
}
