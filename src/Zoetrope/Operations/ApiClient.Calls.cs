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
    /// <summary>Calls an operation that answers with JSON.</summary>
    /// <param name="call">The call.</param>
    /// <param name="options">Options; null takes the client's.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="RequestValidationException">The request is not valid. Nothing was sent.</exception>
    /// <exception cref="MissingKeyException">There is no key. Nothing was sent.</exception>
    /// <exception cref="ServiceException">The service answered with an error; a <see cref="ServiceException{TError}"/> where the document describes
    /// it.</exception>
    /// <exception cref="TransportException">There was no usable answer, or the request was refused before it was sent.</exception>
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
                var answer = await client.ExchangeAsync(sending, ct).ConfigureAwait(false);
                return await ReadAsync<T, TCodec>(answer, sending, ct).ConfigureAwait(false);
            },
            cancellationToken);

    /// <summary>Calls an operation that answers with JSON or with nothing, which is null.</summary>
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
                var answer = await client.ExchangeAsync(sending, ct).ConfigureAwait(false);
                return JsonResponse.IsNothing(answer) ? null : await ReadAsync<T, TCodec>(answer, sending, ct).ConfigureAwait(false);
            },
            cancellationToken);

    /// <summary>Calls an operation that answers with a JSON value, such as a number or a union, or with nothing, which is null.</summary>
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
                var answer = await client.ExchangeAsync(sending, ct).ConfigureAwait(false);
                return JsonResponse.IsNothing(answer) ? null : await ReadAsync<T, TCodec>(answer, sending, ct).ConfigureAwait(false);
            },
            cancellationToken);

    /// <summary>Calls an operation that answers without a body; one that comes all the same is ignored.</summary>
    /// <inheritdoc cref="CallAsync{T, TCodec}(OperationCall, CallOptions?, CancellationToken)"/>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected Task CallAsync(OperationCall call, CallOptions? options, CancellationToken cancellationToken) =>
        RunAsync(call, options, "*/*", static (client, sending, ct) => client.ExchangeAsync(sending, ct), cancellationToken, ignoresBody: true);

    /// <summary>Calls an operation that answers with text.</summary>
    /// <inheritdoc cref="CallAsync{T, TCodec}(OperationCall, CallOptions?, CancellationToken)"/>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected Task<string> CallTextAsync(OperationCall call, CallOptions? options, CancellationToken cancellationToken) =>
        RunAsync(
            call,
            options,
            "text/*, */*;q=0.1",
            static async (client, sending, ct) => TextResponse.Read(await client.ExchangeAsync(sending, ct).ConfigureAwait(false)),
            cancellationToken);

    /// <summary>Calls an operation whose response is read by the caller: files, events and everything else. The call ends when the head has come.</summary>
    /// <inheritdoc cref="CallAsync{T, TCodec}(OperationCall, CallOptions?, CancellationToken)"/>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected Task<StreamingResponse> CallStreamAsync(OperationCall call, CallOptions? options, CancellationToken cancellationToken) =>
        RunAsync(call, options, "*/*", static (client, sending, ct) => client.OpenAsync(sending, readsAhead: false, ct), cancellationToken);

    /// <summary>
    /// Calls an operation of which the document does not say what it responds with. A small body is read already when the call ends, so that a caller who does
    /// not need it may leave it alone.
    /// </summary>
    /// <inheritdoc cref="CallAsync{T, TCodec}(OperationCall, CallOptions?, CancellationToken)"/>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected Task<StreamingResponse> CallAnyAsync(OperationCall call, CallOptions? options, CancellationToken cancellationToken) =>
        RunAsync(call, options, "*/*", static (client, sending, ct) => client.OpenAsync(sending, readsAhead: true, ct), cancellationToken);

    /// <summary>Calls an operation whose response is status and headers.</summary>
    /// <inheritdoc cref="CallAsync{T, TCodec}(OperationCall, CallOptions?, CancellationToken)"/>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected Task<ResponseHeaders> CallHeadAsync(OperationCall call, CallOptions? options, CancellationToken cancellationToken) =>
        RunAsync(
            call,
            options,
            "*/*",
            static async (client, sending, ct) =>
            {
                var (response, _) = await client._wire.OpenAsync(sending.Request, sending.Timeout, ct).ConfigureAwait(false);
                using (response)
                    return new ResponseHeaders(response);
            },
            cancellationToken);

    private async Task<StreamingResponse> OpenAsync(Sending sending, bool readsAhead, CancellationToken ct)
    {
        var (response, head) = await _wire.OpenAsync(sending.Request, sending.Timeout, ct).ConfigureAwait(false);
        try
        {
            var raw = await response.Content.ReadAsStreamAsync(ct).ConfigureAwait(false);
            var content = ContentCoding.Open(raw, response.Content.Headers, _options.MaxDownloadBytes);
            var isText = MediaTypeRules.IsText(response.Content.Headers.ContentType?.MediaType);
            var pace = new TransferPace(sending.Timeout, _options.MinBytesPerSecond, _options.TransferTimeout, isText, _options.TimeProvider);
            Stream body = new ResponseStream(content, head, sending.Place, pace, _options.MaxDownloadBytes, _options.TimeProvider);
            if (readsAhead)
                body = await ReadAhead.OfAsync(body, response.Content, ct).ConfigureAwait(false);
            return new StreamingResponse(response, body, sending.Place, _options.MaxResponseBytes, _wire.Redactor);
        }
        catch
        {
            response.Dispose();
            throw;
        }
    }

    private static Task<T> ReadAsync<T, TCodec>(TransportResponse answer, Sending sending, CancellationToken ct)
        where TCodec : struct, IJsonCodec<T> =>
        LargeWork.ReadAsync(
            answer.Body.Length,
            static read => JsonResponse.Read<T, TCodec>(read.Answer, read.Sending.Place, read.Sending.AnyType),
            (Answer: answer, Sending: sending),
            ct);

    private Task<TransportResponse> ExchangeAsync(Sending sending, CancellationToken ct) => _wire.ExchangeAsync(sending.Request, sending.Timeout, null, ct);
}
