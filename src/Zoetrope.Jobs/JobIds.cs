using System.Buffers.Binary;

namespace Zoetrope.Jobs;

/// <summary>
/// Ids of jobs: UUIDs of version 7 (RFC 9562), whose order is that in which this process made them, because a batch is listed as it was recorded.
/// </summary>
internal static class JobIds
{
    /// <summary>The number of random bytes of an id.</summary>
    public const int RandomBytes = 8;

    private const int MostInAMillisecond = 0x1000;

    private static readonly Lock Turn = new();
    private static long _last;

    /// <summary>Returns the next id: 32 hexadecimal digits.</summary>
    /// <param name="random">Random bytes, which are its own.</param>
    public static string Next(ReadOnlySpan<byte> random)
    {
        long next;
        lock (Turn)
        {
            // Milliseconds, and a counter in twelve bits, which may run ahead of the clock.
            next = _last = Math.Max(TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() * MostInAMillisecond, _last + 1);
        }
        Span<byte> id = stackalloc byte[16];
        random[..RandomBytes].CopyTo(id[8..]);
        BinaryPrimitives.WriteInt64BigEndian(id, next / MostInAMillisecond << 16 | 0x7000 | next % MostInAMillisecond);
        id[8] = (byte)(id[8] & 0x3f | 0x80);
        return Convert.ToHexStringLower(id);
    }
}
