using System.Buffers;

namespace Zoetrope.Http.Compression;

/// <summary>
/// The words that every Brotli stream may refer to, and their transforms (RFC 7932, appendices A and B). The words are in <c>brotli-dictionary.txt</c>,
/// in the order of their numbers, and the build compresses them: uncompressed, they would add as much to programs as the rest of this folder.
/// </summary>
internal static partial class BrotliDictionary
{
    /// <summary>The lengths of the shortest and the longest word.</summary>
    public const int Shortest = 4, Longest = 24;

    /// <summary>The maximum length of a transformed word, in bytes.</summary>
    public const int LongestChanged = Longest + 16;

    private const int Length = 122_784;
    private const int Changes = 121;
    private const int UppercaseFirst = 10, UppercaseAll = 11, OmitFirst = 11;

    // The number of bits of a word's index, by its length.
    private static readonly byte[] Bits = [0, 0, 0, 0, 10, 10, 11, 11, 10, 10, 10, 10, 10, 9, 9, 8, 7, 7, 8, 7, 7, 6, 6, 5, 5];

    private static readonly string[] Affixes =
    [
        " ", ", ", " of the ", " of ", "s ", ".", " and ", " in ", "\"", " to ", "\">", "\n", ". ", "]", " for ", " a ", " that ", "'", " with ", " from ",
        " by ", "(", ". The ", " on ", " as ", " is ", "ing ", "\n\t", ":", "ed ", "=\"", " at ", "ly ", ",", "='", ".com/", ". This ", " not ", "er ", "al ",
        "ful ", "ive ", "less ", "est ", "ize ", "\u00A0", "ous ", " the ", "e ", "",
    ];

    // For each transform: the prefix, the operation, and the suffix.
    private static readonly byte[] Rules =
    [
        49, 0, 49, 49, 0, 0, 0, 0, 0, 49, 12, 49, 49, 10, 0, 49, 0, 47, 0, 0, 49, 4, 0, 0, 49, 0, 3, 49, 10, 49, 49, 0, 6, 49, 13, 49, 49, 1, 49, 1, 0, 0,
        49, 0, 1, 0, 10, 0, 49, 0, 7, 49, 0, 9, 48, 0, 0, 49, 0, 8, 49, 0, 5, 49, 0, 10, 49, 0, 11, 49, 3, 49, 49, 0, 13, 49, 0, 14, 49, 14, 49, 49, 2, 49,
        49, 0, 15, 49, 0, 16, 0, 10, 49, 49, 0, 12, 5, 0, 49, 0, 0, 1, 49, 15, 49, 49, 0, 18, 49, 0, 17, 49, 0, 19, 49, 0, 20, 49, 16, 49, 49, 17, 49,
        47, 0, 49, 49, 4, 49, 49, 0, 22, 49, 11, 49, 49, 0, 23, 49, 0, 24, 49, 0, 25, 49, 7, 49, 49, 1, 26, 49, 0, 27, 49, 0, 28, 0, 0, 12, 49, 0, 29,
        49, 20, 49, 49, 18, 49, 49, 6, 49, 49, 0, 21, 49, 10, 1, 49, 8, 49, 49, 0, 31, 49, 0, 32, 47, 0, 3, 49, 5, 49, 49, 9, 49, 0, 10, 1, 49, 10, 8,
        5, 0, 21, 49, 11, 0, 49, 10, 10, 49, 0, 30, 0, 0, 5, 35, 0, 49, 47, 0, 2, 49, 10, 17, 49, 0, 36, 49, 0, 33, 5, 0, 0, 49, 10, 21, 49, 10, 5,
        49, 0, 37, 0, 0, 30, 49, 0, 38, 0, 11, 0, 49, 0, 39, 0, 11, 49, 49, 0, 34, 49, 11, 8, 49, 10, 12, 0, 0, 21, 49, 0, 40, 0, 10, 12, 49, 0, 41,
        49, 0, 42, 49, 11, 17, 49, 0, 43, 0, 10, 5, 49, 11, 10, 0, 0, 34, 49, 10, 33, 49, 0, 44, 49, 11, 5, 45, 0, 49, 0, 0, 33, 49, 10, 30, 49, 11, 30,
        49, 0, 46, 49, 11, 1, 49, 10, 34, 0, 10, 33, 0, 11, 30, 0, 11, 1, 49, 11, 33, 49, 11, 21, 49, 11, 12, 0, 11, 5, 49, 11, 34, 0, 11, 12, 0, 10, 30,
        0, 11, 34, 0, 10, 34,
    ];

    private static byte[]? _words;

    /// <summary>Writes a transformed word.</summary>
    /// <param name="length">The length of the word.</param>
    /// <param name="number">The number of the word, which also determines the transform.</param>
    /// <param name="destination">The destination; <see cref="LongestChanged"/> bytes are enough.</param>
    /// <returns>The number of bytes written; -1 where there is no such word.</returns>
    public static int Write(int length, int number, Span<byte> destination)
    {
        if (length is < Shortest or > Longest || number >> Bits[length] >= Changes)
            return -1;
        var offset = 0;
        for (var shorter = Shortest; shorter < length; shorter++)
            offset += shorter << Bits[shorter];
        var word = (_words ??= Load()).AsSpan(offset + ((number & ((1 << Bits[length]) - 1)) * length), length);
        var rule = (number >> Bits[length]) * 3;
        var written = WriteAffix(Rules[rule], destination);
        written += WriteChanged(word, Rules[rule + 1], destination[written..]);
        return written + WriteAffix(Rules[rule + 2], destination[written..]);
    }

    private static int WriteAffix(int index, Span<byte> destination) => System.Text.Encoding.UTF8.GetBytes(Affixes[index], destination);

    private static int WriteChanged(ReadOnlySpan<byte> word, int change, Span<byte> destination)
    {
        if (change is > 0 and < UppercaseFirst)
            word = word[..Math.Max(0, word.Length - change)];
        else if (change > OmitFirst)
            word = word[Math.Min(word.Length, change - OmitFirst)..];
        word.CopyTo(destination);
        var end = change switch
        {
            UppercaseFirst => 1,
            UppercaseAll => word.Length,
            _ => 0,
        };
        for (var at = 0; at < end;)
            at += MakeUppercase(destination[at..word.Length]);
        return word.Length;
    }

    // The RFC's definition of upper case, which is not Unicode's.
    private static int MakeUppercase(Span<byte> text)
    {
        var first = text[0];
        if (first < 0xC0)
        {
            if (first is >= (byte)'a' and <= (byte)'z')
                text[0] ^= 32;
            return 1;
        }
        if (first < 0xE0)
        {
            if (text.Length > 1)
                text[1] ^= 32;
            return 2;
        }
        if (text.Length > 2)
            text[2] ^= 5;
        return 3;
    }

    private static byte[] Load()
    {
        var words = new byte[Length];
        return new Inflater().Decode(Packed, words, out _, out var written) is OperationStatus.Done or OperationStatus.DestinationTooSmall && written == Length
            ? words
            : throw new InvalidDataException("The embedded Brotli dictionary is corrupt.");
    }
}
