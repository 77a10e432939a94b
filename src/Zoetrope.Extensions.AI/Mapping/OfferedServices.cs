namespace Zoetrope.Extensions.AI.Mapping;

/// <summary>What <c>GetService</c> of the adapters finds.</summary>
internal static class OfferedServices
{
    /// <summary>The first of the offered objects that is of a type; null where there is none, or where a key is given, because none has one.</summary>
    public static object? Find(Type serviceType, object? serviceKey, params ReadOnlySpan<object> offered)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        if (serviceKey is not null)
            return null;
        foreach (var one in offered)
        {
            if (serviceType.IsInstanceOfType(one))
                return one;
        }
        return null;
    }
}
