using Zoetrope.Specs.Model;

namespace Zoetrope.Specs.OpenApi;

/// <summary>
/// Gives the events of streams schemas in which the data is the JSON that it holds. A named schema that something else uses too stays as it is for that, and
/// the streams have a copy of it.
/// </summary>
internal sealed class EventCopies
{
    private const string Suffix = "Item";

    private readonly ApiDescription _api;
    private readonly Dictionary<string, Schema> _named;
    private readonly Dictionary<string, string> _copies = new(StringComparer.Ordinal);
    private readonly EventSchemas _schemas;

    /// <summary>Finds the named schemas of events.</summary>
    /// <param name="api">What the document describes.</param>
    /// <param name="events">The items that are events.</param>
    public EventCopies(ApiDescription api, IReadOnlyCollection<SequenceItems> events)
    {
        _api = api;
        _named = api.Schemas.ToDictionary(schema => schema.Name, schema => schema.Schema, StringComparer.Ordinal);
        _schemas = new EventSchemas(Find);
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var items in events)
            AddNames(items.Schema, names);
        // An alternative that changes changes the schema that it is one of.
        while (names.FirstOrDefault(name => !_copies.ContainsKey(name) && Changes(_named[name])) is { } next)
            _copies.Add(next, next);
        var others = OtherUses(events, names);
        var taken = new HashSet<string>(_named.Keys, StringComparer.OrdinalIgnoreCase);
        foreach (var name in _copies.Keys.Where(others.Contains).OrderBy(name => name, StringComparer.Ordinal).ToList())
        {
            var copy = name + Suffix;
            for (var number = 2; !taken.Add(copy); number++)
                copy = name + Suffix + number.ToString(System.Globalization.CultureInfo.InvariantCulture);
            _copies[name] = copy;
        }
    }

    /// <summary>The named schemas, with those of events.</summary>
    public EquatableArray<NamedSchema> Schemas() => _api.Schemas.SelectMany(schema => !_copies.TryGetValue(schema.Name, out var copy)
        ? [schema]
        : copy == schema.Name
            ? new[] { schema with { Schema = Parsed(schema.Schema) } }
            : [schema, new(copy, Parsed(schema.Schema))]).ToEquatableArray();

    /// <summary>An event whose data is the JSON that it holds.</summary>
    public Schema Parsed(Schema item) => item with
    {
        Ref = item.Ref is { } name && _copies.TryGetValue(name, out var copy) ? copy : item.Ref,
        AnyOf = item.AnyOf.Select(Parsed).ToEquatableArray(),
        Properties = item.Properties
            .Select(property => property.Name == EventSchemas.Data ? property with { Schema = _schemas.Parsed(property.Schema) } : property)
            .ToEquatableArray(),
    };

    private Schema? Find(string name) => _named.TryGetValue(name, out var schema) ? schema : null;

    private void AddNames(Schema item, HashSet<string> names)
    {
        if (item.Ref is { } name && Find(name) is { } target && names.Add(name))
            AddNames(target, names);
        foreach (var alternative in item.AnyOf)
            AddNames(alternative, names);
    }

    private bool Changes(Schema item) => (item.Ref is { } name && _copies.ContainsKey(name))
        || item.AnyOf.Any(Changes)
        || item.Properties.Any(property => property.Name == EventSchemas.Data && _schemas.Parsed(property.Schema) != property.Schema);

    /// <summary>The named schemas that something else than the events themselves leads to.</summary>
    private HashSet<string> OtherUses(IReadOnlyCollection<SequenceItems> events, HashSet<string> names)
    {
        var contents = _api.Operations.SelectMany(operation => operation.Responses).SelectMany(response => response.Contents);
        var starts = _api.Operations.SelectMany(operation => operation.Parameters).Select(parameter => parameter.Schema)
            .Concat(_api.Operations.SelectMany(operation => operation.Body?.Contents ?? default).Select(content => content.Schema))
            .Concat(contents.Select(content => content.Items is { } items ? (events.Contains(items) ? null : items.Schema) : content.Schema))
            .Concat(_api.Webhooks.Select(webhook => webhook.Payload));
        var pending = new Stack<Schema?>(starts);
        foreach (var one in names.Select(name => _named[name]).Concat(events.Select(items => items.Schema)))
            PushMembers(one);
        var reached = new HashSet<string>(StringComparer.Ordinal);
        while (pending.Count > 0)
        {
            if (pending.Pop() is not { } schema)
                continue;
            if (schema.Ref is { } name && reached.Add(name))
                pending.Push(Find(name));
            PushAll(schema);
        }
        return reached;

        // What the members of an event are is not an event.
        void PushMembers(Schema item)
        {
            PushAll(item with { AnyOf = default });
            foreach (var alternative in item.AnyOf)
                PushMembers(alternative);
        }

        void PushAll(Schema schema)
        {
            pending.Push(schema.Items);
            pending.Push(schema.AdditionalProperties);
            pending.Push(schema.Content);
            foreach (var property in schema.Properties)
                pending.Push(property.Schema);
            foreach (var alternative in schema.AnyOf)
                pending.Push(alternative);
        }
    }
}
