using Zoetrope.Generator.Naming;
using Zoetrope.Specs.Diagnostics;
using Zoetrope.Specs.Model;

namespace Zoetrope.Generator.Types;

/// <summary>What surrounds the types of one class while they are bound.</summary>
internal sealed class TypeScope
{
    public required ScopeKind Kind { get; init; }

    /// <summary>The class that the types are nested in.</summary>
    public required string Class { get; init; }

    /// <summary>The class around that one, whose name types must not hide; empty where there is none.</summary>
    public string Reserved { get; init; } = "";

    /// <summary>The provider whose conventions hold for parameters; empty where none do.</summary>
    public required string Provider { get; init; }

    /// <summary>The schema of that name, or null.</summary>
    public required Func<string, Schema?> Find { get; init; }

    /// <summary>The C# name that a named schema asks for.</summary>
    public Func<string, string> NameOf { get; init; } = static name => Identifiers.Of(name, "Item");

    /// <summary>The type of a named schema that is bound somewhere else; null where all named schemas are bound here.</summary>
    public Func<string, TypeRef>? Shared { get; init; }

    /// <summary>The named schemas that an input leads to.</summary>
    public required HashSet<string> InputSchemas { get; init; }

    public required LockedNames Locked { get; init; }

    /// <summary>Tells a problem: its kind, the pointer of its place, and its arguments.</summary>
    public required Action<ProblemKind, string, string[]> Report { get; init; }

    /// <summary>Tells that a locked name cannot stand: its key, and the name.</summary>
    public required Action<string, string> ReportLock { get; init; }
}

/// <summary>An object that is named and not yet bound.</summary>
/// <param name="Name">Its C# name.</param>
/// <param name="Key">Its key in the lock file.</param>
/// <param name="Role">Where it stands.</param>
/// <param name="Schema">What it holds.</param>
/// <param name="IsRoot">Whether it is the request or the result, so that the types inside are called after their properties alone.</param>
/// <param name="IsForm">Whether its members are sent one by one: a list is one of them several times.</param>
/// <param name="HasFiles">Whether its members can be files.</param>
/// <param name="Parent">The object that it was found in, where it has no name of its own.</param>
internal sealed record PendingObject(string Name, string Key, ObjectRole Role, Schema Schema, bool IsRoot, bool IsForm = false, bool HasFiles = false, PendingObject? Parent = null)
{
    /// <summary>How many objects without a name are inside objects without a name here, from the outermost on.</summary>
    public NestedCount Nested { get; init; } = new();
}

/// <summary>A number that several objects share.</summary>
internal sealed class NestedCount
{
    public int Count { get; set; }
}

/// <summary>The property whose type is being bound.</summary>
/// <param name="Owner">The object that it is in.</param>
/// <param name="JsonName">Its JSON name.</param>
/// <param name="Name">Its C# name.</param>
/// <param name="Description">What its document says about it.</param>
/// <param name="Depth">How many lists, maps and unions are around the type.</param>
/// <param name="KeySuffix">What tells the types of one property's alternatives apart in the lock file.</param>
internal sealed record TypeContext(PendingObject Owner, string JsonName, string Name, string? Description, int Depth = 0, string KeySuffix = "")
{
    /// <summary>The key of a type that is called after the property; a named schema, which is in no object, is its own.</summary>
    public string Key => (Owner.Key.Length == 0 ? JsonName : Owner.Key + "." + JsonName) + KeySuffix;

    /// <summary>The slot for what is inside.</summary>
    public TypeContext Nested => this with { Depth = Depth + 1 };
}
