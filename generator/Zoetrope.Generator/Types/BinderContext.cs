using Zoetrope.Specs.Diagnostics;
using Zoetrope.Specs.Model;

namespace Zoetrope.Generator.Types;

/// <summary>What the binders of one class's types share. They use each other in circles, because types are inside types.</summary>
internal sealed class BinderContext
{
    public BinderContext(TypeScope scope)
    {
        Scope = scope;
        Names = new TypeNamer(scope);
        Objects = new ObjectNamer(this);
        Constraints = new ConstraintBinder(this);
        Enums = new EnumBinder(this);
        Unions = new UnionBinder(this);
        Uploads = new UploadBinder(this);
        Types = new TypeSelector(this);
        Properties = new PropertyBinder(this);
        Rules = new RuleBinder(this);
    }

    /// <summary>What surrounds the types.</summary>
    public TypeScope Scope { get; }

    /// <summary>The names of types.</summary>
    public TypeNamer Names { get; }

    /// <summary>The objects that are named, and in their turn bound.</summary>
    public ObjectNamer Objects { get; }

    /// <summary>The limits of values.</summary>
    public ConstraintBinder Constraints { get; }

    public EnumBinder Enums { get; }

    public UnionBinder Unions { get; }

    /// <summary>The parts of forms that can be files.</summary>
    public UploadBinder Uploads { get; }

    /// <summary>The type of any value.</summary>
    public TypeSelector Types { get; }

    public PropertyBinder Properties { get; }

    /// <summary>Rules between members, and limits, that descriptions state in words.</summary>
    public RuleBinder Rules { get; }

    /// <summary>Follows the references of a schema.</summary>
    public Schema Resolve(Schema schema) => Schemas.Resolve(schema, Scope.Find);

    /// <summary>Reports a problem.</summary>
    public void Report(ProblemKind kind, string pointer, params string[] arguments) => Scope.Problems.Report(kind, pointer, arguments);
}
