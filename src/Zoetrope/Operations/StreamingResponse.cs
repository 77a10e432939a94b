using System.Net;
using Zoetrope.CodeGen;
using Zoetrope.Downloads;
using Zoetrope.Errors;
using Zoetrope.Http;
using Zoetrope.Http.Compression;
using Zoetrope.Json;

namespace Zoetrope.Operations;

/// <summary>
/// A response whose headers are received and whose body is read by the caller. Dispose it: an incompletely read response occupies a connection, which is then
/// closed.
/// </summary>
public sealed class StreamingResponse : IAsyncDisposable, IDisposable
{
    private readonly HttpResponseMessage _response;
    private readonly string _subject;
    private readonly long _limit;
    private readonly KeyRedactor _redactor;

    /// <summary>Initializes a new instance of the <see cref="StreamingResponse"/> class.</summary>
    /// <param name="response">The response.</param>
    /// <param name="body">The body.</param>
    /// <param name="subject">The name of the response in messages.</param>
    /// <param name="limit">The maximum number of bytes that are read into memory at once.</param>
    /// <param name="redactor">Removes the key from messages.</param>
    internal StreamingResponse(HttpResponseMessage response, Stream body, string subject, long limit, KeyRedactor redactor)
    {
        _response = response;
        _subject = subject;
        _limit = limit;
        _redactor = redactor;
        Headers = new ResponseHeaders(response);
        Stream = body;
    }

    /// <summary>The status and the headers.</summary>
    public ResponseHeaders Headers { get; }

    /// <summary>The HTTP status.</summary>
    public HttpStatusCode StatusCode => _response.StatusCode;

    /// <summary>The media type of the body, such as <c>video/mp4</c>; null where it is not declared.</summary>
    public string? ContentType => _response.Content.Headers.ContentType?.MediaType;

    /// <summary>The number of bytes of the body; null where it is not declared, and where the body is compressed.</summary>
    public long? Length => ContentCoding.IsApplied(_response.Content.Headers) ? null : _response.Content.Headers.ContentLength;

    /// <summary>
    /// The body, which can be read once. It must be at least as fast as <see cref="ClientOptions.MinBytesPerSecond"/>, measured over the call's timeout (<see
    /// cref="CallOptions.Timeout"/>, or else <see cref="ApiClientOptions.Timeout"/>; an infinite one waits for events that are far apart), and complete within
    /// <see cref="ClientOptions.TransferTimeout"/>. Its size is at most <see cref="ClientOptions.MaxDownloadBytes"/>. A read throws a <see
    /// cref="TransportException"/> when the connection breaks or is too slow.
    /// </summary>
    public Stream Stream { get; }

    /// <summary>
    /// Saves the body. The file appears only when it is complete, and replaces an existing one then. Links, devices and pipes are written to.
    /// </summary>
    /// <param name="path">The path of the destination.</param>
    /// <param name="cancellationToken">A token to cancel the operation; no partial file is left.</param>
    /// <returns>The full path.</returns>
    /// <exception cref="TransportException">
    /// The body is incomplete, or is only a part of the file although the request had no <c>Range</c>.
    /// </exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public Task<string> SaveAsync(string path, CancellationToken cancellationToken = default)
    {
        if (_response.IsPart() && _response.RequestMessage?.Headers.Contains("Range") != true)
        {
            throw new TransportException(
                $"{_subject} is only a part of the file ({(int)StatusCode}, Content-Range: {_response.Content.Headers.ContentRange}), but the whole was "
                    + "requested.",
                TransportFailure.Broken);
        }
        return CompleteFile.WriteAsync(path, Stream.CopyToAsync, cancellationToken);
    }

    /// <summary>Reads the rest of the body as text, in the charset that the response declares; UTF-8 where it does not declare one.</summary>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    /// <exception cref="TransportException">
    /// The body is incomplete, or is larger than <see cref="ClientOptions.MaxResponseBytes"/>; <see cref="TransportException.Body"/> has what was read of it.
    /// <see cref="Stream"/> reads larger ones.
    /// </exception>
    public async Task<string> ReadTextAsync(CancellationToken cancellationToken = default) =>
        TextResponse.Read(await ReadAsync(cancellationToken).ConfigureAwait(false), Charset);

