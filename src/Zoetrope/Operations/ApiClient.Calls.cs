using System.ComponentModel;
using Zoetrope.CodeGen.Operations;
using Zoetrope.Errors;
using Zoetrope.Http;
using Zoetrope.Http.Compression;
using Zoetrope.Json;
using Zoetrope.Validation;

namespace Zoetrope.Operations;

/// <content>The calls that generated code makes, one for each kind of response.</content>
public abstract partial class ApiClient
{
    /// <summary>Calls an operation that responds with JSON.</summary>
    /// <param name="call">The call.</param>
    /// <param name="options">The options; null uses those of the client.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    /// <exception cref="RequestValidationException">The request is not valid. Nothing was sent.</exception>
    /// <exception cref="MissingKeyException">There is no key. Nothing was sent.</exception>
    /// <exception cref="ServiceException">
    /// The service responded with an error; a <see cref="ServiceException{TError}"/> where the specification describes it.
    /// </exception>
    /// <exception cref="TransportException">There was no usable response, or the request was refused before it was sent.</exception>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected Task<T> CallAsync<T, TCodec>(OperationCall call, CallOptions? options, CancellationToken cancellationToken)
        where TCodec : struct, IJsonCodec<T> =>
        RunAsync(
            call,
            options,
            "application/json",
            static async (client, sending, ct) =>
            {
                var response = await client.ExchangeAsync(sending, ct).ConfigureAwait(false);
                return await ReadAsync<T, TCodec>(response, sending, ct).ConfigureAwait(false);
            },
            cancellationToken);

    /// <summary>Calls an operation that responds with JSON or without a body, which is null.</summary>
    /// <inheritdoc cref="CallAsync{T, TCodec}(OperationCall, CallOptions?, CancellationToken)"/>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected Task<T?> CallOptionalAsync<T, TCodec>(OperationCall call, CallOptions? options, CancellationToken cancellationToken)
        where T : class
        where TCodec : struct, IJsonCodec<T> =>
        RunAsync(
            call,
            options,
            "application/json",
            static async (client, sending, ct) =>
            {
                var response = await client.ExchangeAsync(sending, ct).ConfigureAwait(false);
                return JsonResponse.IsNothing(response) ? null : await ReadAsync<T, TCodec>(response, sending, ct).ConfigureAwait(false);
            },
            cancellationToken);

    /// <summary>Calls an operation that responds with a JSON value, such as a number or a union, or without a body, which is null.</summary>
    /// <inheritdoc cref="CallAsync{T, TCodec}(OperationCall, CallOptions?, CancellationToken)"/>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected Task<T?> CallOptionalValueAsync<T, TCodec>(OperationCall call, CallOptions? options, CancellationToken cancellationToken)
        where T : struct
        where TCodec : struct, IJsonCodec<T> =>
        RunAsync<T?>(
            call,
            options,
            "application/json",
            static async (client, sending, ct) =>
            {
                var response = await client.ExchangeAsync(sending, ct).ConfigureAwait(false);
                return JsonResponse.IsNothing(response) ? null : await ReadAsync<T, TCodec>(response, sending, ct).ConfigureAwait(false);
            },
            cancellationToken);

    /// <summary>Calls an operation that responds without a body; an unexpected one is ignored.</summary>
    /// <inheritdoc cref="CallAsync{T, TCodec}(OperationCall, CallOptions?, CancellationToken)"/>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected Task CallAsync(OperationCall call, CallOptions? options, CancellationToken cancellationToken) =>
        RunAsync(call, options, "*/*", static (client, sending, ct) => client.ExchangeAsync(sending, ct), cancellationToken, ignoresBody: true);

    /// <summary>Calls an operation that responds with text.</summary>
    /// <inheritdoc cref="CallAsync{T, TCodec}(OperationCall, CallOptions?, CancellationToken)"/>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected Task<string> CallTextAsync(OperationCall call, CallOptions? options, CancellationToken cancellationToken) =>
        RunAsync(
            call,
            options,
            "text/*, */*;q=0.1",
            static async (client, sending, ct) => TextResponse.Read(await client.ExchangeAsync(sending, ct).ConfigureAwait(false)),
            cancellationToken);

    /// <summary>
    /// Calls an operation whose response is read by the caller: files, events and anything else. The call ends when the headers are received.
    /// </summary>
    /// <inheritdoc cref="CallAsync{T, TCodec}(OperationCall, CallOptions?, CancellationToken)"/>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected Task<StreamingResponse> CallStreamAsync(OperationCall call, CallOptions? options, CancellationToken cancellationToken) =>
        RunAsync(call, options, "*/*", static (client, sending, ct) => client.OpenAsync(sending, readsAhead: false, ct), cancellationToken);

    /// <summary>
    /// Calls an operation whose response the specification does not describe. A small body is buffered when the call ends, so that a caller who does
    /// not need it can ignore it.
    /// </summary>
    /// <inheritdoc cref="CallAsync{T, TCodec}(OperationCall, CallOptions?, CancellationToken)"/>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected Task<StreamingResponse> CallAnyAsync(OperationCall call, CallOptions? options, CancellationToken cancellationToken) =>
        RunAsync(call, options, "*/*", static (client, sending, ct) => client.OpenAsync(sending, readsAhead: true, ct), cancellationToken);

    /// <summary>Calls an operation whose response is a status and headers.</summary>
    /// <inheritdoc cref="CallAsync{T, TCodec}(OperationCall, CallOptions?, CancellationToken)"/>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected Task<ResponseHeaders> CallHeadAsync(OperationCall call, CallOptions? options, CancellationToken cancellationToken) =>
        RunAsync(
            call,
            options,
            "*/*",
            static async (client, sending, ct) =>
            {
                var (response, _) = await client._wire.OpenAsync(sending.Request, sending.Timeout, null, ct).ConfigureAwait(false);
                using (response)
                    return new ResponseHeaders(response);
            },
            cancellationToken);

    private async Task<StreamingResponse> OpenAsync(Sending sending, bool readsAhead, CancellationToken ct)
    {
        var (response, head) = await _wire.OpenAsync(sending.Request, sending.Timeout, null, ct).ConfigureAwait(false);
        try
        {
            var raw = await response.Content.ReadAsStreamAsync(ct).ConfigureAwait(false);
            var content = ContentCoding.Open(raw, response.Content.Headers, _options.MaxDownloadBytes);
            var isText = MediaTypeRules.IsText(response.Content.Headers.ContentType?.MediaType);
            var pace = new TransferPace(sending.Timeout, _options.MinBytesPerSecond, _options.TransferTimeout, isText, _options.TimeProvider);
            Stream body = new ResponseStream(content, head, sending.Subject, pace, _options.MaxDownloadBytes, _options.TimeProvider);
            if (readsAhead)
                body = await ReadAhead.OfAsync(body, response.Content, ct).ConfigureAwait(false);
            return new StreamingResponse(response, body, sending.Subject, _options.MaxResponseBytes, _wire.Redactor);
        }
        catch
        {
            response.Dispose();
            throw;
        }
    }

    private static ValueTask<T> ReadAsync<T, TCodec>(TransportResponse response, Sending sending, CancellationToken ct)
        where TCodec : struct, IJsonCodec<T> =>
        LargeWork.ReadAsync(
            response.Body.Length,
            static read => JsonResponse.Read<T, TCodec>(read.Response, read.Sending.Subject, read.Sending.AnyType),
            (Response: response, Sending: sending),
            ct);

    private Task<TransportResponse> ExchangeAsync(Sending sending, CancellationToken ct) =>
        _wire.ExchangeAsync(sending.Request, sending.Timeout, null, ct).AsTask();
}
