namespace Zoetrope.Generator.Changes;

/// <summary>The forms of declarations.</summary>
internal enum DeclarationKind
{
    Type,
    Property,
    Method,
}

/// <summary>A public declaration of generated code.</summary>
internal sealed record Declaration
{
    public required DeclarationKind Kind { get; init; }

    /// <summary>The type that holds it, with its namespace; of a type without one, the namespace. Of an extension member, the type that it extends.</summary>
    public required string Owner { get; init; }

    /// <summary>Its name; of operators, all but the parameters.</summary>
    public required string Name { get; init; }

    /// <summary>The keywords before it, without <c>public</c> and <c>partial</c>.</summary>
    public required IReadOnlyList<string> Modifiers { get; init; }

    /// <summary>The type of a property, or what a method returns; of a type, its form (<c>class</c>, <c>struct</c>).</summary>
    public required string Type { get; init; }

    /// <summary>The parameters of a method, with their types and defaults; what a type derives from.</summary>
    public IReadOnlyList<string> Parts { get; init; } = [];

    public bool CanSet { get; init; }

    /// <summary>The documentation, in lines.</summary>
    public string Documentation { get; init; } = "";

    /// <summary>The message with which it is obsolete; null where it is not.</summary>
    public string? Obsolete { get; init; }

    public bool IsRequired => Modifiers.Contains("required");

    /// <summary>The declaration's own name, with those of what holds it.</summary>
    public string FullName => Owner.Length == 0 ? Name : Owner + "." + Name;

    /// <summary>What no other declaration has: the name, and of a method the types of its parameters.</summary>
    public string Key => Kind == DeclarationKind.Method ? $"{FullName}({string.Join(", ", Parts.Select(Signature.TypeOf))})" : FullName;
}
