using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace Zoetrope.Generator.Pipeline;

/// <summary>
/// Values of the pipeline in the compiler, which remembers what it made of each. Each step of the compiler's is a table with a row for each document, which is
/// copied when one of them changes: conditions and values to combine with are therefore kept until the next step, and are part of it.
/// </summary>
internal sealed class CompilerValues<T> : FlowValues<T>
{
    private readonly IncrementalValuesProvider<FlowItem> _items;
    private readonly IncrementalValueProvider<FlowItem>? _other;
    private readonly Func<FlowItem, FlowItem?, T>? _view;
    private readonly Func<T, bool>? _condition;
    private IncrementalValuesProvider<FlowItem>? _made;
    private Func<IncrementalValueProvider<ImmutableArray<FlowItem>>, ParallelStep, IncrementalValueProvider<FlowItem>>? _meanwhile;

    /// <summary>The values as they are.</summary>
    public CompilerValues(IncrementalValuesProvider<FlowItem> items) => (_items, _made) = (items, items);

    /// <summary>Values that the next step makes of an item and, where there is one, the other value.</summary>
    private CompilerValues(
        IncrementalValuesProvider<FlowItem> items, IncrementalValueProvider<FlowItem>? other, Func<FlowItem, FlowItem?, T>? view, Func<T, bool>? condition) =>
            (_items, _other, _view, _condition) = (items, other, view, condition);

    /// <summary>The same values, and what is done beside the next step where that makes several outputs.</summary>
    /// <param name="value">Another value that this takes.</param>
    /// <param name="action">What is done.</param>
    public CompilerValues<T> Meanwhile<TOther>(CompilerValue<TOther> value, Action<IReadOnlyList<T>, TOther, CancellationToken> action) => new(Provider)
    {
        _meanwhile = (all, step) => all.Combine(value.Provider).Select((pair, token) => step.MakeAhead(
            pair.Left, null, () => action([.. pair.Left.Select(static item => item.As<T>())], pair.Right.As<TOther>(), token), token)),
    };

    public IncrementalValuesProvider<FlowItem> Provider => _made ??= Step(static (value, _) => ImmutableArray.Create(FlowItem.Of(value)), null);

    public override FlowValues<TOut> Select<TOut>(Func<T, CancellationToken, TOut> step, string? name, Func<T, object>? anchor) =>
        new CompilerValues<TOut>(Step((value, token) => ImmutableArray.Create(FlowItem.Of(step(value, token))), name));

    public override FlowValues<TOut> SelectInParallel<TOut>(Func<T, CancellationToken, TOut> step, string name, Func<T, object>? anchor)
    {
        var ahead = new ParallelStep((item, right, token) => Make(item, right, (value, _) => ImmutableArray.Create(FlowItem.Of(step(value, token))), token));
        var all = _items.Collect();
        if (_other is { } other)
        {
            // The other value goes on only when all outputs are made.
            var behind = all.Combine(other).Select((pair, token) => ahead.MakeAhead(pair.Left, pair.Right, null, token));
            return new CompilerValues<TOut>(_items.Combine(behind).SelectMany((pair, token) => ahead.OutputOf(pair.Left, pair.Right, token)).Tracked(name));
        }
        var made = _meanwhile?.Invoke(all, ahead) ?? all.Select((items, token) => ahead.MakeAhead(items, null, null, token));
        return new CompilerValues<TOut>(_items.Combine(made).SelectMany((pair, token) => ahead.OutputOf(pair.Left, null, token)).Tracked(name));
    }

    public override FlowValues<TOut> SelectMany<TOut>(Func<T, CancellationToken, IEnumerable<TOut>> step, string? name) =>
        new CompilerValues<TOut>(Step((value, token) => step(value, token).Select(FlowItem.Of).ToImmutableArray(), name));

    public override FlowValues<T> Where(Func<T, bool> condition) =>
        new CompilerValues<T>(_items, _other, _view, _condition is { } first ? value => first(value) && condition(value) : condition);

    public override FlowValues<Pair<T, TOther>> Combine<TOther>(FlowValue<TOther> other)
    {
        var provider = ((CompilerValue<TOther>)other).Provider;
        Func<Pair<T, TOther>, bool>? condition = _condition is { } first ? pair => first(pair.Left) : null;
        if (_other is not { } before)
            return new CompilerValues<Pair<T, TOther>>(_items, provider, (item, right) => new(View(item, null), right!.As<TOther>()), condition);
        var both = before.Combine(provider).Select(static (pair, _) => FlowItem.Of(new Pair<FlowItem, FlowItem>(pair.Left, pair.Right)));
        return new CompilerValues<Pair<T, TOther>>(_items, both, ViewOfBoth, condition);

        Pair<T, TOther> ViewOfBoth(FlowItem item, FlowItem? right)
        {
            var pair = right!.As<Pair<FlowItem, FlowItem>>();
            return new(View(item, pair.Left), pair.Right.As<TOther>());
        }
    }

    public override FlowValue<ImmutableArray<T>> Collect() => new CompilerValue<ImmutableArray<T>>(
        Provider.Collect().Select(static (items, _) => FlowItem.Of(items.Select(static item => item.As<T>()).ToImmutableArray())));

    private IncrementalValuesProvider<FlowItem> Step(Func<T, CancellationToken, ImmutableArray<FlowItem>> make, string? name)
    {
        var made = _other is { } other
            ? _items.Combine(other).SelectMany((pair, token) => Make(pair.Left, pair.Right, make, token))
            : _items.SelectMany((item, token) => Make(item, null, make, token));
        return made.Tracked(name);
    }

    private ImmutableArray<FlowItem> Make(FlowItem item, FlowItem? right, Func<T, CancellationToken, ImmutableArray<FlowItem>> make, CancellationToken token)
    {
        var value = View(item, right);
        return _condition is null || _condition(value) ? make(value, token) : ImmutableArray<FlowItem>.Empty;
    }

    private T View(FlowItem item, FlowItem? right) => _view is null ? item.As<T>() : _view(item, right);
}

/// <summary>Names steps of the compiler's, where there is a name.</summary>
internal static class Tracking
{
    public static IncrementalValueProvider<FlowItem> Tracked(this IncrementalValueProvider<FlowItem> provider, string? name) =>
        name is null ? provider : provider.WithTrackingName(name);

    public static IncrementalValuesProvider<FlowItem> Tracked(this IncrementalValuesProvider<FlowItem> provider, string? name) =>
        name is null ? provider : provider.WithTrackingName(name);
}
