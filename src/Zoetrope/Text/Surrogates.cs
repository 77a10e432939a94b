using System.Buffers;

namespace Zoetrope.Text;

/// <summary>Finds unpaired surrogates in texts: such a text is not valid Unicode, and would be sent as an escape that few services take.</summary>
internal static class Surrogates
{
    // IndexOfAnyInRange would do, but allocates unless it is compiled with optimization.
    private static readonly SearchValues<char> Halves = SearchValues.Create(string.Create(0x800, 0, static (all, _) =>
    {
        for (var i = 0; i < all.Length; i++)
            all[i] = (char)(0xD800 + i);
    }));

    /// <summary>The index of the first unpaired surrogate; -1 where there is none.</summary>
    public static int IndexOfLone(ReadOnlySpan<char> text)
    {
        for (var from = 0; ; from += 2)
        {
            var at = text[from..].IndexOfAny(Halves);
            if (at < 0)
                return -1;
            from += at;
            if (char.IsLowSurrogate(text[from]) || from + 1 == text.Length || !char.IsLowSurrogate(text[from + 1]))
                return from;
        }
    }

    /// <summary>Whether a text contains characters above U+FFFF.</summary>
    public static bool HasPairs(ReadOnlySpan<char> text) => text.IndexOfAny(Halves) >= 0;
}
