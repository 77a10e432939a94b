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
    /// <exception cref="OperationCanceledException">The caller canceled.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected Task<T> CallAsync<T, TCodec>(OperationCall call, CallOptions? options, CancellationToken cancellationToken)
        where TCodec : struct, IJsonCodec<T> =>
        RunAsync(
            call, options, "application/json",
            static (client, request, response, ct) => JsonResponse.ReadAsync<T, TCodec>(response, client._definition.Name, request, ct),
            cancellationToken);

    /// <summary>Calls an operation that responds with JSON or without a body, which is null.</summary>
    /// <inheritdoc cref="CallAsync{T, TCodec}(OperationCall, CallOptions?, CancellationToken)"/>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected Task<T?> CallOptionalAsync<T, TCodec>(OperationCall call, CallOptions? options, CancellationToken cancellationToken)
        where T : class
        where TCodec : struct, IJsonCodec<T> =>
        RunAsync(
            call, options, "application/json",
            static (client, request, response, ct) =>
                JsonResponse.IsNothing(response) ? default : JsonResponse.ReadAsync<T, TCodec>(response, client._definition.Name, request, ct),
            cancellationToken)!;

    /// <summary>Calls an operation that responds with a JSON value, such as a number or a union, or without a body, which is null.</summary>
    /// <inheritdoc cref="CallAsync{T, TCodec}(OperationCall, CallOptions?, CancellationToken)"/>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected Task<T?> CallOptionalValueAsync<T, TCodec>(OperationCall call, CallOptions? options, CancellationToken cancellationToken)
        where T : struct
        where TCodec : struct, IJsonCodec<T> =>
        RunAsync<T?>(
            call, options, "application/json",
            static async (client, request, response, ct) => JsonResponse.IsNothing(response)
                ? null
                : await JsonResponse.ReadAsync<T, TCodec>(response, client._definition.Name, request, ct).ConfigureAwait(false),
            cancellationToken);

    /// <summary>Calls an operation that responds without a body; an unexpected one is ignored.</summary>
    /// <inheritdoc cref="CallAsync{T, TCodec}(OperationCall, CallOptions?, CancellationToken)"/>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected Task CallAsync(OperationCall call, CallOptions? options, CancellationToken cancellationToken) =>
        RunAsync<object?>(call, options, "*/*", static (_, _, _, _) => default, cancellationToken, ignoresBody: true);

    /// <summary>Calls an operation that responds with text.</summary>
    /// <inheritdoc cref="CallAsync{T, TCodec}(OperationCall, CallOptions?, CancellationToken)"/>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected Task<string> CallTextAsync(OperationCall call, CallOptions? options, CancellationToken cancellationToken) =>
        RunAsync<string>(
            call, options, "text/*, */*;q=0.1", static (_, _, response, _) => new(TextResponse.ReadAndRelease(response)), cancellationToken);

    /// <summary>
    /// Calls an operation whose response is read by the caller: files, events and anything else. The call ends when the headers are received.
    /// </summary>
    /// <inheritdoc cref="CallAsync{T, TCodec}(OperationCall, CallOptions?, CancellationToken)"/>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected Task<StreamingResponse> CallStreamAsync(OperationCall call, CallOptions? options, CancellationToken cancellationToken) =>
        RunAsync<StreamingResponse>(
            call, options, "*/*", static (client, request, head, ct) => new(client.OpenAsync(request, head, readsAhead: false, ct)), cancellationToken,
            Opened);

    /// <summary>
    /// Calls an operation whose response the specification does not describe. A small body is buffered when the call ends, so that a caller who does
    /// not need it can ignore it.
    /// </summary>
    /// <inheritdoc cref="CallAsync{T, TCodec}(OperationCall, CallOptions?, CancellationToken)"/>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected Task<StreamingResponse> CallAnyAsync(OperationCall call, CallOptions? options, CancellationToken cancellationToken) =>
        RunAsync<StreamingResponse>(
            call, options, "*/*", static (client, request, head, ct) => new(client.OpenAsync(request, head, readsAhead: true, ct)), cancellationToken,
            Opened);

    /// <summary>Calls an operation whose response is a status and headers.</summary>
    /// <inheritdoc cref="CallAsync{T, TCodec}(OperationCall, CallOptions?, CancellationToken)"/>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected Task<ResponseHeaders> CallHeadAsync(OperationCall call, CallOptions? options, CancellationToken cancellationToken) =>
        RunAsync<ResponseHeaders>(
            call, options, "*/*",
            static (_, _, head, _) =>
            {
                using var message = head.Message!;
                return new(new ResponseHeaders(message));
            },
            cancellationToken, Opened);

    private static Exchange Opened => static (wire, request, timeout, submitted, ct) => wire.OpenAsync(request, timeout, submitted, ct);

    private async Task<StreamingResponse> OpenAsync(TransportRequest request, TransportResponse head, bool readsAhead, CancellationToken ct)
    {
        var response = head.Message!;
        var subject = JsonResponse.SubjectOf(_definition.Name, request);
        try
        {
            var raw = await response.Content.ReadAsStreamAsync(ct).ConfigureAwait(false);
            var content = ContentCoding.Open(raw, response.Content.Headers, _options.MaxDownloadBytes);
            var isText = MediaTypeRules.IsText(response.Content.Headers.ContentType?.MediaType);
            var pace = new TransferPace(request.Timeout!.Value, _options.MinBytesPerSecond, _options.TransferTimeout, isText, _options.TimeProvider);
            Stream body = new ResponseStream(
                content, head, subject, pace, _options.MaxDownloadBytes, _options.TimeProvider, _wire.Disposal);
            if (readsAhead)
                body = await ReadAhead.OfAsync(body, response.Content, ct).ConfigureAwait(false);
            return new StreamingResponse(response, body, subject, _options.MaxResponseBytes, _wire.Redactor);
        }
        catch
        {
            response.Dispose();
            throw;
        }
    }
}
