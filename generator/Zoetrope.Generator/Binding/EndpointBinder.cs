using Zoetrope.Specs;

namespace Zoetrope.Generator;

/// <summary>
/// Settles the C# names and types of one endpoint. Objects are bound breadth first (request, result, then what they hold), so that the names
/// nearest to the user are the plainest. Nothing here depends on other endpoints.
/// </summary>
internal sealed class EndpointBinder
{
    // A value can be a list of maps of lists without end, and hostile documents branch on the way; beyond these it stays raw.
    private const int MaxDepth = 8;
    private const int MaxSteps = 1000;

    private static readonly string[] ReservedTypes = ["Request", "Result", "Endpoint", "Info", "Model", "Equals", "ReferenceEquals", "GetHashCode", "GetType", "ToString", "MemberwiseClone", "Finalize", "Read", "Write", "Validate", "ExtraProperties", "Value", "IsKnown", "Raw", "From"];

    private readonly MergedEndpoint _endpoint;
    private readonly List<PlacedProblem> _problems = [];
    private readonly LockedNames _locked;
    private readonly NameScope _types;
    private readonly HashSet<string> _endpointWords;
    private readonly Dictionary<string, string> _namedObjects = new(StringComparer.Ordinal);
    private readonly Queue<PendingObject> _pending = new();
    private readonly List<BoundObject> _objects = [];
    private readonly HashSet<string> _inputSchemas;
    private readonly CheckBinder _checks;
    private readonly EnumBinder _enums;
    private readonly UnionBinder _unions;
    private int _steps;

    private EndpointBinder(MergedEndpoint endpoint)
    {
        _endpoint = endpoint;
        _locked = new LockedNames(endpoint.Names);
        _types = new NameScope(ReservedTypes.Append(endpoint.Name));
        _enums = new EnumBinder(_locked, _types, ReportLock);
        _checks = new CheckBinder(endpoint.Provider, (kind, pointer, name, what) => Report(kind, pointer, name, what));
        _unions = new UnionBinder(_checks, Resolve, BindType, _enums, TakeUnion, (kind, pointer, name) => Report(kind, pointer, name));
        _endpointWords = new HashSet<string>(Identifiers.Words(endpoint.Id).Concat(Identifiers.Words(endpoint.Name)), StringComparer.OrdinalIgnoreCase);
        _inputSchemas = SchemaReach.From(endpoint.Description.Input, endpoint);
    }

    /// <summary>Binds; null when no document describes the input.</summary>
    public static Outcome<BoundEndpoint> Bind(MergedEndpoint endpoint)
    {
        var binder = new EndpointBinder(endpoint);
        var bound = binder.Bind();
        return new(bound, binder._problems.ToEquatableArray());
    }

    private BoundEndpoint? Bind()
    {
        var description = _endpoint.Description;
        if (description.Input is not { } input)
        {
            Report(GeneratorProblems.NoInput, "", _endpoint.Id);
            return null;
        }
        _pending.Enqueue(new("Request", NameKeys.Input, ObjectRole.Input, input, IsRoot: true));
        if (ResultForm.IsBare(_endpoint))
            _pending.Enqueue(new("Result", NameKeys.Output, ObjectRole.Output, ResultForm.BareSchema(_endpoint), IsRoot: true));
        else
            _pending.Enqueue(new("Result", NameKeys.Output, ObjectRole.Output, description.Output ?? new Schema { Types = SchemaTypes.Object }, IsRoot: true));

        // The enums of the request and the result get the plain names, whatever is inside them.
        while (_pending.Count > 0)
            _objects.Add(BindObject(_pending.Dequeue()));
        return new BoundEndpoint
        {
            Provider = _endpoint.Provider,
            Id = _endpoint.Id,
            Namespace = _endpoint.Namespace,
            Name = _endpoint.Name,
            IsReference = _endpoint.IsReference,
            Facts = new EndpointFacts(
                description.Title, description.Description, description.Category, description.OutputType, description.Status, description.EstimatedSeconds,
                description.Pricing, new[] { _endpoint.PagePath, _endpoint.OpenApiPath }.Where(path => path is not null).Select(path => ReadFile.NameOf(path!)).ToEquatableArray()),
            Objects = _objects.ToEquatableArray(),
            Enums = _enums.All.ToEquatableArray(),
            Unions = _unions.All.ToEquatableArray(),
        };
    }

    private BoundObject BindObject(PendingObject pending)
    {
        var scope = new NameScope(MemberNames.ReservedIn(pending.Name));
        var names = MemberNames.Give(pending.Schema.Properties.Select(property => property.Name), pending.Key, scope, _locked, ReportLock);
        var properties = new List<BoundProperty>();
        for (var i = 0; i < pending.Schema.Properties.Count; i++)
        {
            var property = pending.Schema.Properties[i];
            if (Literals.IsWellFormed(property.Name))
                properties.Add(BindProperty(pending, property, names[i]));
            else
                Report(GeneratorProblems.MalformedName, pending.Schema.Pointer, property.Name);
        }
        return new BoundObject
        {
            Name = pending.Name,
            Key = pending.Key,
            Role = pending.Role,
            Summary = pending.Schema.Description ?? "",
            Properties = properties.ToEquatableArray(),
            Rules = pending is { IsRoot: true, Role: ObjectRole.Input } ? BindRules(properties) : default,
            IsBare = pending is { IsRoot: true, Role: ObjectRole.Output } && ResultForm.IsBare(_endpoint),
        };
    }

