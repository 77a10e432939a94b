using Microsoft.Kiota.Abstractions;
using Microsoft.Kiota.Http.HttpClientLibrary.Extensions;
using Zoetrope.Errors;
using Zoetrope.Operations;

namespace Zoetrope.Kiota.Adapters;

/// <summary>Sends what a Kiota adapter has made of a call with the transport of this SDK.</summary>
/// <param name="name">The name of the API in messages.</param>
/// <param name="transport">The transport.</param>
/// <param name="root">The beginning of addresses in place of which the transport puts its own.</param>
/// <param name="options">The options of the transport.</param>
internal sealed class TransportHandler(string name, ApiTransport transport, string root, ApiClientOptions options) : HttpMessageHandler
{
    // A content that is in memory may be sent again where nothing was accepted.
    private const int MostInMemory = 1024 * 1024;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var state = CallState.Of(request);
        // What the transport registers of a message ends with its call, and a second one of the same call would be a new one to it.
        var isSentOnce = !IsIdempotent(request.Method);
        if (isSentOnce && state?.TryBegin(request) == false)
            throw Repeated(request, state);
        var received = new List<(string Name, IReadOnlyList<string> Values)>();
        var call = new CallOptions
        {
            OnResponse = headers =>
            {
                received.Clear();
                received.AddRange(headers.Names.Select(header => (header, headers.GetAll(header))));
            },
        };
        foreach (var (header, values) in request.Headers.NonValidated)
            call.Headers[header] = values.ToString();
        StreamingResponse response;
        try
        {
            using var body = await BodyOfAsync(request, cancellationToken).ConfigureAwait(false);
            response = await transport.SendRawAsync(request.Method, PathOf(request.RequestUri!), body ?? request.Content, null, call, cancellationToken)
                .ConfigureAwait(false);
        }
        catch (ServiceException exception)
        {
            state?.Failure = exception;
            return ErrorOf(exception, request, received);
        }
        catch (TransportException exception) when (isSentOnce && exception.Failure is TransportFailure.NotConnected or TransportFailure.Refused)
        {
            state?.Withdraw(request);
            throw;
        }
        return await ResponseOfAsync(response, request, received, state, cancellationToken).ConfigureAwait(false);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            transport.Dispose();
        base.Dispose(disposing);
    }

    // So that a base URL of the options, or of the environment, takes the place of the server.
    private string PathOf(Uri address)
    {
        var text = address.AbsoluteUri;
        return text.StartsWith(root, StringComparison.Ordinal) && (text.Length == root.Length || text[root.Length] is '/' or '?')
            ? text[root.Length..]
            : text;
    }

    // RFC 9110 section 9.2.2, for the methods that Kiota has.
    private static bool IsIdempotent(HttpMethod method) => method.Method is "GET" or "HEAD" or "PUT" or "DELETE" or "OPTIONS" or "TRACE";

    private TransportException Repeated(HttpRequestMessage request, CallState state) => new(
        $"A handler tried to send {request.Method} {request.RequestUri!.GetLeftPart(UriPartial.Path)} of {name} again, which was refused because it could be "
        + "billed twice. Nothing was sent the second time; the first may have been accepted. Leave it out of the handlers of the adapter: what was definitely "
        + "not accepted is sent again without it.",
        TransportFailure.Repeated,
        state.Failure);

    private static async Task<ByteArrayContent?> BodyOfAsync(HttpRequestMessage request, CancellationToken ct)
    {
        if (request.Content is not { Headers.ContentLength: <= MostInMemory } content)
            return null;
        var body = new ByteArrayContent(await content.ReadAsByteArrayAsync(ct).ConfigureAwait(false));
        foreach (var (header, values) in content.Headers.NonValidated)
            body.Headers.TryAddWithoutValidation(header, values);
        return body;
    }

    private async Task<HttpResponseMessage> ResponseOfAsync(
        StreamingResponse response, HttpRequestMessage request, List<(string Name, IReadOnlyList<string> Values)> headers, CallState? state,
        CancellationToken ct)
    {
        try
        {
            var isNative = request.GetRequestOption<ResponseHandlerOption>() is not null;
            if (!isNative && (int)response.StatusCode is 301 or 302 or 303 or 307 or 308)
            {
                throw new TransportException(
                    $"{name} responded with {(int)response.StatusCode} at {request.RequestUri!.GetLeftPart(UriPartial.Path)}, a redirect, which is not "
                    + "followed: it would receive the key.",
                    TransportFailure.Redirected);
            }
            var message = new HttpResponseMessage(response.StatusCode) { RequestMessage = request };
            if (state is { IsStream: true })
            {
                message.Content = new StreamContent(response.Stream);
                AddHeaders(message, headers, isWhole: response.Length is not null);
                return message;
            }
            var body = await ReadAsync(response, ct).ConfigureAwait(false);
            // Kiota takes a message without a content for one without a result.
            if (body.Length > 0)
                message.Content = new ByteArrayContent(body);
            AddHeaders(message, headers, isWhole: response.Length is not null);
            response.Dispose();
            return message;
        }
        catch
        {
            response.Dispose();
            throw;
        }
    }

    private async Task<byte[]> ReadAsync(StreamingResponse response, CancellationToken ct)
    {
        var body = new MemoryStream();
        var buffer = new byte[16 * 1024];
        int read;
        while ((read = await response.Stream.ReadAsync(buffer, ct).ConfigureAwait(false)) > 0)
        {
            if (body.Length + read > options.MaxResponseBytes)
            {
                throw new TransportException(
                    $"A response of {name} is larger than {options.MaxResponseBytes} bytes, the maximum that is read at once "
                        + $"({nameof(ApiClientOptions.MaxResponseBytes)}).",
                    TransportFailure.TooLarge);
            }
            body.Write(buffer, 0, read);
        }
        return body.ToArray();
    }

    /// <summary>An error as Kiota reads it: as JSON, or else without a body, because Kiota reports other media types in place of the error.</summary>
    private HttpResponseMessage ErrorOf(
        ServiceException exception, HttpRequestMessage request, List<(string Name, IReadOnlyList<string> Values)> headers)
    {
        var message = new HttpResponseMessage(exception.StatusCode) { RequestMessage = request };
        if (exception.Error.Body is { } json)
            message.Content = new ByteArrayContent(json.Utf8.ToArray());
        // They become those of an exception.
        AddHeaders(message, [.. headers.Select(header => (header.Name, transport.WithoutKey(header.Values)))], isWhole: false);
        if (message.Content is ByteArrayContent content && !IsJson(content.Headers.ContentType?.MediaType))
            content.Headers.ContentType = new("application/json");
        return message;
    }

    private static bool IsJson(string? mediaType) =>
        mediaType is not null && mediaType.EndsWith("json", StringComparison.OrdinalIgnoreCase);

    private static void AddHeaders(HttpResponseMessage message, List<(string Name, IReadOnlyList<string> Values)> headers, bool isWhole)
    {
        foreach (var (header, values) in headers)
        {
            if (message.Headers.TryAddWithoutValidation(header, values) || message.Content is not (StreamContent or ByteArrayContent))
                continue;
            // A body that was compressed is not what these describe.
            var describesReceived = header.Equals("Content-Length", StringComparison.OrdinalIgnoreCase)
                || header.Equals("Content-Encoding", StringComparison.OrdinalIgnoreCase);
            if (isWhole || !describesReceived)
                message.Content.Headers.TryAddWithoutValidation(header, values);
        }
    }
}
