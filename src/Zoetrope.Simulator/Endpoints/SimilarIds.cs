using Zoetrope.Simulator.Text;

namespace Zoetrope.Simulator.Endpoints;

/// <summary>Recognizes ids that were typed wrongly.</summary>
internal static class SimilarIds
{
    private const int MostEdits = 2;

    /// <summary>
    /// The id that was meant: one that differs in a letter or two. One with other digits is another version, such as <c>flux-2</c> beside <c>flux-1</c>, and
    /// short ids differ in as much without being meant. Null where there is none.
    /// </summary>
    /// <param name="id">The id that is not known.</param>
    /// <param name="known">Those that are.</param>
    public static string? Nearest(string id, IEnumerable<string> known) => known
        .Where(other => Digits(other) == Digits(id))
        .Select(other => (Id: other, Edits: Edits(id, other)))
        .Where(other => other.Edits <= Math.Min(MostEdits, id.Length / 8))
        .OrderBy(other => other.Edits)
        .FirstOrDefault().Id;

    private static string Digits(string id) => string.Concat(id.Where(char.IsAsciiDigit));

    // Where the lengths differ by more, so do the ids.
    private static int Edits(string one, string other) =>
        Math.Abs(one.Length - other.Length) > MostEdits ? int.MaxValue : EditDistance.Of(one, other);
}
