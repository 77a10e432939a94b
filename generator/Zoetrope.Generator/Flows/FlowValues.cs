using System.Collections.Immutable;

namespace Zoetrope.Generator.Flows;

/// <summary>Any number of values of a flow. All functions given to it must be pure.</summary>
internal sealed class FlowValues<T>(FlowTable table)
{
    /// <summary>The table with a row for each.</summary>
    public FlowTable Table => table;

    /// <summary>A value made from each.</summary>
    /// <param name="step">The function.</param>
    /// <param name="name">The name in the log, or null.</param>
    /// <param name="anchor">
    /// The object that a remembered output is kept with, where the host remembers outside the flow (see <see cref="StageCache"/>): it must be the same object
    /// for as long as the document stays the same, and no other step may have it. Null to remember nothing there.
    /// </param>
    public FlowValues<TOut> Select<TOut>(Func<T, CancellationToken, TOut> step, string? name = null, Func<T, object>? anchor = null)
        where TOut : class => new(table.Step(Each(step, anchor), name));

    /// <summary>A value made from each, on all processors where the host wants that and there are several to make: for steps that take long.</summary>
    /// <inheritdoc cref="Select"/>
    public FlowValues<TOut> SelectInParallel<TOut>(Func<T, CancellationToken, TOut> step, string name, Func<T, object>? anchor = null)
        where TOut : class => new(table.Step(Each(step, anchor), name, isLong: true));

    /// <summary>Any number of values made from each.</summary>
    public FlowValues<TOut> SelectMany<TOut>(Func<T, CancellationToken, IEnumerable<TOut>> step, string? name = null) =>
        new(table.Step((row, _, token) => [.. step((T)row!, token).Select(static output => (object?)output)], name));

    /// <summary>The values made from each, without those that are null.</summary>
    public FlowValues<TOut> Choose<TOut>(Func<T, TOut?> step, string? name = null)
        where TOut : class => new(table.Step((row, _, _) => step((T)row!) is { } output ? [output] : [], name));

    /// <summary>Those for which the condition holds.</summary>
    public FlowValues<T> Where(Func<T, bool> condition) => new(table.Step((row, _, _) => condition((T)row!) ? [row] : []));

    /// <summary>Each with the one value.</summary>
    public FlowValues<Pair<T, TOther>> Combine<TOther>(FlowValue<TOther> other) =>
        new(table.Step(static (row, right, _) => [new Pair<T, TOther>((T)row!, (TOther)right!)], beside: other.Table));

    /// <summary>All of them as one value.</summary>
    public FlowValue<ImmutableArray<T>> Collect() =>
        new(new FlowCollection(table, static rows => rows.Select(static row => (T)row!).ToImmutableArray()));

    private Func<object?, object?, CancellationToken, object?[]> Each<TOut>(Func<T, CancellationToken, TOut> step, Func<T, object>? anchor) =>
        (row, _, token) => [table.Flow.Make((T)row!, step, anchor, token)];
}
