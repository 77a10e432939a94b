using System.Collections.Immutable;

namespace Zoetrope.Generator.Pipeline;

/// <summary>
/// One value of the pipeline. The pipeline is written once over <see cref="FlowValue{T}"/> and <see cref="FlowValues{T}"/>; in the compiler they are its
/// incremental providers, elsewhere lists that are made when something reads them. All functions given to them must be pure.
/// </summary>
internal abstract class FlowValue<T>
{
    /// <summary>A value made from this one.</summary>
    public abstract FlowValue<TOut> Select<TOut>(Func<T, CancellationToken, TOut> step, string? name = null);

    /// <summary>Any number of values made from this one.</summary>
    public abstract FlowValues<TOut> SelectMany<TOut>(Func<T, CancellationToken, IEnumerable<TOut>> step, string? name = null);

    /// <summary>The value made from this one, where it is not null.</summary>
    public FlowValues<TOut> Choose<TOut>(Func<T, TOut?> step, string? name = null)
        where TOut : class => SelectMany((value, _) => step(value) is { } made ? [made] : Array.Empty<TOut>(), name);

    /// <summary>Both values.</summary>
    public abstract FlowValue<Pair<T, TOther>> Combine<TOther>(FlowValue<TOther> other);
}

/// <summary>Any number of values of the pipeline.</summary>
internal abstract class FlowValues<T>
{
    /// <summary>A value made from each.</summary>
    /// <param name="step">The function.</param>
    /// <param name="name">The tracking name, or null.</param>
    /// <param name="anchor">
    /// The object that a remembered output is kept with, where the host remembers outside the compiler (see <see cref="StageCache"/>): it must be the same
    /// object for as long as the document stays the same, and no other step may have it. Null to remember nothing there.
    /// </param>
    public abstract FlowValues<TOut> Select<TOut>(Func<T, CancellationToken, TOut> step, string? name = null, Func<T, object>? anchor = null)
        where TOut : class;

    /// <summary>A value made from each, on all processors where the host has several values to make: for steps that take long.</summary>
    /// <inheritdoc cref="Select"/>
    public abstract FlowValues<TOut> SelectInParallel<TOut>(Func<T, CancellationToken, TOut> step, string name, Func<T, object>? anchor = null)
        where TOut : class;

    /// <summary>Any number of values made from each.</summary>
    public abstract FlowValues<TOut> SelectMany<TOut>(Func<T, CancellationToken, IEnumerable<TOut>> step, string? name = null);

    /// <summary>The values made from each, without those that are null.</summary>
    public FlowValues<TOut> Choose<TOut>(Func<T, TOut?> step, string? name = null)
        where TOut : class => SelectMany((value, _) => step(value) is { } made ? [made] : Array.Empty<TOut>(), name);

    /// <summary>Those for which the condition holds.</summary>
    public abstract FlowValues<T> Where(Func<T, bool> condition);

    /// <summary>Each with the one value.</summary>
    public abstract FlowValues<Pair<T, TOther>> Combine<TOther>(FlowValue<TOther> other);

    /// <summary>All of them as one value.</summary>
    public abstract FlowValue<ImmutableArray<T>> Collect();
}
