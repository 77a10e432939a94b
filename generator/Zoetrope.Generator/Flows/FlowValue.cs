namespace Zoetrope.Generator.Flows;

/// <summary>One value of a flow. All functions given to it must be pure.</summary>
internal sealed class FlowValue<T>(FlowTable table)
{
    /// <summary>The table with its row.</summary>
    public FlowTable Table => table;

    /// <summary>A value made from this one.</summary>
    public FlowValue<TOut> Select<TOut>(Func<T, CancellationToken, TOut> step, string? name = null) =>
        new(table.Step((row, _, token) => [step((T)row!, token)], name));

    /// <summary>Any number of values made from this one.</summary>
    public FlowValues<TOut> SelectMany<TOut>(Func<T, CancellationToken, IEnumerable<TOut>> step, string? name = null) =>
        new FlowValues<T>(table).SelectMany(step, name);

    /// <summary>The value made from this one, where it is not null.</summary>
    public FlowValues<TOut> Choose<TOut>(Func<T, TOut?> step, string? name = null)
        where TOut : class => new FlowValues<T>(table).Choose(step, name);

    /// <summary>Both values.</summary>
    public FlowValue<Pair<T, TOther>> Combine<TOther>(FlowValue<TOther> other) => new(new FlowValues<T>(table).Combine(other).Table);
}
