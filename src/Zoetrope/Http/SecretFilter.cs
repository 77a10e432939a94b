using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Zoetrope.Http;

/// <summary>
/// Finds candidate positions of secrets by the first bytes of each, sixteen positions at a time where the machine supports it, so that searching for a key
/// costs far less than parsing the text, whatever the key and the text are.
/// </summary>
internal sealed class SecretFilter
{
    private const int Looked = 4;
    private const int Buckets = 4;

    // For secrets that are written with separators, whose next characters are further away.
    private const byte Spaced = 1 << Buckets;

    // The bytes that end a scan, in three sets that the halves of a byte distinguish (except for '_' and '|', which end it, too): anything may follow them.
    private const byte Unseen = 0x20;
    private const byte EscapeOfAddress = 0x40;
    private const byte EscapeOfJson = 0x80;

    // For each of the first characters, and each byte there, a bit for each secret that has it, which those share whose indexes are equal modulo 8: each client
    // keeps this table. Most candidates are ruled out after two.
    private readonly byte[] _exact = new byte[Looked * 256];

    // Whether all secrets are printable ASCII without escape signs, as keys are: then a byte that is not part of a secret, in any spelling, ends the scan.
    private readonly bool _isPlain = true;

    // For each of the first characters, the sets of secrets by the lower half of a byte, and by the upper half; a byte has the sets that both halves have.
    private readonly byte[] _halves = new byte[Looked * 32];

    /// <summary>Initializes a new instance of the <see cref="SecretFilter"/> class.</summary>
    /// <param name="secrets">The secrets, of at least four characters each.</param>
    /// <param name="words">Further secrets; their indexes follow those of the others.</param>
    public SecretFilter(List<SecretSpelling> secrets, List<SecretSpelling> words)
    {
        var (together, spaced) = (0UL, 0UL);
        // A bit for each, as long as the sets are computed.
        var exact = new ulong[_exact.Length];
        for (var index = 0; index < secrets.Count + words.Count; index++)
        {
            var spelling = index < secrets.Count ? secrets[index] : words[index - secrets.Count];
            var secret = 1UL << (index & 63);
            _isPlain &= spelling.IsPlain;
            if (spelling.TakesSeparators)
                spaced |= secret;
            else
                together |= secret;
            for (var at = 0; at < exact.Length; at++)
            {
                if (spelling.CanHave((byte)at, at >> 8))
                    exact[at] |= secret;
            }
        }
        for (var at = 0; at < exact.Length; at++)
        {
            _exact[at] = Folded(exact[at]);
            var sets = Ends((byte)at, at >> 8);
            // The bytes that end a scan are not added to the other sets: they would be in nearly all of them.
            if (sets == 0)
                sets = (byte)(SetsOf(exact[at] & together) | (IsSpaced(exact, at, spaced) ? Spaced : 0));
            _halves[(at >> 8 << 5) | (at & 0xF)] |= sets;
            _halves[(at >> 8 << 5) | 16 | ((at >> 4) & 0xF)] |= sets;
        }
    }

    /// <summary>Returns the next candidate index; negative where there is none.</summary>
    /// <param name="text">The text.</param>
    /// <param name="from">The index to start at.</param>
    /// <param name="which">A bit for each candidate secret, at its index modulo 8.</param>
    public int Next(ReadOnlySpan<byte> text, int from, out int which)
    {
        if (Vector128.IsHardwareAccelerated)
        {
            for (var last = text.Length - Vector128<byte>.Count - Looked; from <= last; from += Vector128<byte>.Count)
            {
                for (var positions = Positions(ref MemoryMarshal.GetReference(text[from..])); positions != 0; positions &= positions - 1)
                {
                    var at = from + BitOperations.TrailingZeroCount(positions);
                    which = MayStand(text[at..]);
                    if (which != 0)
                        return at;
                }
            }
        }
        for (; from < text.Length; from++)
        {
            which = MayStand(text[from..]);
            if (which != 0)
                return from;
        }
        which = 0;
        return -1;
    }

    private static byte Ends(byte value, int position)
    {
        if (SecretSpelling.IsEscape(value))
            return value == '\\' ? EscapeOfJson : EscapeOfAddress;
        if (position == 0 || value is >= 0x20 and < 0x7F)
            return 0;
        return value == 0x7F ? EscapeOfJson : Unseen;
    }

    private static byte Folded(ulong secrets)
    {
        secrets |= secrets >> 32;
        secrets |= secrets >> 16;
        return (byte)(secrets | (secrets >> 8));
    }

    private static int SetsOf(ulong secrets)
    {
        var sets = 0;
        for (; secrets != 0; secrets >>>= Buckets)
            sets |= (int)secrets & ((1 << Buckets) - 1);
        return sets;
    }

    // After separators, a character may be at any position after its own.
    private static bool IsSpaced(ulong[] exact, int at, ulong spaced)
    {
        var found = exact[at];
        for (var before = at - 256; before >= 256; before -= 256)
            found |= exact[before];
        return (found & spaced) != 0;
    }

    // A bit for each of sixteen candidate positions; a superset of the true ones.
    private uint Positions(ref byte text)
    {
        var begins = Vector128<byte>.AllBitsSet;
        for (var position = Looked - 1; position >= 0; position--)
        {
            var sets = Sets(ref text, position);
            begins = Vector128.Equals(Vector128.Max(sets, Vector128.Create(Unseen)), sets) | (sets & begins);
        }
        return ~Vector128.Equals(begins, Vector128<byte>.Zero).ExtractMostSignificantBits() & 0xFFFF;
    }

    private Vector128<byte> Sets(ref byte text, int position)
    {
        ref var halves = ref MemoryMarshal.GetArrayDataReference(_halves);
        var bytes = Vector128.LoadUnsafe(ref text, (nuint)position);
        var lower = Vector128.ShuffleNative(Vector128.LoadUnsafe(ref halves, (nuint)(position << 5)), bytes & Vector128.Create((byte)0xF));
        return lower & Vector128.ShuffleNative(Vector128.LoadUnsafe(ref halves, (nuint)((position << 5) | 16)), bytes >>> 4);
    }

    // The candidate secrets. Characters after a separator are not checked here.
    private int MayStand(ReadOnlySpan<byte> text)
    {
        var left = (int)byte.MaxValue;
        var unseen = 0;
        for (int at = 0, index = 0; at < text.Length && index < Looked && left != 0;)
        {
            var value = text[at];
            var isSeparator = SecretSpelling.IsSeparator(value);
            var length = 1;
            if (SecretSpelling.IsEscape(value) || SecretSpelling.MayBeUnseen(value))
            {
                if (!_isPlain)
                    return left & _exact[(index << 8) | value];
                length = SecretSpelling.Read(text[at..], out var code);
                if (length == 0 || code > 0x7E)
                    return 0;
                if (code == SecretSpelling.Nothing)
                {
                    if (index == 0 || ++unseen > SecretSpelling.MostUnseen)
                        return 0;
                    at += length;
                    continue;
                }
                value = (byte)code;
            }
            left &= _exact[(index << 8) | value];
            if (isSeparator)
                break;
            at += length;
            index++;
            unseen = 0;
        }
        return left;
    }
}
