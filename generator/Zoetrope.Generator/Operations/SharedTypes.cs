using Zoetrope.Generator.Diagnostics;
using Zoetrope.Generator.Naming;
using Zoetrope.Generator.Operations.Content;
using Zoetrope.Generator.Operations.Inline;
using Zoetrope.Generator.Types;
using Zoetrope.Specs.Model;

namespace Zoetrope.Generator.Operations;

/// <summary>
/// The types that the operations of an API share: its named schemas, each under its own name. What has a name in the document and no type of its own (lists,
/// maps, single values) is bound once, and every use of it is the same.
/// </summary>
internal sealed class SharedTypes
{
    private const int LongestUnion = 80;

    // Lists of lists by name without end would fill the stack.
    private const int MaxDepth = 16;

    private readonly ApiDocument _document;
    private readonly InlineSchemas _inline;
    private readonly LockedNames _locked;
    private readonly TypeBinder _binder;
    private readonly Dictionary<string, Schema> _schemas = new(StringComparer.Ordinal);
    private readonly Dictionary<string, TypeRef> _types = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _names = new(StringComparer.Ordinal);
    private readonly HashSet<string> _inputs;
    private readonly HashSet<string> _outputs;
    private readonly HashSet<string> _begun = new(StringComparer.Ordinal);
    private readonly BindingProblems _problems;
    private int _depth;

    public SharedTypes(ApiDocument document, InlineSchemas inline, LockedNames locked, BindingProblems problems)
    {
        _document = document;
        (_inline, _locked) = (inline, locked);
        // What has no name in the document is called after its property.
        _problems = problems.WithLabels(inline.Labels);
        foreach (var schema in document.Api.Schemas)
            _schemas[schema.Name] = schema.Schema;
        _inputs = SchemaReach.From(document.Api.Operations.SelectMany(InputsOf), Find);
        _outputs = SchemaReach.From(document.Api.Operations.SelectMany(OutputsOf).Concat(document.Api.Webhooks.Select(webhook => webhook.Payload)), Find);
        _binder = new TypeBinder(new TypeScope
        {
            Kind = ScopeKind.Shared,
            Class = document.Class.Name,
            Provider = "",
            Find = Find,
            Shared = TypeOf,
            InputSchemas = _inputs,
            OutputSchemas = _outputs,
            Locked = locked,
            Problems = _problems,
            Rules = document.Api.Rules,
        });
    }

    /// <summary>The types, after <see cref="Bind"/>.</summary>
    public BoundTypes Types { get; private set; } = new() { Owner = "" };

    /// <summary>The webhooks, after <see cref="Bind"/>; null where there are none.</summary>
    public BoundWebhooks? Webhooks { get; private set; }

    /// <summary>The error that most operations have, or null.</summary>
    public TypeRef? Error { get; private set; }

    /// <summary>The schema of that name, or null.</summary>
    public Schema? Find(string name) => _schemas.TryGetValue(name, out var schema) ? schema : null;

    /// <summary>Binds all schemas that are used as values, and the common error.</summary>
    public void Bind(Schema? error, CancellationToken cancellationToken)
    {
        var values = _document.Api.Operations.SelectMany(operation => InputsOf(operation).Concat(OutputsOf(operation)));
        var used = SchemaReach.From(values.Concat(_document.Api.Webhooks.Select(webhook => webhook.Payload)), Find);
        var own = _document.Api.Schemas.Where(schema => used.Contains(schema.Name)).ToList();
        // Locked names come before those of the document, and these before names that are made.
        foreach (var schema in own.Where(schema => HasType(schema.Name, schema.Schema)).OrderBy(schema => _locked.Find(NameKeys.Type(schema.Name)) is null))
            _names[schema.Name] = _binder.Give(schema.Name, WantedBy(schema.Name));
        if (error is not null)
        {
            var name = _binder.Give(NameKeys.Error, OperationTypes.Error);
            Error = Qualify(new TypeRef(TypeKind.Object, name));
            _binder.Add(new(name, NameKeys.Error, ObjectRole.Output, error with { Description = "What the service says about an error." }, IsRoot: false));
        }
        foreach (var schema in own)
        {
            cancellationToken.ThrowIfCancellationRequested();
            TypeOf(schema.Name);
        }
        foreach (var response in _document.Api.Operations.SelectMany(RootsOf))
        {
            if (response is not null && KeyOf(response) is { } key && !_types.ContainsKey(key))
                _types.Add(key, _binder.BindRoot(response, key, string.Join("Or", key.Split('|').Select(TypeNames.OfSchema)), ObjectRole.Output));
        }
        BindWebhooks();
        Types = _binder.Finish(cancellationToken);
    }

    private void BindWebhooks()
    {
        if (_document.Api.Webhooks.Count == 0)
            return;
        var webhooks = new List<BoundWebhook>();
        var names = new NameScope([]);
        foreach (var webhook in _document.Api.Webhooks)
        {
            var name = names.Reserve(Identifiers.Of(webhook.Name, "Webhook"), "Webhook");
            var type = KeyOf(webhook.Payload) is { } key && _types.TryGetValue(key, out var known)
                ? known
                : _binder.BindRoot(webhook.Payload, NameKeys.Webhook + webhook.Name, name + "Payload", ObjectRole.Output);
            var text = webhook.Summary is { } summary && webhook.Description is { } more && more != summary
                ? Summaries.Sentence(summary) + " " + more
                : webhook.Summary ?? webhook.Description ?? "";
            webhooks.Add(new(name, webhook.Name, type, text, webhook.Pointer));
        }
        Webhooks = new(_binder.Give(NameKeys.Webhooks, "Webhooks"), webhooks.ToEquatableArray());
    }