    private BoundProperty BindProperty(PendingObject owner, SchemaProperty property, string name)
    {
        var slot = new Slot(owner, property.Name, name, property.Schema.Description);
        _steps = 0;
        var schema = Resolve(property.Schema);
        var type = BindType(property.Schema, slot, isItem: false);
        var isRequest = owner.Role == ObjectRole.Input;
        var checks = isRequest ? _checks.Bind(schema, type, property.Name) : Checks.None;
        return new BoundProperty
        {
            JsonName = property.Name,
            Name = name,
            Type = type,
            Required = property.Required,
            Nullable = schema.Nullable || property.Schema.Nullable,
            Summary = Summaries.OfProperty(schema, property.Schema, type),
            Checks = checks,
            ItemChecks = isRequest ? BindItemChecks(schema, type, property.Name) : Checks.None,
            Default = (property.Schema.Default ?? schema.Default)?.Json,
            Description = property.Schema.Description ?? schema.Description,
            JsonType = Summaries.JsonType(schema),
            Pointer = property.Schema.Pointer,
        };
    }

    private Checks BindItemChecks(Schema schema, TypeRef type, string jsonName)
    {
        var items = type.Form == TypeForm.Map ? schema.AdditionalProperties : schema.Items ?? _checks.UnstatedItems(jsonName);
        if (type.Item is not { } item || items is null)
            return Checks.None;
        items = Resolve(items);
        var inside = BindItemChecks(items, item, jsonName);
        return _checks.Bind(items, item, jsonName) with { Items = inside == Checks.None ? null : inside };
    }

    private EquatableArray<BoundRule> BindRules(List<BoundProperty> properties)
    {
        var rules = new List<BoundRule>();
        foreach (var rule in _endpoint.Description.Rules)
        {
            var unknown = rule.Parameters.FirstOrDefault(name => properties.All(property => property.JsonName != name));
            if (unknown is null && rule.Parameters.Count > 1)
                rules.Add(new(rule.Kind, rule.Parameters));
            else if (unknown is not null)
                Report(GeneratorProblems.RuleUnknownParameter, rule.Pointer, rule.Text, unknown);
        }
        return rules.ToEquatableArray();
    }

    /// <summary>The C# type of a schema. What has no form here is raw JSON, and told.</summary>
    private TypeRef BindType(Schema schema, Slot slot, bool isItem)
    {
        if (slot.Depth > MaxDepth || ++_steps > MaxSteps)
            return Raw(schema, slot, "too intricate");
        if (schema.Ref is { } name)
        {
            var target = _endpoint.Find(name);
            if (target is null)
                return BindUndescribed(schema, name, slot, isItem);
            if (target.Ref is null && FileForms.Detect(name, target) is { } file)
                return new TypeRef(TypeForm.File, file);
            if (target.Ref is null && target.AnyOf.Count == 0 && target.Properties.Count > 0)
                return new TypeRef(TypeForm.Object, NamedObject(name, target, slot));
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
                return schema.Maximum is null && slot.JsonName.EndsWith("seed", StringComparison.OrdinalIgnoreCase) && !isItem ? TypeRef.WideInteger : TypeRef.Integer;
            case SchemaTypes.Number or (SchemaTypes.Number | SchemaTypes.Integer):
                return TypeRef.Number;
            case SchemaTypes.Array:
                return (schema.Items ?? _checks.UnstatedItems(slot.JsonName)) is { } items ? BindType(items, slot.Inside, isItem: true).List() : TypeRef.Raw.List();
            case SchemaTypes.Object when schema.Properties.Count > 0:
                return FileForms.Detect("", schema) is { } file ? new TypeRef(TypeForm.File, file) : new TypeRef(TypeForm.Object, InlineObject(schema, slot, isItem));
            case SchemaTypes.Object when schema.AdditionalProperties is not { } members || members == new Schema { Pointer = members.Pointer }:
                return TypeRef.Raw;
            case SchemaTypes.Object:
                return BindType(schema.AdditionalProperties, slot.Inside, isItem: true).Map();
            case SchemaTypes.Any:
                return Raw(schema, slot, "of no stated type");
            default:
                return _unions.Bind(schema, slot, isItem, BindItemChecks);
        }
    }

    private TypeRef BindUndescribed(Schema schema, string name, Slot slot, bool isItem)
    {
        if (schema.Enum.Count > 0 || schema.Types != SchemaTypes.Any)
            return BindType(schema with { Ref = null }, slot, isItem);
        if (FileForms.ByName(name) is { } file)
            return new TypeRef(TypeForm.File, file);
        Report(GeneratorProblems.UndescribedType, schema.Pointer, name, slot.JsonName);
        return TypeRef.Raw;
    }

