using Zoetrope.Http;

namespace Zoetrope.Kiota.Handlers;

/// <summary>Before handlers of Kiota that authenticate requests themselves: leaves the key to them, and redacts what they add.</summary>
/// <param name="options">The options of the client.</param>
/// <param name="key">What stands in for the key.</param>
internal sealed class AuthorizedHandler(ClientOptions options, OwnKey key) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var taken = key.TakeFrom(request);
        var address = request.RequestUri!;
        try
        {
            var response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
            // A copy, where a handler has authenticated it again.
            if (response.RequestMessage is { } sent && sent != request)
                AddedKeys.Redact(options, taken, sent.Headers, sent.RequestUri, address);
            return response;
        }
        finally
        {
            AddedKeys.Redact(options, taken, request.Headers, request.RequestUri, address);
            taken?.PutBack(request, address);
        }
    }
}
