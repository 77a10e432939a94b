using Zoetrope.Generator.Diagnostics;
using Zoetrope.Generator.Naming;
using Zoetrope.Specs.Json;
using Zoetrope.Specs.Model;

namespace Zoetrope.Generator.Types;

/// <summary>
/// Settles the C# names and types of one class: of an endpoint, of what an API's operations share, of one operation. Objects are bound breadth first, so
/// that the names nearest to the user are the plainest.
/// </summary>
internal sealed class TypeBinder
{
    private readonly TypeScope _scope;
    private readonly BinderContext _context;
    private readonly List<BoundObject> _objects = [];

    public TypeBinder(TypeScope scope)
    {
        _scope = scope;
        _context = new BinderContext(scope);
    }

    /// <summary>Keeps the name that a type asks for, before other types can have it. The type is made when it is bound.</summary>
    public string Give(string key, string wanted) => _context.Names.Give(key, wanted);

    /// <summary>Adds an object whose name is settled.</summary>
    public void Add(PendingObject pending) => _context.Objects.Add(pending);

    /// <summary>The type of a value that is not a property.</summary>
    public TypeRef Bind(Schema schema, TypeContext slot)
    {
        _context.Types.Begin();
        return _context.Types.Bind(schema, slot, isItem: false);
    }

    /// <summary>The type of what an operation takes or gives as a whole.</summary>
    /// <param name="schema">What it is.</param>
    /// <param name="key">The key of a type that is made for it.</param>
    /// <param name="name">The name of that type.</param>
    /// <param name="role">Whether it is sent or received.</param>
    public TypeRef BindRoot(Schema schema, string key, string name, ObjectRole role)
    {
        _context.Names.GiveRoot(key, name);
        return Bind(schema, new TypeContext(new PendingObject("", "", role, schema, IsRoot: true), key, name, schema.Description));
    }

    /// <summary>The constraints of such a value, and those of what it holds.</summary>
    public (Constraints Value, Constraints Items) BindChecks(Schema schema, TypeRef type, string name)
    {
        var resolved = _context.Constraints.LimitsOf(_context.Resolve(schema), type);
        var own = _context.Constraints.Bind(resolved, type, name) with { OrNull = type.Kind == TypeKind.Union && _context.Constraints.AddsNull(schema) };
        return (own, _context.Constraints.BindItems(resolved, type, name));
    }

    /// <summary>Binds what is left, and gives all types of the class.</summary>
    public BoundTypes Finish(CancellationToken cancellationToken)
    {
        while (_context.Objects.Next() is { } pending)
        {
            cancellationToken.ThrowIfCancellationRequested();
            _objects.Add(BindObject(pending));
        }
        return new BoundTypes
        {
            Owner = _scope.Class,
            Objects = _objects.ToEquatableArray(),
            Enums = _context.Enums.All.ToEquatableArray(),
            Unions = _context.Unions.All.ToEquatableArray(),
        };
    }

    private BoundObject BindObject(PendingObject pending)
    {
        var scope = new NameScope(pending.IsForm ? MemberNames.ReservedInForm(pending.Name) : MemberNames.ReservedIn(pending.Name));
        var jsonNames = pending.Schema.Properties.Select(property => property.Name);
        var names = MemberNames.Give(jsonNames, pending.Key, scope, _scope.Locked, _scope.Problems.ReportLock);
        var properties = new List<BoundProperty>();
        for (var i = 0; i < pending.Schema.Properties.Count; i++)
        {
            var property = pending.Schema.Properties[i];
            if (JsonStrings.IsWellFormed(property.Name))
                properties.Add(_context.Properties.Bind(pending, property, names[i]));
            else
                _context.Report(GeneratorProblems.MalformedName, pending.Schema.Pointer, property.Name);
        }
        Deprecations.NameReplacements(properties);
        var rules = pending.Role == ObjectRole.Input ? _context.Rules.Bind(pending, properties) : default;
        return new BoundObject
        {
            Name = pending.Name,
            Key = pending.Key,
            Role = pending.Role,
            IsForm = pending.IsForm,
            Summary = pending.Schema.Description ?? (_scope.Kind == ScopeKind.Endpoint && pending.IsRoot ? "" : Summaries.OfObject(pending.Role, properties)),
            Properties = properties.ToEquatableArray(),
            Rules = rules,
            Deprecation = pending.IsRoot ? null
                : Deprecations.MessageOf(pending.Schema.Deprecated, pending.Schema.DeprecationNote, pending.Schema.Description),
        };
    }
}
