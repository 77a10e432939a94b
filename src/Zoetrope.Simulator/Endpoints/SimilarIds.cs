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

    private static int Edits(string one, string other)
    {
        if (Math.Abs(one.Length - other.Length) > MostEdits)
            return int.MaxValue;
        var row = Enumerable.Range(0, other.Length + 1).ToArray();
        for (var i = 1; i <= one.Length; i++)
        {
            (var diagonal, row[0]) = (row[0], i);
            for (var j = 1; j <= other.Length; j++)
            {
                var replaced = diagonal + (char.ToLowerInvariant(one[i - 1]) == char.ToLowerInvariant(other[j - 1]) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, Math.Min(row[j], row[j - 1]) + 1);
            }
        }
        return row[other.Length];
    }
}
