using System.Globalization;
using Microsoft.Kiota.Abstractions;
using Zoetrope.Errors;
using Zoetrope.Http;

namespace Zoetrope.Kiota.Handlers;

/// <summary>
/// Sends requests of the client with a Kiota request adapter, and so with its authentication, its handlers and its connections. Files have connections of
/// their own, because an adapter would add its key for whatever storage a provider names.
/// </summary>
/// <param name="adapter">The adapter.</param>
/// <param name="options">The options of the client.</param>
/// <param name="key">What stands in for the key that the adapter adds; null where the client's own is sent.</param>
internal sealed class AdapterHandler(IRequestAdapter adapter, ClientOptions options, OwnKey? key) : HttpMessageHandler, IOwnConnections
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (KiotaRequests.MethodOf(request.Method) is not { } method)
            throw new TransportException($"Kiota has no method {request.Method}. Nothing was sent.", TransportFailure.Refused);
        var taken = key?.TakeFrom(request);
        var address = request.RequestUri!;
        var response = new NativeResponse();
        var information = KiotaRequests.Of(request, method);
        information.AddRequestOptions([.. KiotaRules.Options, new ResponseHandlerOption { ResponseHandler = response }]);
        AdapterBody? body = null;
        if (request.Content is { } content)
        {
            information.Content = body = new AdapterBody(content, AdapterEntry.BytesOf(request), RequestMarks.IsSentOnce(request));
            // The stream need not know its length.
            if (content.Headers.ContentLength is { } length)
                information.Headers.Add("Content-Length", length.ToString(CultureInfo.InvariantCulture));
            foreach (var (name, values) in content.Headers.NonValidated)
                information.Headers.TryAdd(name, values.ToString());
        }
        try
        {
            // A stream is the kind of response whose body is not read before it is handed over.
            await adapter.SendPrimitiveAsync<Stream>(information, null, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (body is { WasSentOnce: true } && WasRewound(exception))
        {
            // The content refuses it, and reports that.
            await request.Content!.CopyToAsync(Stream.Null, cancellationToken).ConfigureAwait(false);
            throw;
        }
        finally
        {
            RedactKeys(information, request, taken, address);
        }
        var message = response.Message ?? throw new InvalidOperationException(
            $"The request adapter ({adapter.GetType().Name}) did not hand over its HTTP response ({nameof(ResponseHandlerOption)}).");
        if (message.RequestMessage is { } sent)
        {
            AddedKeys.Redact(options, taken, sent.Headers, sent.RequestUri, address);
            if (WasFollowed(sent, information))
            {
                message.Dispose();
                throw new TransportException(
                    $"The adapter followed a redirect of {address.GetLeftPart(UriPartial.Path)}: set AllowAutoRedirect = false on the primary handler of its "
                    + "HttpClient.",
                    TransportFailure.Redirected);
            }
        }
        taken?.PutBack(request, address);
        message.RequestMessage = request;
        return message;
    }

    // All that was not there before is of its authentication provider, also where the adapter fails, whose message may have the address in it.
    private void RedactKeys(RequestInformation information, HttpRequestMessage request, OwnKey.Taken? taken, Uri address)
    {
        var added = AddedKeys.ParametersOf(information.URI, address).ToList();
        foreach (var (name, values) in information.Headers)
        {
            var value = string.Join(", ", values);
            var isOurs = request.Headers.NonValidated.TryGetValues(name, out var known) && known.ToString() == value;
            if (!isOurs && !name.StartsWith("Content-", StringComparison.OrdinalIgnoreCase))
                added.Add((name, value));
        }
        AddedKeys.Redact(options, taken, added, hasKey: key is not null);
    }

    // What .NET throws where a handler sends again what cannot be rewound.
    private static bool WasRewound(Exception? exception)
    {
        while (exception is not (null or InvalidOperationException and not ObjectDisposedException))
            exception = exception.InnerException;
        return exception is not null;
    }

    // .NET removes this header when it follows a redirect, and turns other methods into GET.
    private static bool WasFollowed(HttpRequestMessage sent, RequestInformation information) =>
        sent.Method.Method != information.HttpMethod.ToString()
        || (sent.RequestUri != information.URI && information.Headers.ContainsKey("Authorization") && !sent.Headers.Contains("Authorization"));
}
