using System.Runtime.CompilerServices;

namespace Zoetrope.Generator.Flows;

/// <summary>
/// Which row of a table each row of the next run corresponds to: the same object, or else one that is in its place and is not there any more. Most edits
/// replace one row, so that both tables begin and end with the same rows.
/// </summary>
internal readonly struct RowMatches
{
    private readonly int[] _inner;

    private RowMatches(int start, int end, int[] inner, int shift) => (Start, End, _inner, Shift) = (start, end, inner, shift);

    /// <summary>How many rows both begin with.</summary>
    public int Start { get; }

    /// <summary>The first of the rows that both end with.</summary>
    public int End { get; }

    /// <summary>How many rows there are more than before.</summary>
    public int Shift { get; }

    /// <summary>The number of the row before; -1 where there is none.</summary>
    public int this[int row] => row < Start ? row : row >= End ? row - Shift : _inner[row - Start];

    /// <summary>Compares two tables.</summary>
    public static RowMatches Of(ArraySegment<object?> before, object?[] after)
    {
        var (start, end, endBefore) = (0, after.Length, before.Count);
        while (start < end && start < endBefore && ReferenceEquals(At(before, start), after[start]))
            start++;
        while (end > start && endBefore > start && ReferenceEquals(At(before, endBefore - 1), after[end - 1]))
            (end, endBefore) = (end - 1, endBefore - 1);
        return new(start, end, Match(before, after, start, end, endBefore), after.Length - before.Count);
    }

    private static int[] Match(ArraySegment<object?> before, object?[] after, int start, int end, int endBefore)
    {
        var matches = new int[end - start];
        var isTaken = new bool[endBefore - start];
        // One row for another needs none, as mostly.
        var numbers = matches.Length > 1 || isTaken.Length > 1 ? NumbersOf(before, start, endBefore) : null;
        for (var i = 0; i < matches.Length; i++)
        {
            matches[i] = after[start + i] is { } row && numbers?.TryGetValue(row, out var number) == true ? number : -1;
            if (matches[i] >= 0)
                isTaken[matches[i] - start] = true;
        }
        var next = start;
        for (var i = 0; i < matches.Length; i++)
        {
            if (matches[i] < 0 && next < endBefore && !isTaken[next - start])
                matches[i] = next;
            if (matches[i] >= 0)
                next = matches[i] + 1;
        }
        return matches;
    }

    private static Dictionary<object, int> NumbersOf(ArraySegment<object?> rows, int start, int end)
    {
        var numbers = new Dictionary<object, int>(end - start, ReferenceComparer.Instance);
        for (var i = start; i < end; i++)
        {
            if (At(rows, i) is { } row)
                numbers[row] = i;
        }
        return numbers;
    }

    private static object? At(ArraySegment<object?> rows, int row) => rows.Array![rows.Offset + row];

    private sealed class ReferenceComparer : IEqualityComparer<object>
    {
        public static readonly ReferenceComparer Instance = new();

        bool IEqualityComparer<object>.Equals(object? x, object? y) => ReferenceEquals(x, y);

        int IEqualityComparer<object>.GetHashCode(object row) => RuntimeHelpers.GetHashCode(row);
    }
}
