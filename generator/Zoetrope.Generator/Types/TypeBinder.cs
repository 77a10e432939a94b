using Zoetrope.Generator.Diagnostics;
using Zoetrope.Generator.Naming;
using Zoetrope.Generator.Text;
using Zoetrope.Specs.Diagnostics;
using Zoetrope.Specs.Model;

namespace Zoetrope.Generator.Types;

/// <summary>
/// Settles the C# names and types of one class: of an endpoint, of what an API's operations share, of one operation. Objects are bound breadth first, so that the names
/// nearest to the user are the plainest.
/// </summary>
internal sealed class TypeBinder
{
    // A value can be a list of maps of lists without end, and hostile documents branch on the way; beyond these it stays raw.
    private const int MaxDepth = 8;
    private const int MaxSteps = 1000;
    private const int MaxNested = 200;

    private readonly TypeScope _scope;
    private readonly NameScope _types;
    private readonly Dictionary<string, string> _given = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _namedObjects = new(StringComparer.Ordinal);
    private readonly Queue<PendingObject> _pending = new();
    private readonly List<BoundObject> _objects = [];
    private readonly ConstraintBinder _checks;
    private readonly EnumBinder _enums;
    private readonly UnionBinder _unions;
    private readonly UploadBinder _uploads;
    private int _steps;

    public TypeBinder(TypeScope scope)
    {
        _scope = scope;
        _types = new NameScope(MemberNames.ReservedFor(scope.Kind).Append(scope.Class).Append(scope.Reserved));
        _enums = new EnumBinder(scope, TakeType);
        _checks = new ConstraintBinder(scope.Provider, (kind, pointer, name, what) => Report(kind, pointer, name, what));
        _unions = new UnionBinder(scope, _checks, Resolve, BindType, _enums, TakeUnion);
        _uploads = new UploadBinder(Resolve, BindType, _checks, BindItemChecks);
    }

    /// <summary>Keeps the name that a type asks for, before other types can have it. The type is made when it is bound.</summary>
    public string Give(string key, string wanted)
    {
        var name = TakeType(key, wanted);
        _given.Add(key, name);
        return name;
    }

    /// <summary>Adds an object whose name is settled.</summary>
    public void Add(PendingObject pending) => _pending.Enqueue(pending);

    /// <summary>The type of a value that is no property.</summary>
    public TypeRef Bind(Schema schema, TypeContext slot)
    {
        _steps = 0;
        return BindType(schema, slot, isItem: false);
    }

    /// <summary>The type of what an operation takes or gives as a whole.</summary>
    /// <param name="schema">What it is.</param>
    /// <param name="key">The key of a type that is made for it.</param>
    /// <param name="name">The name of that type.</param>
    /// <param name="role">Where it stands.</param>
    public TypeRef BindRoot(Schema schema, string key, string name, ObjectRole role)
    {
        // The usual names are kept free for this.
        _given[key] = OperationTypes.All.Contains(name) ? name : TakeType(key, name);
        return Bind(schema, new TypeContext(new PendingObject("", "", role, schema, IsRoot: true), key, name, schema.Description));
    }

    /// <summary>The checks of such a value, and those of what it holds.</summary>
    public (Constraints Value, Constraints Items) BindChecks(Schema schema, TypeRef type, string name)
    {
        var resolved = Checked(Resolve(schema), type);
        return (_checks.Bind(resolved, type, name), BindItemChecks(resolved, type, name));
    }

    /// <summary>Binds what is left, and gives all types of the class.</summary>
    public BoundTypes Finish(CancellationToken cancellationToken)
    {
        while (_pending.Count > 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
            _objects.Add(BindObject(_pending.Dequeue()));
        }
        return new BoundTypes { Owner = _scope.Class, Objects = _objects.ToEquatableArray(), Enums = _enums.All.ToEquatableArray(), Unions = _unions.All.ToEquatableArray() };
    }

