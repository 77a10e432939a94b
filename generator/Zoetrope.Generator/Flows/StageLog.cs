namespace Zoetrope.Generator.Flows;

/// <summary>What the named steps of a flow did in its last run.</summary>
public sealed class StageLog
{
    private readonly Dictionary<string, List<LoggedRow>> _steps = new(StringComparer.Ordinal);

    /// <summary>The rows of each step that was read, and those that it has not any more.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<LoggedRow>> Steps =>
        _steps.ToDictionary(static step => step.Key, static step => (IReadOnlyList<LoggedRow>)[.. step.Value], StringComparer.Ordinal);

    internal void Add(string step, object? value, RowChange change)
    {
        if (!_steps.TryGetValue(step, out var rows))
            _steps.Add(step, rows = []);
        rows.Add(new(value, change));
    }

    internal void Clear() => _steps.Clear();
}

/// <summary>One row of a step.</summary>
/// <param name="Value">The value.</param>
/// <param name="Change">What became of it.</param>
public sealed record LoggedRow(object? Value, RowChange Change);

/// <summary>What became of a row since the run before.</summary>
public enum RowChange
{
    /// <summary>Its inputs are the same, so that it was not made again.</summary>
    Cached,

    /// <summary>It was made again, and is equal.</summary>
    Unchanged,

    /// <summary>It was made again, and is another one.</summary>
    Modified,

    /// <summary>There was none before.</summary>
    New,

    /// <summary>There is none any more.</summary>
    Removed,
}
