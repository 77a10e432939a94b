using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace Zoetrope.Generator.Pipeline;

/// <summary>One value of the pipeline in the compiler.</summary>
internal sealed class CompilerValue<T>(IncrementalValueProvider<FlowItem> provider) : FlowValue<T>
{
    public IncrementalValueProvider<FlowItem> Provider => provider;

    public override FlowValue<TOut> Select<TOut>(Func<T, CancellationToken, TOut> step, string? name) =>
        new CompilerValue<TOut>(provider.Select((item, token) => FlowItem.Of(step(item.As<T>(), token))).Tracked(name));

    public override FlowValues<TOut> SelectMany<TOut>(Func<T, CancellationToken, IEnumerable<TOut>> step, string? name) =>
        new CompilerValues<TOut>(provider.SelectMany((item, token) => step(item.As<T>(), token).Select(FlowItem.Of).ToImmutableArray()).Tracked(name));

    public override FlowValue<Pair<T, TOther>> Combine<TOther>(FlowValue<TOther> other) =>
        new CompilerValue<Pair<T, TOther>>(provider.Combine(((CompilerValue<TOther>)other).Provider)
            .Select(static (pair, _) => FlowItem.Of(new Pair<T, TOther>(pair.Left.As<T>(), pair.Right.As<TOther>()))));
}