    private BoundObject BindObject(PendingObject pending)
    {
        var scope = new NameScope(pending.IsForm ? MemberNames.ReservedInForm(pending.Name) : MemberNames.ReservedIn(pending.Name));
        var names = MemberNames.Give(pending.Schema.Properties.Select(property => property.Name), pending.Key, scope, _scope.Locked, _scope.ReportLock);
        var properties = new List<BoundProperty>();
        for (var i = 0; i < pending.Schema.Properties.Count; i++)
        {
            var property = pending.Schema.Properties[i];
            if (DocumentText.IsWellFormed(property.Name))
                properties.Add(BindProperty(pending, property, names[i]));
            else
                Report(GeneratorProblems.MalformedName, pending.Schema.Pointer, property.Name);
        }
        return new BoundObject
        {
            Name = pending.Name,
            Key = pending.Key,
            Role = pending.Role,
            IsForm = pending.IsForm,
            Summary = pending.Schema.Description ?? (_scope.Kind == ScopeKind.Endpoint && pending.IsRoot ? "" : Summaries.OfObject(pending.Role, properties)),
            Properties = properties.ToEquatableArray(),
            Rules = pending.Role == ObjectRole.Input ? BindRules(pending.Schema.Rules, properties) : default,
        };
    }

    private BoundProperty BindProperty(PendingObject owner, SchemaProperty property, string name)
    {
        var slot = new TypeContext(owner, property.Name, name, property.Schema.Description);
        _steps = 0;
        var schema = Resolve(property.Schema);
        var upload = owner.HasFiles ? _uploads.Bind(property.Schema, slot) : null;
        var type = upload?.Type ?? BindType(property.Schema, slot, isItem: false);
        var isRequest = owner.Role == ObjectRole.Input;
        var limits = Checked(schema, type);
        var checks = upload?.Checks ?? (isRequest ? _checks.Bind(limits, type, property.Name) : Constraints.None);
        var isAbsent = isRequest ? property.Schema.ReadOnly || schema.ReadOnly : property.Schema.WriteOnly || schema.WriteOnly;
        var required = property.Required && !isAbsent;
        var isFilled = required || (isRequest && property.IsDiscriminator);
        var isNullable = Schemas.IsNullable(property.Schema, Resolve) || (type.Kind == TypeKind.Raw && SaysNothing(schema));
        return new BoundProperty
        {
            JsonName = property.Name,
            Name = name,
            Type = type,
            Required = required,
            Constant = isFilled && !isNullable ? Constants.Of(property.Schema.Enum.Count > 0 ? property.Schema : schema, type) : null,
            Nullable = isNullable,
            Summary = Summaries.OfProperty(property.Name, schema, property.Schema, type)
                + (required && isRequest && isNullable && !owner.IsForm ? " May be null." : ""),
            Constraints = checks,
            ItemConstraints = upload?.Items ?? (isRequest ? BindItemChecks(limits, type, property.Name) : Constraints.None),
            Default = (property.Schema.Default ?? schema.Default)?.Json,
            Description = property.Schema.Description ?? schema.Description,
            JsonType = Summaries.JsonType(schema),
            Pointer = property.Schema.Pointer,
        };
    }

    private static EquatableArray<BoundRule> BindRules(EquatableArray<ParameterRule> rules, List<BoundProperty> properties) => rules
        .Where(rule => rule.Parameters.All(name => properties.Exists(property => property.JsonName == name)))
        .Select(rule => new BoundRule(rule.Kind, rule.Parameters))
        .ToEquatableArray();

    /// <summary>What says the limits of a value: of alternatives that became one type, what they have in common.</summary>
    private Schema Checked(Schema schema, TypeRef type) =>
        schema.AnyOf.Count > 0 && type.Kind != TypeKind.Union && UnionParts.Of(schema, Resolve) is { Count: > 0 } parts
            ? Schemas.Inside(UnionParts.Together(parts.Select(part => part.Resolved).ToList()), schema)
            : schema;

    /// <summary>Whether a schema takes any value, null too.</summary>
    private static bool SaysNothing(Schema schema) => schema is { Types: SchemaTypes.Any, Enum.Count: 0, AnyOf.Count: 0, Properties.Count: 0 };