    /// <summary>The type of a named schema, for another class.</summary>
    public TypeRef Import(string name) => Qualify(TypeOf(name));

    /// <summary>
    /// The type of a response that is one of several named schemas, for another class: it is called after them, and is one wherever it is given. Null where it
    /// is none.
    /// </summary>
    public TypeRef? UnionOf(Schema response) => KeyOf(response) is { } key && _types.TryGetValue(key, out var type) ? Qualify(type) : null;

    /// <summary>What another class must know of the types of this one that it uses.</summary>
    public EquatableArray<ImportedType> Facts(IEnumerable<TypeRef> used)
    {
        var names = new HashSet<string>(used.Where(type => type.Owner.Length > 0).Select(type => type.Name), StringComparer.Ordinal);
        return Types.Objects.Select(one => new ImportedType(one.Name, one.Role, default))
            .Concat(Types.Unions.Select(one => new ImportedType(one.Name, one.Role, default)))
            .Where(one => names.Contains(one.Name))
            .Concat(Types.Enums
                .Where(one => names.Contains(one.Name))
                .Select(one => new ImportedType(one.Name, ObjectRole.Output, one.Values.Select(value => value.Text).ToEquatableArray())))
            .ToEquatableArray();
    }

    /// <summary>The names of the schemas that a response can be; null where it is something else, or they would be too long a name.</summary>
    private string? KeyOf(Schema response)
    {
        if (response.AnyOf.Count == 0 || response.Ref is not null || response.AnyOf.Any(one => one.Ref is null || _inline.Names.ContainsKey(one.Ref)))
            return null;
        var key = string.Join("|", response.AnyOf.Select(one => one.Ref));
        return key.Length <= LongestUnion ? key : null;
    }

    private string WantedBy(string name) => _inline.Names.TryGetValue(name, out var wanted) ? wanted : TypeNames.OfSchema(name);

    private TypeRef Qualify(TypeRef type) => type.Kind switch
    {
        TypeKind.List or TypeKind.Map => type with { Item = Qualify(type.Item!) },
        TypeKind.Object or TypeKind.Enum or TypeKind.Union => type with { Owner = _document.Class.Name },
        _ => type,
    };

    private TypeRef TypeOf(string name)
    {
        if (_types.TryGetValue(name, out var known))
            return known;
        var schema = _schemas[name];
        var role = RoleOf(name);
        var isResultToo = role == ObjectRole.Input && _outputs.Contains(name);
        if (_depth == MaxDepth || !_begun.Add(name))
        {
            _problems.Report(GeneratorProblems.RawForm, schema.Pointer, name, _depth == MaxDepth ? "too intricate" : "inside itself without an object between");
            return TypeRef.Raw;
        }
        TypeRef type;
        if (Schemas.IsObject(schema) && FileSchemas.Detect(name, schema, role) is { } file)
            type = new TypeRef(TypeKind.File, file);
        else if (Schemas.IsObject(schema))
        {
            var own = _names[name];
            type = new TypeRef(TypeKind.Object, own);
            _types.Add(name, type);
            _binder.Add(new(own, name, role, schema, IsRoot: false) { IsResultToo = isResultToo });
            return type;
        }
        else
        {
            var own = _names.TryGetValue(name, out var given) ? given : WantedBy(name);
            _depth++;
            var owner = new PendingObject("", "", role, schema, IsRoot: true) { IsResultToo = isResultToo };
            type = _binder.Bind(schema, new TypeContext(owner, name, own, schema.Description));
            _depth--;
        }
        _types.Add(name, type);
        return type;
    }

    private ObjectRole RoleOf(string name) => _inputs.Contains(name) ? ObjectRole.Input : ObjectRole.Output;

    /// <summary>Whether a schema becomes a type of its own, or can.</summary>
    private bool HasType(string name, Schema schema)
    {
        if (schema.Ref is not null)
            return false;
        if (Schemas.IsObject(schema))
            return FileSchemas.Detect(name, schema, RoleOf(name)) is null;
        var isEnum = schema.Enum.Count > 0 && schema.Enum.All(value => value.Kind == JsonKind.String);
        return schema.AnyOf.Count > 0 || UnionParts.IsSeveral(schema.NonNullTypes) || isEnum;
    }

    /// <summary>What an operation takes as values: of a form its parts, not the form itself.</summary>
    private IEnumerable<Schema?> InputsOf(OperationDescription operation)
    {
        foreach (var parameter in operation.Parameters)
            yield return parameter.Schema;
        if (operation.Body is not { } body || BodySelector.Choose(body, Find) is not { Schema: { } schema } chosen)
            yield break;
        if (!BodySelector.IsForm(chosen))
            yield return schema;
        else
        {
            foreach (var part in MultipartSchemas.Of(schema, Find).Properties)
            {
                // Of what can be a file, only what else it can be is a value.
                var values = chosen.MediaType == MediaTypes.Multipart && UploadSchemas.Detect(part.Schema, one => Schemas.Resolve(one, Find)) is { } upload
                    ? upload.Rest
                    : new([part.Schema]);
                foreach (var value in values)
                    yield return value;
            }
        }
    }

    private static IEnumerable<Schema?> OutputsOf(OperationDescription operation) =>
        operation.Responses.SelectMany(response => response.Contents)
            .SelectMany(content => new[] { MediaTypes.IsJson(content.MediaType) ? content.Schema : null, content.Items?.Schema });

    /// <summary>What an operation gives as a whole: JSON, and the items of a sequence.</summary>
    private IEnumerable<Schema?> RootsOf(OperationDescription operation) =>
        [ResponseSelector.JsonOf(operation, Find), ResponseSelector.ItemsOf(operation)?.Items!.Schema];
}
