using Zoetrope.Http.Compression;

namespace Zoetrope.Http;

/// <summary>What of a body has arrived, with its coding undone. It is kept whatever went wrong: it may say which job was accepted.</summary>
/// <param name="Bytes">What has arrived, up to the limit.</param>
/// <param name="Failure">Why it is not all; null where it is, or where it is too large.</param>
/// <param name="IsTooLarge">Whether there is more than the limit.</param>
internal readonly record struct ReceivedBody(ReadOnlyMemory<byte> Bytes, Exception? Failure = null, bool IsTooLarge = false)
{
    // Of what is too large anyway.
    private const int LargestPart = 64 * 1024;

    // Memory is taken, and copied, in few steps where the length is announced, and no more of it than the body needs.
    private const int TrustedFactor = 8;

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
                    Array.Resize(ref buffer, LargerSize(length, announced, most));
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

    // What is announced may not come: no size but the last is more than so many times what has. One byte more than all shows the end.
    private static int LargerSize(int length, long? announced, long most)
    {
        var size = announced >= length ? Math.Min((long)length * TrustedFactor, announced.Value) : length * 2L;
        return (int)Math.Min(Math.Min(size, most) + 1, Array.MaxLength);
    }
}
