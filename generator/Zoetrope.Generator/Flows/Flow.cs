using System.Collections.Immutable;

namespace Zoetrope.Generator.Flows;

/// <summary>
/// Values that are made of other values, step by step. It remembers what it made: a run makes again only what is made of inputs that are others since the run
/// before. The compiler has such tables as well, but copies each of them whenever one document changes; a step of this one that nothing changed for costs a
/// comparison of two references. One thread at a time may use it.
/// </summary>
/// <param name="cache">What was made before, where that is kept elsewhere; null to remember it here alone.</param>
/// <param name="log">Receives what the steps did; null for nothing.</param>
internal sealed class Flow(StageCache? cache = null, StageLog? log = null)
{
    /// <summary>Calls a function with each number below another one, on as many processors as the host wants. In their order by default.</summary>
    public Action<int, Action<int>, CancellationToken> ForEach { get; init; } = static (count, call, _) =>
    {
        for (var i = 0; i < count; i++)
            call(i);
    };

    /// <summary>The number of the run.</summary>
    public int Run { get; private set; }

    /// <summary>Cancels the run.</summary>
    public CancellationToken Token { get; private set; }

    /// <summary>Receives what the steps did.</summary>
    public StageLog? Log => log;

    /// <summary>A flow that runs once.</summary>
    /// <param name="cancellationToken">Cancels it.</param>
    /// <param name="cache">What was made before; null for nothing.</param>
    public static Flow Once(CancellationToken cancellationToken, StageCache? cache = null)
    {
        var flow = new Flow(cache);
        flow.Begin(cancellationToken);
        return flow;
    }

    /// <summary>Begins a run: inputs that are set after it are made into something when that is read.</summary>
    public void Begin(CancellationToken cancellationToken)
    {
        (Run, Token) = (Run + 1, cancellationToken);
        log?.Clear();
    }

    /// <summary>One value.</summary>
    public FlowValue<T> Value<T>(T value) => new(new FlowInput(this, [value]));

    /// <summary>Any number of values.</summary>
    public FlowValues<T> Values<T>(ImmutableArray<T> values) => new(new FlowInput(this, [.. values.Select(static value => (object?)value)]));

    /// <summary>The values of several.</summary>
    public static FlowValues<T> All<T>(params FlowValues<T>[] parts) => new(new FlowUnion([.. parts.Select(static part => part.Table)]));

    /// <summary>The value, made now.</summary>
    public static T ValueOf<T>(FlowValue<T> value) => (T)value.Table.Rows[0]!;

    /// <summary>The values, made now.</summary>
    public static IEnumerable<T> ValuesOf<T>(FlowValues<T> values) => values.Table.Rows.Select(static row => (T)row!);

    /// <summary>What a step makes of a value: the one from before, where the host keeps it elsewhere and the value compares equal to that of before.</summary>
    internal TOut Make<T, TOut>(T value, Func<T, CancellationToken, TOut> step, Func<T, object>? anchor, CancellationToken token) =>
        cache is null || anchor is null ? step(value, token) : cache.GetOrAdd(anchor(value), value, input => step(input, token));
}
