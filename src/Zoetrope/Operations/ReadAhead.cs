using Zoetrope.Errors;
using Zoetrope.Streams;

namespace Zoetrope.Operations;

/// <summary>
/// Buffers small bodies. Responses that the specification does not describe often are not needed, and a caller who ignores one must not occupy a connection.
/// </summary>
internal static class ReadAhead
{
    private const int Most = 64 * 1024;

    /// <summary>
    /// Returns the same body, buffered if it is small or JSON, so that the connection is released. Failures are reported to the reader at their position.
    /// </summary>
    /// <param name="body">The body.</param>
    /// <param name="content">The content of the body.</param>
    /// <param name="ct">A token to cancel the operation.</param>
    public static async Task<Stream> OfAsync(Stream body, HttpContent content, CancellationToken ct)
    {
        if (!IsShort(content))
            return body;
        var buffer = new byte[(int)(content.Headers.ContentLength ?? Most) + 1];
        var length = 0;
        try
        {
            int read;
            while (length < buffer.Length && (read = await body.ReadAsync(buffer.AsMemory(length), ct).ConfigureAwait(false)) > 0)
                length += read;
        }
        catch (TransportException exception)
        {
            return new BegunStream(buffer.AsMemory(0, length), body, exception);
        }
        if (length == buffer.Length)
            return new BegunStream(buffer, body, null);
        await body.DisposeAsync().ConfigureAwait(false);
        return new MemoryStream(buffer, 0, length, writable: false);
    }

    private static bool IsShort(HttpContent content)
    {
        if (content.Headers.ContentLength is { } length)
            return length <= Most;
        return content.Headers.ContentType?.MediaType is { } type
            && (type.Equals("application/json", StringComparison.OrdinalIgnoreCase)
                || (type.EndsWith("+json", StringComparison.OrdinalIgnoreCase) && !type.Equals("application/stream+json", StringComparison.OrdinalIgnoreCase)));
    }

    /// <summary>A body whose beginning is buffered.</summary>
    private sealed class BegunStream(ReadOnlyMemory<byte> begun, Stream rest, Exception? failure) : ForwardStream
    {
        private ReadOnlyMemory<byte> _begun = begun;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (_begun.IsEmpty)
                return failure is null ? rest.ReadAsync(buffer, cancellationToken) : ValueTask.FromException<int>(failure);
            var length = Math.Min(buffer.Length, _begun.Length);
            _begun[..length].CopyTo(buffer);
            _begun = _begun[length..];
            return ValueTask.FromResult(length);
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing)
                rest.Dispose();
            base.Dispose(disposing);
        }
    }
}