    /// <summary>Reads the rest of the body as JSON, whatever its media type says.</summary>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    /// <exception cref="TransportException">
    /// The body is not JSON, is incomplete, or is larger than <see cref="ClientOptions.MaxResponseBytes"/>; <see cref="TransportException.Body"/> has what was
    /// read of it.
    /// </exception>
    public async Task<RawJson> ReadJsonAsync(CancellationToken cancellationToken = default)
    {
        var body = await ReadAsync(cancellationToken).ConfigureAwait(false);
        return JsonResponse.Read<RawJson, ValueCodec<RawJson>>(With(body, ContentType, Charset), _subject);
    }

    /// <summary>Releases the connection, and closes it if the body was not read completely.</summary>
    public void Dispose()
    {
        Stream.Dispose();
        _response.Dispose();
    }

    /// <inheritdoc cref="Dispose"/>
    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>The maximum number of bytes that are read into memory at once.</summary>
    internal long Limit => _limit;

    /// <summary>Reads an item of the body.</summary>
    /// <param name="json">The item.</param>
    /// <param name="name">Its name in messages.</param>
    internal T Read<T, TCodec>(byte[] json, string name)
        where TCodec : struct, IJsonCodec<T> =>
        JsonResponse.Read<T, TCodec>(
            new(StatusCode, json, contentType: ContentType) { IsJson = true, Redactor = _redactor }, $"{_subject}, {name},");

    /// <summary>Creates an exception about this response.</summary>
    /// <param name="problem">What is wrong, after the name of the response.</param>
    /// <param name="failure">The kind of failure.</param>
    /// <param name="received">What was received of an item.</param>
    /// <param name="cause">The exception that was thrown.</param>
    internal TransportException Fail(string problem, TransportFailure failure, ReadOnlyMemory<byte> received = default, Exception? cause = null) =>
        With(received, ContentType, Charset).Fail($"{_subject} {problem}", failure, cause);

    /// <summary>Adds what was received, such as a part of an item, to a failure of the body.</summary>
    /// <param name="failure">The failure, which the body has thrown.</param>
    /// <param name="received">What was received.</param>
    internal static void AttachPart(TransportException failure, ReadOnlyMemory<byte> received) =>
        ((TransportResponse)failure.Response!).AttachPart(failure, received);

    /// <summary>Creates an exception about a response of another kind, with its body.</summary>
    /// <param name="problem">What is wrong, after the name of the response.</param>
    /// <param name="ct">A token to cancel the wait for the body.</param>
    internal async Task<TransportException> FailAsync(string problem, CancellationToken ct)
    {
        var complete = With(await ReadAsync(ct).ConfigureAwait(false), ContentType, Charset);
        return complete.Fail($"{_subject} {problem}. It was: {complete.Excerpt()}", TransportFailure.Malformed);
    }

    private TransportResponse With(ReadOnlyMemory<byte> body, string? contentType, string? charset) =>
        new(StatusCode, body, contentType: contentType) { Charset = charset, Redactor = _redactor };

    private string? Charset => _response.Content.Headers.ContentType?.CharSet;

    private async Task<ReadOnlyMemory<byte>> ReadAsync(CancellationToken ct)
    {
        var body = new MemoryStream();
        var buffer = new byte[16 * 1024];
        try
        {
            int read;
            while ((read = await Stream.ReadAsync(buffer, ct).ConfigureAwait(false)) > 0)
            {
                var room = _limit - body.Length;
                body.Write(buffer, 0, (int)Math.Min(read, room));
                if (read > room)
                {
                    throw Fail(
                        $"is larger than {_limit} bytes, the maximum that is read at once ({nameof(ClientOptions.MaxResponseBytes)}).",
                        TransportFailure.TooLarge);
                }
            }
        }
        catch (TransportException exception)
        {
            AttachPart(exception, body.ToArray());
            throw;
        }
        return body.GetBuffer().AsMemory(0, (int)body.Length);
    }
}
