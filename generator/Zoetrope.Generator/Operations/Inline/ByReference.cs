using System.Runtime.CompilerServices;

namespace Zoetrope.Generator.Operations.Inline;

/// <summary>Compares objects by what they are, not by what they hold, which is what makes hashing large models cheap.</summary>
internal sealed class ByReference<T> : IEqualityComparer<T>
    where T : class
{
    public bool Equals(T? one, T? other) => ReferenceEquals(one, other);

    public int GetHashCode(T value) => RuntimeHelpers.GetHashCode(value);
}
