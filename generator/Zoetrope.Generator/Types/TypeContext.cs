namespace Zoetrope.Generator.Types;

/// <summary>The property whose type is being bound.</summary>
/// <param name="Owner">The object that it is in.</param>
/// <param name="JsonName">Its JSON name.</param>
/// <param name="Name">Its C# name.</param>
/// <param name="Description">What its document says about it.</param>
/// <param name="Depth">How many lists, maps and unions are around the type.</param>
/// <param name="KeySuffix">What distinguishes the types of one property's alternatives in the lock file.</param>
internal sealed record TypeContext(PendingObject Owner, string JsonName, string Name, string? Description, int Depth = 0, string KeySuffix = "")
{
    /// <summary>The key of a type that is called after the property; a named schema, which is in no object, is its own.</summary>
    public string Key => (Owner.Key.Length == 0 ? JsonName : Owner.Key + "." + JsonName) + KeySuffix;

    /// <summary>The slot for what is inside.</summary>
    public TypeContext Nested => this with { Depth = Depth + 1 };
}
