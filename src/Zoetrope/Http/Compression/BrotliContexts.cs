namespace Zoetrope.Http.Compression;

/// <summary>The context of a literal, which is computed from the two bytes before it (RFC 7932 section 7.1).</summary>
internal static class BrotliContexts
{
    // For ASCII as the last byte of UTF-8.
    private static readonly byte[] Last =
    [
        0, 0, 0, 0, 0, 0, 0, 0, 0, 4, 4, 0, 0, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        8, 12, 16, 12, 12, 20, 12, 16, 24, 28, 12, 12, 32, 12, 36, 12, 44, 44, 44, 44, 44, 44, 44, 44, 44, 44, 32, 32, 24, 40, 28, 12,
        12, 48, 52, 52, 52, 48, 52, 52, 52, 48, 52, 52, 52, 52, 52, 48, 52, 52, 52, 52, 52, 48, 52, 52, 52, 52, 52, 24, 12, 28, 12, 12,
        12, 56, 60, 60, 60, 56, 60, 60, 60, 56, 60, 60, 60, 60, 60, 56, 60, 60, 60, 60, 60, 56, 60, 60, 60, 60, 60, 24, 12, 28, 12, 0,
    ];

    /// <summary>Returns the context, from 0 to 63.</summary>
    /// <param name="mode">The context mode.</param>
    /// <param name="last">The last byte.</param>
    /// <param name="before">The one before it.</param>
    public static int Of(int mode, byte last, byte before) => mode switch
    {
        0 => last & 63,
        1 => last >> 2,
        2 => (last < 128 ? Last[last] : (last & 1) + (last < 192 ? 0 : 2)) | Kind(before),
        _ => (Size(last) << 3) | Size(before),
    };

    private static int Kind(byte unit) => unit switch
    {
        <= (byte)' ' or 127 or (>= 128 and < 224) => 0,
        (>= (byte)'0' and <= (byte)'9') or (>= (byte)'A' and <= (byte)'Z') or >= 224 => 2,
        >= (byte)'a' and <= (byte)'z' => 3,
        _ => 1,
    };

    private static int Size(byte unit) => unit switch
    {
        0 => 0,
        < 16 => 1,
        < 64 => 2,
        < 128 => 3,
        < 192 => 4,
        < 240 => 5,
        < 255 => 6,
        _ => 7,
    };
}