    private TypeRef BindEnum(Schema schema, Slot slot, bool isItem)
    {
        if (schema.Enum.All(value => value.Kind == JsonKind.String && Literals.IsWellFormed(value.Text)))
            return new TypeRef(TypeForm.Enum, _enums.Bind(slot, schema.Enum.Select(value => value.Text), schema.Description ?? slot.Description, isItem));
        if (schema.Enum.All(value => value.Kind == JsonKind.Boolean))
            return TypeRef.Boolean;
        if (schema.Enum.All(value => value.Kind == JsonKind.Number))
            return schema.Enum.All(value => Numbers.IsWhole(value.Text)) ? TypeRef.Integer : TypeRef.Number;
        return Raw(schema, slot, "one of values of several types");
    }

    private TypeRef Raw(Schema schema, Slot slot, string form)
    {
        Report(GeneratorProblems.RawForm, schema.Pointer, slot.JsonName, form);
        return TypeRef.Raw;
    }

    private string NamedObject(string schemaName, Schema schema, Slot slot)
    {
        if (_namedObjects.TryGetValue(schemaName, out var known))
            return known;
        var wanted = TypeNames.Shorten(schemaName, _endpointWords);
        var name = TakeType(schemaName, wanted);
        _namedObjects.Add(schemaName, name);
        var role = _inputSchemas.Contains(schemaName) ? ObjectRole.Input : slot.Owner.Role;
        _pending.Enqueue(new(name, schemaName, role, schema, IsRoot: false));
        return name;
    }

    private string InlineObject(Schema schema, Slot slot, bool isItem)
    {
        var key = slot.Key;
        var name = TakeType(key, TypeNames.OfSlot(slot, isItem));
        _pending.Enqueue(new(name, key, slot.Owner.Role, schema, IsRoot: false));
        return name;
    }

    private string TakeType(string key, string wanted)
    {
        if (_locked.Find(NameKeys.Type(key)) is { } locked)
        {
            if (_types.TryTake(locked))
                return locked;
            ReportLock(NameKeys.Type(key), locked);
        }
        return _types.Take(wanted, "Type");
    }

    /// <summary>The name of a union; the names of its alternatives' types come first.</summary>
    private string TakeUnion(string key, string wanted)
    {
        if (_locked.Find(NameKeys.Type(key)) is null && (wanted.StartsWith("TryGet", StringComparison.Ordinal) || !_types.IsFree(wanted)))
            wanted += "Choice";
        return TakeType(key, wanted);
    }

    /// <summary>Follows references; what the reference itself says stays, where the target is silent.</summary>
    private Schema Resolve(Schema schema)
    {
        var resolved = schema;
        for (var depth = 0; resolved.Ref is { } name && depth < 32; depth++)
        {
            if (_endpoint.Find(name) is not { } target)
                return resolved;
            resolved = target with
            {
                Pointer = resolved.Pointer,
                Description = resolved.Description ?? target.Description,
                Default = resolved.Default ?? target.Default,
                File = resolved.File ?? target.File,
                Types = target.Types | (resolved.Types & SchemaTypes.Null),
            };
        }
        return resolved.Ref is null ? resolved : new Schema { Pointer = schema.Pointer };
    }

    private void ReportLock(string key, string name) =>
        _problems.Add(PlacedProblem.Of(GeneratorProblems.BadLockedName, _endpoint.LockedAt(key), name, NameKeys.Endpoint(_endpoint.Provider, _endpoint.Id) + key));

    private void Report(ProblemKind kind, string pointer, params string[] arguments) => _problems.Add(PlacedProblem.Of(kind, _endpoint.At(pointer), arguments));
}

/// <summary>An object that is named and not yet bound.</summary>
/// <param name="Name">Its C# name.</param>
/// <param name="Key">Its key in the lock file.</param>
/// <param name="Role">Where it stands.</param>
/// <param name="Schema">What it holds.</param>
/// <param name="IsRoot">Whether it is the request or the result.</param>
internal sealed record PendingObject(string Name, string Key, ObjectRole Role, Schema Schema, bool IsRoot);

/// <summary>The property whose type is being bound.</summary>
/// <param name="Owner">The object that it is in.</param>
/// <param name="JsonName">Its JSON name.</param>
/// <param name="Name">Its C# name.</param>
/// <param name="Description">What its document says about it.</param>
/// <param name="Depth">How many lists, maps and unions are around the type.</param>
/// <param name="KeySuffix">What tells the types of one property's alternatives apart in the lock file.</param>
internal sealed record Slot(PendingObject Owner, string JsonName, string Name, string? Description, int Depth = 0, string KeySuffix = "")
{
    /// <summary>The key of a type that is called after the property.</summary>
    public string Key => Owner.Key + "." + JsonName + KeySuffix;

    /// <summary>The slot for what is inside.</summary>
    public Slot Inside => this with { Depth = Depth + 1 };
}
