namespace Zoetrope.Generator.Flows;

/// <summary>
/// The values of a step, a row each. They are objects whatever they are, so that the runtime and the native compiler make code for one kind of tables. Rows
/// that compare equal to those of the run before are those themselves, and so is the array of all of them: what is the same object has not changed.
/// </summary>
internal abstract class FlowTable(Flow flow)
{
    private object?[] _rows = [];
    private int _run;

    /// <summary>The flow.</summary>
    public Flow Flow => flow;

    /// <summary>The rows, made now unless that was done in this run.</summary>
    public object?[] Rows
    {
        get
        {
            if (_run != flow.Run)
                (_rows, _run) = (Make(_rows), flow.Run);
            return _rows;
        }
    }

    /// <summary>A step that makes any number of rows from each of these.</summary>
    /// <param name="make">The function: what it makes of a row, and of the one beside it.</param>
    /// <param name="name">The name in the log, or null.</param>
    /// <param name="beside">A table with one row, which is given to the function with each.</param>
    /// <param name="isLong">Whether it takes long, and is worth several processors.</param>
    public FlowTable Step(
        Func<object?, object?, CancellationToken, object?[]> make, string? name = null, FlowTable? beside = null, bool isLong = false) =>
            new FlowStep(this, beside, make, name, isLong);

    /// <summary>Makes the rows.</summary>
    /// <param name="before">Those of the run before.</param>
    protected abstract object?[] Make(object?[] before);

    /// <summary>Whether rows are the same objects.</summary>
    protected static bool AreSame(IReadOnlyList<object?> rows, object?[] before)
    {
        if (rows.Count != before.Length)
            return false;
        for (var i = 0; i < before.Length; i++)
        {
            if (!ReferenceEquals(rows[i], before[i]))
                return false;
        }
        return true;
    }
}

/// <summary>What a flow is given.</summary>
internal sealed class FlowInput(Flow flow, object?[] rows) : FlowTable(flow)
{
    private object?[] _rows = rows;

    /// <summary>Gives it other rows, in a run that has not read it yet.</summary>
    public void Set(IReadOnlyList<object?> rows)
    {
        if (!AreSame(rows, _rows))
            _rows = [.. rows];
    }

    protected override object?[] Make(object?[] before) => _rows;
}

/// <summary>The rows of several tables.</summary>
internal sealed class FlowUnion(FlowTable[] parts) : FlowTable(parts[0].Flow)
{
    private object?[][] _parts = [];

    protected override object?[] Make(object?[] before)
    {
        object?[][] rows = [.. parts.Select(static part => part.Rows)];
        if (rows.SequenceEqual(_parts))
            return before;
        _parts = rows;
        return [.. rows.SelectMany(static part => part)];
    }
}

/// <summary>All rows of a table in one.</summary>
internal sealed class FlowCollection(FlowTable input, Func<object?[], object> collect) : FlowTable(input.Flow)
{
    private object?[]? _inputs;

    protected override object?[] Make(object?[] before)
    {
        var inputs = input.Rows;
        if (ReferenceEquals(inputs, _inputs))
            return before;
        object?[] rows = [collect(inputs)];
        _inputs = inputs;
        return rows;
    }
}
