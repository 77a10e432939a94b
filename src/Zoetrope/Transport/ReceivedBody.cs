namespace Zoetrope.Protocol;

/// <summary>What of a body has arrived, with its coding undone. It is kept whatever went wrong: it may say which job was accepted.</summary>
/// <param name="Bytes">What has arrived, up to the limit.</param>
/// <param name="Failure">Why it is not all; null where it is, or where it is too large.</param>
/// <param name="IsTooLarge">Whether there is more than the limit.</param>
internal readonly record struct ReceivedBody(ReadOnlyMemory<byte> Bytes, Exception? Failure = null, bool IsTooLarge = false)
{
    // Of what is too large anyway.
    private const int LargestPart = 64 * 1024;

    /// <summary>Whether there is, or may be, more of the body.</summary>
    public bool IsPart => IsTooLarge || Failure is not null;

    /// <summary>Reads a body up to a limit. Everything that goes wrong is in the result.</summary>
    /// <param name="content">The body.</param>
    /// <param name="limit">The most bytes to read, after its coding is undone.</param>
    /// <param name="ct">Cancels the reading.</param>
    public static async Task<ReceivedBody> ReadAsync(HttpContent content, long limit, CancellationToken ct)
    {
        var announced = content.Headers.ContentLength;
        var isTooLarge = announced > limit;
        var most = isTooLarge ? Math.Min(limit, LargestPart) : limit;
        var buffer = new byte[(int)Math.Clamp(announced ?? 4096, 16, 1024 * 1024) + 1];
        var length = 0;
        try
        {
            using var stream = ContentCoding.Open(await content.ReadAsStreamAsync(ct).ConfigureAwait(false), content.Headers, limit);
            int read;
            while ((read = await stream.ReadAsync(buffer.AsMemory(length), ct).ConfigureAwait(false)) > 0)
            {
                length += read;
                if (length > most)
                    return new ReceivedBody(buffer.AsMemory(0, (int)most), IsTooLarge: true);
                if (length == buffer.Length)
                    Array.Resize(ref buffer, (int)Math.Min((long)buffer.Length * 2, Array.MaxLength));
            }
        }
        catch (Exception exception)
        {
            // Where the frame of a later chunk is broken, .NET has put the chunks before it into the buffer and does not say how many bytes they have.
            length += buffer.AsSpan(length).LastIndexOfAnyExcept((byte)0) + 1;
            return new ReceivedBody(buffer.AsMemory(0, Math.Min(length, (int)Math.Min(most, int.MaxValue))), exception, isTooLarge);
        }
        return new ReceivedBody(buffer.AsMemory(0, length), IsTooLarge: isTooLarge);
    }
}
