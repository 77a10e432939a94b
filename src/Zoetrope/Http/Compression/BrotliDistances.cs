namespace Zoetrope.Http.Compression;

/// <summary>How far back copies begin: the last four distances, and the codes for one of them, one near them, or another one (RFC 7932 section 4).</summary>
internal sealed class BrotliDistances
{
    /// <summary>How many codes mean a distance of before, or one near it.</summary>
    public const int RecentCodes = 16;

    private readonly int[] _recent = [16, 15, 11, 4];
    private int _last = 3;

    /// <summary>The last distance.</summary>
    public int Last => _recent[_last];

    /// <summary>A distance was used which the next codes may refer to.</summary>
    public void Add(int distance)
    {
        _last = (_last + 1) & 3;
        _recent[_last] = distance;
    }

    /// <summary>Reads what follows the code; false where that is not all there.</summary>
    /// <param name="bits">The bits.</param>
    /// <param name="code">The code.</param>
    /// <param name="header">The header of the meta-block.</param>
    /// <param name="distance">The distance; of a stream that is not valid it can be below 1.</param>
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
