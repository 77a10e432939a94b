using Zoetrope.Generator.Naming;
using Zoetrope.Specs.Model;

namespace Zoetrope.Generator.Types;

/// <summary>An object type.</summary>
internal sealed record BoundObject
{
    public required string Name { get; init; }

    /// <summary>What it is called in the lock file (see <see cref="NameKeys"/>).</summary>
    public required string Key { get; init; }

    public required ObjectRole Role { get; init; }

    public string Summary { get; init; } = "";

    public EquatableArray<BoundProperty> Properties { get; init; }

    public EquatableArray<BoundRule> Rules { get; init; }

    /// <summary>What is said of a deprecated type; null where it is none.</summary>
    public string? Deprecation { get; init; }

    /// <summary>Whether the JSON is not an object but the value of the only property (Eachlabs' results).</summary>
    public bool IsUnwrapped { get; init; }

    /// <summary>Whether its members are sent one by one, and are not those of a JSON object.</summary>
    public bool IsForm { get; init; }

    /// <summary>The property with that JSON name, or null.</summary>
    public BoundProperty? Find(string jsonName) => Properties.FirstOrDefault(property => property.JsonName == jsonName);
}