    private Constraints BindItemChecks(Schema schema, TypeRef type, string jsonName)
    {
        var items = type.Kind == TypeKind.Map ? schema.AdditionalProperties : schema.Items ?? _checks.UnstatedItems(jsonName);
        if (type.Item?.Given is not { } item || items is null)
            return Constraints.None;
        items = Schemas.Inside(Checked(Resolve(items), item), schema);
        var inside = BindItemChecks(items, item, jsonName);
        return _checks.Bind(items, item, jsonName) with { Items = inside == Constraints.None ? null : inside };
    }

    /// <summary>The C# type of a schema. What has no form here is raw JSON, and told.</summary>
    private TypeRef BindType(Schema schema, TypeContext slot, bool isItem)
    {
        if (slot.Depth > MaxDepth || ++_steps > MaxSteps)
            return Raw(schema, slot, "too intricate");
        if (schema.Ref is { } name)
        {
            var target = _scope.Find(name);
            if (target is null)
                return BindUndescribed(schema, name, slot, isItem);
            if (target.Ref is null && FileSchemas.Detect(name, target) is { } file)
                return FileOf(file, schema, slot);
            if (_scope.Shared is { } shared)
                return shared(name);
            if (target.Ref is null && target.AnyOf.Count == 0 && target.Properties.Count > 0)
                return new TypeRef(TypeKind.Object, NamedObject(name, target, slot));
            return BindType(Resolve(schema), slot, isItem);
        }
        if (schema.AnyOf.Count > 0)
            return _unions.Bind(schema, slot, isItem, BindItemChecks);
        if (schema.Enum.Count > 0)
            return BindEnum(schema, slot, isItem);
        switch (schema.Types & ~SchemaTypes.Null)
        {
            case SchemaTypes.String:
                return TypeRef.String;
            case SchemaTypes.Boolean:
                return TypeRef.Boolean;
            case SchemaTypes.Integer:
                var isSeed = schema.Maximum is null && slot.JsonName.EndsWith("seed", StringComparison.OrdinalIgnoreCase) && !isItem;
                return isSeed || NumberTypes.IsWide(schema) ? TypeRef.WideInteger : TypeRef.Integer;
            case SchemaTypes.Number or (SchemaTypes.Number | SchemaTypes.Integer):
                return TypeRef.Number;
            case SchemaTypes.Array:
                return (schema.Items ?? _checks.UnstatedItems(slot.JsonName)) is { } items ? BindItem(items, slot).List() : TypeRef.Raw.List();
            case SchemaTypes.Object when schema.Properties.Count > 0:
                if (FileSchemas.Detect("", schema) is { } file)
                    return FileOf(file, schema, slot);
                return InlineObject(schema, slot, isItem) is { } inline ? new TypeRef(TypeKind.Object, inline) : Raw(schema, slot, "too intricate");
            case SchemaTypes.Object when schema.AdditionalProperties is not { } members || members == new Schema { Pointer = members.Pointer }:
                return TypeRef.Raw;
            case SchemaTypes.Object:
                return BindItem(schema.AdditionalProperties, slot).Map();
            case SchemaTypes.Any:
                return Raw(schema, slot, schema.Nullable ? "null and nothing else" : "of no stated type");
            default:
                return _unions.Bind(schema, slot, isItem, BindItemChecks);
        }
    }

    /// <summary>A file. What a model takes stays as wide as its document; what it gives is what the document shows.</summary>
    private TypeRef FileOf(string file, Schema declared, TypeContext slot) =>
        new(TypeKind.File, slot.Owner.Role == ObjectRole.Output && _scope.Kind == ScopeKind.Endpoint ? FileSchemas.Narrow(file, declared, slot.JsonName) : file);

    private TypeRef BindItem(Schema schema, TypeContext slot)
    {
        var type = BindType(schema, slot.Nested, isItem: true);
        return Schemas.IsNullable(schema, Resolve) ? type.OrNull() : type;
    }

    private TypeRef BindUndescribed(Schema schema, string name, TypeContext slot, bool isItem)
    {
        if (schema.Enum.Count > 0 || schema.Types != SchemaTypes.Any)
            return BindType(schema with { Ref = null }, slot, isItem);
        if (FileSchemas.ByName(name) is { } file)
            return FileOf(file, schema, slot);
        Report(GeneratorProblems.UndescribedType, schema.Pointer, name, slot.JsonName);
        return TypeRef.Raw;
    }

