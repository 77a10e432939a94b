namespace Zoetrope.Generator.Flows;

/// <summary>The rows that a step makes of each row of another table, in their order.</summary>
/// <param name="input">The other table.</param>
/// <param name="beside">A table with one row, which is given to the function with each; null for none.</param>
/// <param name="make">The function.</param>
/// <param name="name">The name in the log, or null.</param>
/// <param name="isLong">Whether the function takes long, and is worth several processors.</param>
internal sealed class FlowStep(
    FlowTable input, FlowTable? beside, Func<object?, object?, CancellationToken, object?[]> make, string? name, bool isLong) : FlowTable(input.Flow)
{
    // A few, as after an edit, take less time than other threads to start.
    private const int Several = 8;

    private object?[] _inputs = [];
    private object? _beside;

    // Where the rows of each input end.
    private int[] _ends = [];

    protected override object?[] Make(object?[] before)
    {
        var inputs = input.Rows;
        var right = beside?.Rows[0];
        var isBesideSame = ReferenceEquals(right, _beside);
        if (isBesideSame && ReferenceEquals(inputs, _inputs))
        {
            Log(before, 0, before.Length, RowChange.Cached);
            return before;
        }
        var matches = RowMatches.Of(new(_inputs), inputs);
        // What is beside belongs to every row.
        var (start, end) = isBesideSame ? (matches.Start, matches.End) : (0, inputs.Length);
        var made = new object?[]?[end - start];
        var changed = new List<int>();
        for (var i = start; i < end; i++)
        {
            if (!isBesideSame || matches[i] < 0 || !ReferenceEquals(inputs[i], _inputs[matches[i]]))
                changed.Add(i);
        }
        ForEach(changed, i => made[i - start] = make(inputs[i], right, Flow.Token));
        var (rows, ends) = Merge(before, inputs.Length, matches, made, start);
        LogRemoved(before, inputs.Length, matches);
        (_inputs, _beside, _ends) = (inputs, right, ends);
        return AreSame(rows, before) ? before : [.. rows];
    }

    private void ForEach(List<int> inputs, Action<int> call)
    {
        if (isLong && inputs.Count >= Several)
        {
            Flow.ForEach(inputs.Count, i => call(inputs[i]), Flow.Token);
            return;
        }
        foreach (var i in inputs)
        {
            Flow.Token.ThrowIfCancellationRequested();
            call(i);
        }
    }

    /// <summary>Joins what was made, which begins at an input, with what is kept. Null is made of inputs that are kept.</summary>
    private (List<object?> Rows, int[] Ends) Merge(object?[] before, int count, RowMatches matches, object?[]?[] made, int start)
    {
        var rows = new List<object?>(before.Length);
        var ends = new int[count];
        Keep(rows, before, 0, StartOf(start));
        Array.Copy(_ends, ends, start);
        for (var i = start; i < start + made.Length; i++)
        {
            var match = matches[i];
            var (from, to) = match < 0 ? (0, 0) : (StartOf(match), _ends[match]);
            if (made[i - start] is { } outputs)
                Replace(rows, before, from, to, outputs);
            else
                Keep(rows, before, from, to);
            ends[i] = rows.Count;
        }
        var rest = start + made.Length;
        if (rest == count)
            return (rows, ends);
        var shift = rows.Count - StartOf(rest - matches.Shift);
        Keep(rows, before, StartOf(rest - matches.Shift), before.Length);
        for (var i = rest; i < count; i++)
            ends[i] = _ends[i - matches.Shift] + shift;
        return (rows, ends);
    }

    private int StartOf(int input) => input == 0 ? 0 : _ends[input - 1];

    private void Keep(List<object?> rows, object?[] before, int from, int to)
    {
        rows.AddRange(new ArraySegment<object?>(before, from, to - from));
        Log(before, from, to, RowChange.Cached);
    }

    private void Replace(List<object?> rows, object?[] before, int from, int to, object?[] outputs)
    {
        var matches = RowMatches.Of(new(before, from, to - from), outputs);
        for (var i = 0; i < outputs.Length; i++)
        {
            var known = matches[i] < 0 ? null : before[from + matches[i]];
            var change = matches[i] < 0 ? RowChange.New : Equals(outputs[i], known) ? RowChange.Unchanged : RowChange.Modified;
            rows.Add(change == RowChange.Unchanged ? known : outputs[i]);
            Log(rows, rows.Count - 1, rows.Count, change);
        }
        if (Flow.Log is null)
            return;
        foreach (var row in Enumerable.Range(0, to - from).Except(Enumerable.Range(0, outputs.Length).Select(i => matches[i])))
            Log(before, from + row, from + row + 1, RowChange.Removed);
    }

    private void Log(IReadOnlyList<object?> rows, int from, int to, RowChange change)
    {
        if (name is null || Flow.Log is not { } log)
            return;
        for (var i = from; i < to; i++)
            log.Add(name, rows[i], change);
    }

    private void LogRemoved(object?[] before, int count, RowMatches matches)
    {
        if (Flow.Log is null)
            return;
        foreach (var input in Enumerable.Range(0, _inputs.Length).Except(Enumerable.Range(0, count).Select(i => matches[i])))
            Log(before, StartOf(input), _ends[input], RowChange.Removed);
    }
}
