namespace Zoetrope.Http.Compression;

/// <summary>The last bytes of the content, from which later ones are copied.</summary>
/// <param name="size">The maximum distance of a copy: a power of two.</param>
internal sealed class CopyWindow(int size)
{
    // Most content is far smaller than the largest windows.
    private byte[] _bytes = new byte[Math.Min(size, 32 * 1024)];

    /// <summary>The number of bytes of content.</summary>
    public long Total { get; private set; }

    /// <summary>Discards the content.</summary>
    public void Clear() => Total = 0;

    /// <summary>Returns the byte at a distance before the end of the bytes written after <see cref="Total"/>; zero before the beginning.</summary>
    public byte Before(int distance, ReadOnlySpan<byte> writtenSince)
    {
        if (distance <= writtenSince.Length)
            return writtenSince[^distance];
        distance -= writtenSince.Length;
        return distance > Total ? (byte)0 : _bytes[(int)((Total - distance) & (_bytes.Length - 1))];
    }

    /// <summary>Copies content from a distance that was validated.</summary>
    /// <param name="distance">The distance to the beginning of the copy.</param>
    /// <param name="length">The number of bytes to copy; more than the distance repeats them.</param>
    /// <param name="destination">The destination.</param>
    /// <param name="written">The number of bytes written to it since <see cref="Total"/>; the copy follows them.</param>
    public void Copy(int distance, int length, Span<byte> destination, int written)
    {
        var end = written + length;
        while (written < end && distance > written)
        {
            var back = distance - written;
            var at = (int)((Total - back) & (_bytes.Length - 1));
            var run = Math.Min(Math.Min(back, end - written), _bytes.Length - at);
            _bytes.AsSpan(at, run).CopyTo(destination[written..]);
            written += run;
        }
        // Each copy of repeated bytes doubles the length of the next one.
        var start = written - distance;
        while (written < end)
        {
            var run = Math.Min(written - start, end - written);
            destination.Slice(start, run).CopyTo(destination[written..]);
            written += run;
        }
    }

    /// <summary>Adds the bytes that were written.</summary>
    public void Append(ReadOnlySpan<byte> content)
    {
        while (_bytes.Length < size && Total + content.Length > _bytes.Length)
            Array.Resize(ref _bytes, _bytes.Length * 2);
        Total += content.Length;
        if (content.Length > _bytes.Length)
            content = content[^_bytes.Length..];
        var at = (int)((Total - content.Length) & (_bytes.Length - 1));
        var run = Math.Min(content.Length, _bytes.Length - at);
        content[..run].CopyTo(_bytes.AsSpan(at));
        content[run..].CopyTo(_bytes);
    }
}
