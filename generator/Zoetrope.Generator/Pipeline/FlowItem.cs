namespace Zoetrope.Generator.Pipeline;

/// <summary>
/// A value on its way through the compiler's incremental tables. It is a class whatever it holds, because the tables are generic: for each type of structs the
/// runtime would compile them all again, in every build, while those of classes share the code that the compiler ships with.
/// </summary>
internal abstract class FlowItem : IEquatable<FlowItem>
{
    /// <summary>Holds a value.</summary>
    public static FlowItem Of<T>(T value) => new Item<T>(value);

    /// <summary>The value that this holds.</summary>
    public T As<T>() => ((Item<T>)this).Value;

    /// <inheritdoc/>
    public abstract bool Equals(FlowItem? other);

    /// <inheritdoc/>
    public sealed override bool Equals(object? obj) => obj is FlowItem other && Equals(other);

    /// <inheritdoc/>
    public abstract override int GetHashCode();

    private sealed class Item<T>(T value) : FlowItem
    {
        public T Value => value;

        public override bool Equals(FlowItem? other) =>
            ReferenceEquals(this, other) || (other is Item<T> item && EqualityComparer<T>.Default.Equals(value, item.Value));

        public override int GetHashCode() => EqualityComparer<T>.Default.GetHashCode(value!);
    }
}
