using System.Net;
using Zoetrope.CodeGen;
using Zoetrope.Downloads;
using Zoetrope.Errors;
using Zoetrope.Http;
using Zoetrope.Http.Compression;
using Zoetrope.Json;

namespace Zoetrope.Operations;

/// <summary>
/// An answer whose head has come and whose body is read by the caller. Dispose it: one that was not read to its end holds a connection, which is then closed.
/// </summary>
public sealed class StreamingResponse : IAsyncDisposable, IDisposable
{
    private readonly HttpResponseMessage _response;
    private readonly string _place;
    private readonly long _limit;
    private readonly KeyRedactor _redactor;

    /// <summary>Makes the answer.</summary>
    /// <param name="response">The response.</param>
    /// <param name="body">Its body.</param>
    /// <param name="place">What it is called in messages.</param>
    /// <param name="limit">The most bytes that are read into memory at once.</param>
    /// <param name="redactor">Takes the key out of messages.</param>
    internal StreamingResponse(HttpResponseMessage response, Stream body, string place, long limit, KeyRedactor redactor)
    {
        _response = response;
        _place = place;
        _limit = limit;
        _redactor = redactor;
        Headers = new ResponseHeaders(response);
        Stream = body;
    }

    /// <summary>The status and the headers.</summary>
    public ResponseHeaders Headers { get; }

    /// <summary>The HTTP status.</summary>
    public HttpStatusCode StatusCode => _response.StatusCode;

    /// <summary>The media type of the body, such as <c>video/mp4</c>; null where it is not said.</summary>
    public string? ContentType => _response.Content.Headers.ContentType?.MediaType;

    /// <summary>How many bytes the body has; null where it is not said, and where the body is compressed.</summary>
    public long? Length => ContentCoding.IsApplied(_response.Content.Headers) ? null : _response.Content.Headers.ContentLength;

    /// <summary>
    /// The body, to be read once. It must come as fast as <see cref="ClientOptions.MinBytesPerSecond"/> says, which is looked at over the call's timeout (<see
    /// cref="CallOptions.Timeout"/>, or else <see cref="ApiClientOptions.Timeout"/>; an infinite one waits for events that are far apart), and within <see
    /// cref="ClientOptions.TransferTimeout"/>. The whole is at most <see cref="ClientOptions.MaxDownloadBytes"/>. A read throws a <see
    /// cref="TransportException"/> when the connection breaks or too little comes in time.
    /// </summary>
    public Stream Stream { get; }

    /// <summary>
    /// Saves the body. The file appears only when it is complete; one that is there is replaced then. Links, devices and pipes are written to.
    /// </summary>
    /// <param name="path">Where to.</param>
    /// <param name="cancellationToken">Cancels it; nothing is left.</param>
    /// <returns>The full path.</returns>
    /// <exception cref="TransportException">
    /// The body did not come to its end, or is only a part of the file although the request had no <c>Range</c>.
    /// </exception>
    /// <exception cref="IOException">It cannot be written.</exception>
    public Task<string> SaveAsync(string path, CancellationToken cancellationToken = default)
    {
        if (_response.IsPart() && _response.RequestMessage?.Headers.Contains("Range") != true)
        {
            throw new TransportException(
                $"{_place} is only a part of the file ({(int)StatusCode}, Content-Range: {_response.Content.Headers.ContentRange}), and the whole was requested.",
                TransportFailure.Broken);
        }
        return CompleteFile.WriteAsync(path, Stream.CopyToAsync, cancellationToken);
    }

    /// <summary>Reads the rest of the body as text, in the charset that the response says; UTF-8 where it says none.</summary>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <exception cref="TransportException">
    /// The body did not come to its end, or is larger than <see cref="ClientOptions.MaxResponseBytes"/>; <see cref="Stream"/> reads larger ones.
    /// </exception>
    public async Task<string> ReadTextAsync(CancellationToken cancellationToken = default) => TextResponse.Read(await ReadAsync(cancellationToken).ConfigureAwait(false), Charset);

    /// <summary>Reads the rest of the body as JSON, whatever its media type says.</summary>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <exception cref="TransportException">
    /// The body is no JSON (<see cref="TransportException.Body"/> has it), did not come to its end, or is larger than <see
    /// cref="ClientOptions.MaxResponseBytes"/>.
    /// </exception>
    public async Task<RawJson> ReadJsonAsync(CancellationToken cancellationToken = default)
    {
        var body = await ReadAsync(cancellationToken).ConfigureAwait(false);
        var answer = new TransportResponse(StatusCode, body, contentType: ContentType) { Charset = Charset, Redactor = _redactor };
        return JsonResponse.Read<RawJson, ValueCodec<RawJson>>(answer, _place);
    }

    /// <summary>Releases the connection, and closes it when the body was not read to its end.</summary>
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

    private string? Charset => _response.Content.Headers.ContentType?.CharSet;

    private async Task<ReadOnlyMemory<byte>> ReadAsync(CancellationToken ct)
    {
        var body = new MemoryStream();
        var buffer = new byte[16 * 1024];
        int read;
        while ((read = await Stream.ReadAsync(buffer, ct).ConfigureAwait(false)) > 0)
        {
            if (body.Length + read > _limit)
                throw new TransportException($"{_place} is larger than {_limit} bytes, the most that is read at once.", TransportFailure.TooLarge);
            body.Write(buffer, 0, read);
        }
        return body.GetBuffer().AsMemory(0, (int)body.Length);
    }
}
