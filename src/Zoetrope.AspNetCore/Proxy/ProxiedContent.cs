using System.Buffers;
using System.Net;
using Microsoft.AspNetCore.Http;

namespace Zoetrope.AspNetCore.Proxy;

/// <summary>
/// The body of a browser's request on its way to fal. It is sent once: HttpClient by itself would send a request again whose connection was closed, and a
/// billed one must not be.
/// </summary>
internal sealed class ProxiedContent : HttpContent
{
    private readonly Stream _body;
    private readonly long? _length;
    private readonly long _limit;

    /// <param name="body">The body.</param>
    /// <param name="length">How many bytes it has; null where that is not known.</param>
    /// <param name="limit">How many it may have.</param>
    public ProxiedContent(Stream body, long? length, long limit)
    {
        _body = body;
        _length = length;
        _limit = limit;
    }

    /// <summary>Whether sending has begun. Until then, fal cannot have accepted the request.</summary>
    public bool Began { get; private set; }

    /// <summary>Why the browser's request could not be read to its end, so that fal cannot have accepted it.</summary>
    public Exception? SourceFailure { get; private set; }

    /// <summary>Sends the body.</summary>
    /// <exception cref="BadHttpRequestException">It is too large, or not as the browser announced it.</exception>
    /// <exception cref="IOException">The browser has gone.</exception>
    public async Task SendAsync(Stream stream, CancellationToken cancellationToken)
    {
        if (Began)
            throw new IOException("The request was about to be sent again.");
        Began = true;
        var buffer = ArrayPool<byte>.Shared.Rent(16 * 1024);
        try
        {
            long total = 0;
            while (await ReadAsync(buffer, cancellationToken).ConfigureAwait(false) is > 0 and var read)
            {
                total += read;
                if (total > _limit)
                    throw SourceFailure = TooLarge(_limit);
                await stream.WriteAsync(buffer.AsMemory(0, read), cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SendAsync(stream, CancellationToken.None);

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken) =>
        SendAsync(stream, cancellationToken);

    protected override bool TryComputeLength(out long length)
    {
        length = _length ?? 0;
        return _length is not null;
    }

    /// <summary>The failure of a body that is too large.</summary>
    public static BadHttpRequestException TooLarge(long limit) =>
        new($"The body has more than {limit} bytes, the most that this proxy passes on.", StatusCodes.Status413PayloadTooLarge);

    private async ValueTask<int> ReadAsync(byte[] buffer, CancellationToken cancellationToken)
    {
        try
        {
            return await _body.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is IOException || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            SourceFailure = exception;
            throw;
        }
    }
}
