using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace Zoetrope.Generator.Pipeline;

/// <summary>One value of the pipeline in the compiler.</summary>
internal sealed class CompilerValue<T>(IncrementalValueProvider<T> provider) : FlowValue<T>
{
    public IncrementalValueProvider<T> Provider => provider;

    public override FlowValue<TOut> Select<TOut>(Func<T, CancellationToken, TOut> step, string? name) =>
        new CompilerValue<TOut>(provider.Select(step).Tracked(name));

    public override FlowValues<TOut> SelectMany<TOut>(Func<T, CancellationToken, IEnumerable<TOut>> step, string? name) =>
        new CompilerValues<TOut>(provider.SelectMany(step).Tracked(name));

    public override FlowValue<Pair<T, TOther>> Combine<TOther>(FlowValue<TOther> other) =>
        new CompilerValue<Pair<T, TOther>>(
            provider.Combine(((CompilerValue<TOther>)other).Provider).Select(static (pair, _) => new Pair<T, TOther>(pair.Left, pair.Right)));
}

/// <summary>Values of the pipeline in the compiler, which remembers what it made of each.</summary>
internal sealed class CompilerValues<T>(IncrementalValuesProvider<T> provider) : FlowValues<T>
{
    public IncrementalValuesProvider<T> Provider => provider;

    public override FlowValues<TOut> Select<TOut>(Func<T, CancellationToken, TOut> step, string? name, Func<T, object>? anchor) =>
        new CompilerValues<TOut>(provider.Select(step).Tracked(name));

    public override FlowValues<TOut> SelectMany<TOut>(Func<T, CancellationToken, IEnumerable<TOut>> step, string? name) =>
        new CompilerValues<TOut>(provider.SelectMany(step).Tracked(name));

    public override FlowValues<T> Where(Func<T, bool> condition) => new CompilerValues<T>(provider.Where(condition));

    public override FlowValues<Pair<T, TOther>> Combine<TOther>(FlowValue<TOther> other) =>
        new CompilerValues<Pair<T, TOther>>(
            provider.Combine(((CompilerValue<TOther>)other).Provider).Select(static (pair, _) => new Pair<T, TOther>(pair.Left, pair.Right)));

    public override FlowValue<ImmutableArray<T>> Collect() => new CompilerValue<ImmutableArray<T>>(provider.Collect());
}

/// <summary>Names steps of the compiler's, where there is a name.</summary>
internal static class Tracking
{
    public static IncrementalValueProvider<T> Tracked<T>(this IncrementalValueProvider<T> provider, string? name) =>
        name is null ? provider : provider.WithTrackingName(name);

    public static IncrementalValuesProvider<T> Tracked<T>(this IncrementalValuesProvider<T> provider, string? name) =>
        name is null ? provider : provider.WithTrackingName(name);
}
