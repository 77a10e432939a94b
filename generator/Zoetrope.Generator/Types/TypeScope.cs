using Zoetrope.Generator.Diagnostics;
using Zoetrope.Generator.Naming;
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

    /// <summary>The named schemas that a result leads to; those that an input leads to as well are objects of requests that results have too.</summary>
    public HashSet<string> OutputSchemas { get; init; } = [];

    public required LockedNames Locked { get; init; }

    /// <summary>What is made of rules that descriptions state in words.</summary>
    public RuleMode Rules { get; init; }

    /// <summary>Whole requests that the documents show.</summary>
    public EquatableArray<JsonLiteral> Examples { get; init; }

    /// <summary>Where problems are reported.</summary>
    public required BindingProblems Problems { get; init; }
}
