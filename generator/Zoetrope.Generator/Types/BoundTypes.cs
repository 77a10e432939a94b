using Zoetrope.Specs.Model;

namespace Zoetrope.Generator.Types;

/// <summary>The types of one class, ready to be written.</summary>
internal sealed record BoundTypes
{
    /// <summary>The class that they are nested in.</summary>
    public required string Owner { get; init; }

    public EquatableArray<BoundObject> Objects { get; init; }

    public EquatableArray<BoundEnum> Enums { get; init; }

    public EquatableArray<BoundUnion> Unions { get; init; }

    /// <summary>What must be known of types of other classes that these use.</summary>
    public EquatableArray<ImportedType> Imported { get; init; }

    /// <summary>The object type of that name.</summary>
    public BoundObject Object(string name) => Objects.First(item => item.Name == name);

    /// <summary>The union of that name.</summary>
    public BoundUnion Union(string name) => Unions.First(item => item.Name == name);

    /// <summary>The enum of that name.</summary>
    public BoundEnum Enum(string name) => Enums.First(item => item.Name == name);

    /// <summary>Whether values of the type validate themselves.</summary>
    public bool IsValidated(TypeRef type) => type.Kind switch
    {
        TypeKind.File => true,
        TypeKind.Object or TypeKind.Union when type.Owner.Length > 0 => Import(type).Role == ObjectRole.Input,
        TypeKind.Object => Object(type.Name).Role == ObjectRole.Input,
        TypeKind.Union => Union(type.Name).Role == ObjectRole.Input,
        _ => false,
    };

    /// <summary>The known values of an enum.</summary>
    public IEnumerable<string> ValuesOf(TypeRef type) => type.Owner.Length > 0 ? Import(type).Values : Enum(type.Name).Values.Select(value => value.Text);

    private ImportedType Import(TypeRef type) => Imported.First(one => one.Name == type.Name);
}

/// <summary>What must be known of a type of another class to use it.</summary>
/// <param name="Name">Its name there.</param>
/// <param name="Role">Where it is used; input where it validates itself.</param>
/// <param name="Values">The known values of an enum.</param>
internal sealed record ImportedType(string Name, ObjectRole Role, EquatableArray<string> Values);
