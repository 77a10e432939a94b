namespace Zoetrope.Protocol;

/// <summary>Reads a body up to a limit.</summary>
internal static class BoundedBody
{
    /// <summary>Reads a body; null when it is larger than the limit.</summary>
    /// <param name="content">The body.</param>
    /// <param name="limit">The most bytes to read.</param>
    /// <param name="keepPart">Of an error only the status must arrive: what was read of the body is kept when it is too large or breaks off.</param>
    /// <param name="ct">Gives up.</param>
    public static async Task<ReadOnlyMemory<byte>?> ReadAsync(HttpContent content, long limit, bool keepPart, CancellationToken ct)
    {
        var announced = content.Headers.ContentLength;
        if (announced > limit && !keepPart)
            return null;
        var buffer = new byte[(int)Math.Clamp(announced ?? 4096, 16, 1024 * 1024) + 1];
        var length = 0;
        try
        {
            using var stream = await content.ReadAsStreamAsync(ct).ConfigureAwait(false);
            int read;
            while ((read = await stream.ReadAsync(buffer.AsMemory(length), ct).ConfigureAwait(false)) > 0)
            {
                length += read;
                if (length > limit)
                {
                    if (!keepPart)
                        return null;
                    length = (int)limit;
                    break;
                }
                if (length == buffer.Length)
                    Array.Resize(ref buffer, (int)Math.Min((long)buffer.Length * 2, Array.MaxLength));
            }
        }
        catch (Exception exception) when (keepPart && exception is HttpRequestException or IOException)
        {
            // The status has arrived and says more than the broken body.
        }
        return buffer.AsMemory(0, length);
    }
}
