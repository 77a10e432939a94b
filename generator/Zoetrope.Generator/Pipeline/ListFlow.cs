using System.Collections.Immutable;

namespace Zoetrope.Generator.Pipeline;

/// <summary>The pipeline outside the compiler: what is read is made, once.</summary>
/// <param name="cache">What was made before, or null to remember nothing.</param>
/// <param name="cancellationToken">A token to cancel the operation.</param>
internal sealed class ListFlow(StageCache? cache, CancellationToken cancellationToken)
{
    /// <summary>One value.</summary>
    public ListValue<T> Value<T>(T value) => new(this, () => value);

    /// <summary>Any number of values.</summary>
    public ListValues<T> Values<T>(ImmutableArray<T> values) => new(this, () => values);

    /// <summary>The values, made now.</summary>
    public static IEnumerable<T> ValuesOf<T>(FlowValues<T> values) => ((ListValues<T>)values).Values;

    private TOut Run<TIn, TOut>(TIn input, Func<TIn, CancellationToken, TOut> step, Func<TIn, object>? anchor = null)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return anchor is null || cache is null ? step(input, cancellationToken) : cache.GetOrAdd(anchor(input), input, value => step(value, cancellationToken));
    }

    /// <summary>One value that is made when it is read.</summary>
    internal sealed class ListValue<T>(ListFlow flow, Func<T> make) : FlowValue<T>
    {
        private readonly Once<T> _value = new(make);

        public T Value => _value.Value;

        public override FlowValue<TOut> Select<TOut>(Func<T, CancellationToken, TOut> step, string? name) =>
            new ListValue<TOut>(flow, () => flow.Run(Value, step));

        public override FlowValues<TOut> SelectMany<TOut>(Func<T, CancellationToken, IEnumerable<TOut>> step, string? name) =>
            new ListValues<TOut>(flow, () => flow.Run(Value, step).ToImmutableArray());

        public override FlowValue<Pair<T, TOther>> Combine<TOther>(FlowValue<TOther> other) =>
            new ListValue<Pair<T, TOther>>(flow, () => new(Value, ((ListValue<TOther>)other).Value));
    }

    /// <summary>Values that are made when they are read.</summary>
    internal sealed class ListValues<T>(ListFlow flow, Func<ImmutableArray<T>> make) : FlowValues<T>
    {
        private readonly Once<ImmutableArray<T>> _values = new(make);

        public ImmutableArray<T> Values => _values.Value;

        public override FlowValues<TOut> Select<TOut>(Func<T, CancellationToken, TOut> step, string? name, Func<T, object>? anchor) =>
            new ListValues<TOut>(flow, () => Values.Select(value => flow.Run(value, step, anchor)).ToImmutableArray());

        public override FlowValues<TOut> SelectInParallel<TOut>(Func<T, CancellationToken, TOut> step, string name, Func<T, object>? anchor) =>
            Select(step, name, anchor);

        public override FlowValues<TOut> SelectMany<TOut>(Func<T, CancellationToken, IEnumerable<TOut>> step, string? name) =>
            new ListValues<TOut>(flow, () => Values.SelectMany(value => flow.Run(value, step)).ToImmutableArray());

        public override FlowValues<T> Where(Func<T, bool> condition) => new ListValues<T>(flow, () => Values.Where(condition).ToImmutableArray());

        public override FlowValues<Pair<T, TOther>> Combine<TOther>(FlowValue<TOther> other) =>
            new ListValues<Pair<T, TOther>>(
                flow,
                () => Values.Select(value => new Pair<T, TOther>(value, ((ListValue<TOther>)other).Value)).ToImmutableArray());

        public override FlowValue<ImmutableArray<T>> Collect() => new ListValue<ImmutableArray<T>>(flow, () => Values);
    }

    /// <summary>A value that is made at most once. <see cref="Lazy{T}"/> would ask a native app to keep the constructors of each type.</summary>
    private sealed class Once<T>(Func<T> make)
    {
        private Func<T>? _make = make;
        private T? _value;

        public T Value
        {
            get
            {
                if (_make is not null)
                    (_value, _make) = (_make(), null);
                return _value!;
            }
        }
    }
}
