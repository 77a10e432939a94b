using System.Net;

namespace Zoetrope.Operations;

/// <summary>
/// An answer whose head has come and whose body is read by the caller. Dispose it: one that was not read to its end holds a connection, which is then closed.
/// </summary>
public sealed class StreamedAnswer : IAsyncDisposable, IDisposable
{
    private readonly HttpResponseMessage _response;

    internal StreamedAnswer(HttpResponseMessage response, Stream body)
    {
        _response = response;
        Head = new ReceivedHead(response);
        Stream = body;
    }

    /// <summary>The status and the headers.</summary>
    public ReceivedHead Head { get; }

    /// <summary>The HTTP status.</summary>
    public HttpStatusCode StatusCode => _response.StatusCode;

    /// <summary>The media type of the body, such as <c>video/mp4</c>; null where it is not said.</summary>
    public string? ContentType => _response.Content.Headers.ContentType?.MediaType;

    /// <summary>How many bytes the body has; null where it is not said.</summary>
    public long? Length => _response.Content.Headers.ContentLength;

    /// <summary>
    /// The body, to be read once. Each read has the call's timeout (<see cref="CallOptions.Timeout"/>, or else <see cref="ApiClientOptions.Timeout"/>; an infinite one waits for events that are far
    /// apart), and the whole is at most <see cref="ClientOptions.MaxDownloadBytes"/>. A read throws a <see cref="TransportException"/> when the connection breaks or nothing comes in time.
    /// </summary>
    public Stream Stream { get; }

    /// <summary>Saves the body. The file appears only when it is complete; one that is there is replaced then.</summary>
    /// <param name="path">Where to.</param>
    /// <param name="ct">Gives up; nothing is left.</param>
    /// <returns>The full path.</returns>
    /// <exception cref="TransportException">The body did not come to its end.</exception>
    /// <exception cref="IOException">It cannot be written.</exception>
    public Task<string> SaveAsync(string path, CancellationToken ct = default) => CompleteFile.WriteAsync(path, Stream.CopyToAsync, ct);

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
}
