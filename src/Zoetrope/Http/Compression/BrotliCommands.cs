namespace Zoetrope.Http.Compression;

/// <summary>The number of literals that a command inserts, and the length of the copy after them (RFC 7932 section 5).</summary>
internal static class BrotliCommands
{
    /// <summary>The first command that is followed by a distance. Lower ones use the last distance.</summary>
    public const int FirstWithDistance = 128;

    private static readonly int[] InsertBase = [0, 1, 2, 3, 4, 5, 6, 8, 10, 14, 18, 26, 34, 50, 66, 98, 130, 194, 322, 578, 1090, 2114, 6210, 22594];
    private static readonly byte[] InsertExtra = [0, 0, 0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 7, 8, 9, 10, 12, 14, 24];
    private static readonly int[] CopyBase = [2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 14, 18, 22, 30, 38, 54, 70, 102, 134, 198, 326, 582, 1094, 2118];
    private static readonly byte[] CopyExtra = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 7, 8, 9, 10, 24];

    // For each cell of 64 commands, the first insert code and the first copy code.
    private static readonly byte[] InsertCell = [0, 0, 0, 0, 8, 8, 0, 16, 8, 16, 16];
    private static readonly byte[] CopyCell = [0, 8, 0, 8, 0, 8, 16, 0, 16, 8, 16];

    /// <summary>Reads the extra bits of the command; false where they are not all available.</summary>
    public static bool TryRead(ref BitReader bits, int command, out int insert, out int copy)
    {
        var insertCode = InsertCell[command >> 6] + ((command >> 3) & 7);
        var copyCode = CopyCell[command >> 6] + (command & 7);
        copy = 0;
        if (!bits.TryRead(InsertExtra[insertCode], out insert) || !bits.TryRead(CopyExtra[copyCode], out copy))
            return false;
        insert += InsertBase[insertCode];
        copy += CopyBase[copyCode];
        return true;
    }
}