    private TypeRef BindEnum(Schema schema, TypeContext slot, bool isItem)
    {
        if (schema.Enum.All(value => value.Kind == JsonKind.String && DocumentText.IsWellFormed(value.Text)))
            return new TypeRef(TypeKind.Enum, _enums.Bind(slot, schema.Enum.Select(value => value.Text), schema.Description ?? slot.Description, isItem));
        if (schema.Enum.All(value => value.Kind == JsonKind.Boolean))
            return TypeRef.Boolean;
        if (schema.Enum.All(value => value.Kind == JsonKind.Number))
            return NumberTypes.OfValues(schema);
        var isPlain = schema.Enum.All(value => value.Kind is JsonKind.String or JsonKind.Number or JsonKind.Boolean);
        return isPlain && UnionParts.IsSeveral(schema.Types & ~SchemaTypes.Null)
            ? _unions.Bind(schema, slot, isItem, BindItemChecks)
            : Raw(schema, slot, "one of values of several types");
    }

    private TypeRef Raw(Schema schema, TypeContext slot, string form)
    {
        Report(GeneratorProblems.RawForm, schema.Pointer, slot.JsonName, form);
        return TypeRef.Raw;
    }

    private string NamedObject(string schemaName, Schema schema, TypeContext slot)
    {
        if (_namedObjects.TryGetValue(schemaName, out var known))
            return known;
        var wanted = _scope.NameOf(schemaName);
        var name = TakeType(schemaName, wanted);
        _namedObjects.Add(schemaName, name);
        var role = _scope.InputSchemas.Contains(schemaName) ? ObjectRole.Input : slot.Owner.Role;
        _pending.Enqueue(new(name, schemaName, role, schema, IsRoot: false));
        return name;
    }

    /// <summary>The name of an object that has none in the document; null when there are too many of them.</summary>
    private string? InlineObject(Schema schema, TypeContext slot, bool isItem)
    {
        // One that leads back to itself, through unions, lists and maps that have no name here either, is one type.
        for (var around = slot.Owner; around is not null; around = around.Parent)
        {
            if (around.Parent is not null && around.Schema.Pointer == schema.Pointer && around.Schema == schema)
                return around.Name;
        }
        if (slot.Owner.Parent is not null && ++slot.Owner.Nested.Count > MaxNested)
            return null;
        var key = slot.Key;
        var wanted = TypeNames.OfSlot(slot, isItem);
        // Where two of an operation's objects hold objects of one name, the later one says which it is in.
        if (_scope.Kind == ScopeKind.Operation && slot.Owner.IsRoot && !_types.IsFree(wanted))
            wanted = slot.Owner.Name + wanted;
        var name = TakeType(key, wanted);
        _pending.Enqueue(new(name, key, slot.Owner.Role, schema, IsRoot: _scope.Kind == ScopeKind.Operation && slot is { Owner.Key.Length: 0, KeySuffix.Length: 0 }, Parent: slot.Owner) { Nested = slot.Owner.Nested });
        return name;
    }

    private string TakeType(string key, string wanted)
    {
        if (_given.TryGetValue(key, out var given))
            return given;
        if (_scope.Locked.Find(NameKeys.Type(key)) is { } locked)
        {
            if (Identifiers.IsTypeName(locked) && _types.TryReserve(locked))
                return locked;
            _scope.ReportLock(NameKeys.Type(key), locked);
        }
        return _types.Reserve(MemberNames.Apart(wanted), "Type");
    }

    /// <summary>The name of a union; the names of its alternatives' types come first.</summary>
    private string TakeUnion(string key, string wanted)
    {
        if (!_given.ContainsKey(key) && _scope.Locked.Find(NameKeys.Type(key)) is null && (wanted.StartsWith("TryGet", StringComparison.Ordinal) || !_types.IsFree(wanted)))
            wanted += "Choice";
        return TakeType(key, wanted);
    }

    private Schema Resolve(Schema schema) => Schemas.Resolve(schema, _scope.Find);

    private void Report(ProblemKind kind, string pointer, params string[] arguments) => _scope.Report(kind, pointer, arguments);
}
