using System.Buffers;
using System.IO.Compression;
using System.Numerics;

namespace Zoetrope.Tests;

/// <summary>Writes Brotli streams of which each meta-block is one word of the dictionary: encoders do not use all of them, and all their changes.</summary>
internal sealed class BrotliWords
{
    /// <summary>How many changes of a word there are (RFC 7932 appendix B).</summary>
    public const int Changes = 121;

    // Of what a copy may be long, where a word can be: the code, and the bits after it (RFC 7932 section 5).
    private static readonly (int Base, int Extra)[] Copies =
        [(2, 0), (3, 0), (4, 0), (5, 0), (6, 0), (7, 0), (8, 0), (9, 0), (10, 1), (12, 1), (14, 2), (18, 2), (22, 3)];

    private readonly List<byte> _bytes = [];
    private int _count;

    public BrotliWords()
    {
        // A window of 16 MB: what was written before is always in it.
        Write(15, 4);
    }

    /// <summary>How many bytes the words have that were written.</summary>
    public int Total { get; private set; }

    public byte[] ToArray()
    {
        Write(3, 2);
        return [.. _bytes];
    }

    /// <summary>Writes the word of this length and number, which is so long after it was changed.</summary>
    public void Write(int length, int number, int changed)
    {
        WriteBlock(length, Total + number + 1, changed);
        Total += changed;
    }

    /// <summary>How long a word is after it was changed, which .NET's decoder knows.</summary>
    public static int LengthOf(int length, int number)
    {
        var words = new BrotliWords();
        // A meta-block that is longer than the word breaks off after it.
        words.WriteBlock(length, number + 1, 4096);
        using var decoder = new BrotliDecoder();
        Assert.Equal(OperationStatus.NeedMoreData, decoder.Decompress([.. words._bytes], new byte[4096], out _, out var written));
        return written;
    }

    private void WriteBlock(int length, int distance, int size)
    {
        if (size == 0)
            return;
        // Not the last one, of four nibbles, compressed; one type of block of each kind; no distances in codes; one code for all of each kind.
        Write(0, 1);
        Write(0, 2);
        Write(size - 1, 16);
        Write(0, 1);
        Write(0, 3 + 2 + 4 + 2 + 2);
        var copy = Array.FindLastIndex(Copies, code => code.Base <= length);
        WriteOnlySymbol('a', 8);
        WriteOnlySymbol((copy < 8 ? 128 : 192) + (copy & 7), 10);
        var width = BitOperations.Log2((uint)distance + 3) - 1;
        WriteOnlySymbol(16 + (2 * (width - 1)) + (((distance + 3) >> width) & 1), 6);
        Write(length - Copies[copy].Base, Copies[copy].Extra);
        Write((distance + 3) & ((1 << width) - 1), width);
    }

    private void WriteOnlySymbol(int symbol, int width)
    {
        Write(1, 2);
        Write(0, 2);
        Write(symbol, width);
    }

    private void Write(int value, int count)
    {
        for (var bit = 0; bit < count; bit++, _count++)
        {
            if (_count % 8 == 0)
                _bytes.Add(0);
            _bytes[^1] |= (byte)(((value >> bit) & 1) << (_count % 8));
        }
    }
}
