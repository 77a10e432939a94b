namespace Zoetrope.Http.Compression;

/// <summary>The distances of copies: the last four, and the codes for one of them, one near them, or another one (RFC 7932 section 4).</summary>
internal sealed class BrotliDistances
{
    /// <summary>The number of codes that refer to a previous distance, or one near it.</summary>
    public const int RecentCodes = 16;

    private readonly int[] _recent = [16, 15, 11, 4];
    private int _last = 3;

    /// <summary>The last distance.</summary>
    public int Last => _recent[_last];

    /// <summary>Records a distance that the next codes may refer to.</summary>
    public void Add(int distance)
    {
        _last = (_last + 1) & 3;
        _recent[_last] = distance;
    }

    /// <summary>Reads the extra bits of the code; false where they are not all available.</summary>
    /// <param name="bits">The bits.</param>
    /// <param name="code">The code.</param>
    /// <param name="header">The header of the meta-block.</param>
    /// <param name="distance">The distance; it can be below 1 if the stream is not valid.</param>
    public bool TryRead(ref BitReader bits, int code, BrotliHeader header, out int distance)
    {
        if (code < RecentCodes)
        {
            distance = code switch
            {
                < 4 => Recent(code),
                < 10 => Recent(0) + Near(code - 4),
                _ => Recent(1) + Near(code - 10),
            };
            return true;
        }
        code -= RecentCodes;
        var (postfix, direct) = (header.Postfix, header.Direct);
        distance = code + 1;
        if (code < direct)
            return true;
        code -= direct;
        var length = 1 + (code >> (postfix + 1));
        if (!bits.TryRead(length, out var more))
            return false;
        var high = code >> postfix;
        var low = code & ((1 << postfix) - 1);
        distance = ((((2 + (high & 1)) << length) - 4 + more) << postfix) + low + direct + 1;
        return true;
    }

    private int Recent(int age) => _recent[(_last - age) & 3];

    private static int Near(int step) => (step & 1) == 0 ? -((step >> 1) + 1) : (step >> 1) + 1;
}
