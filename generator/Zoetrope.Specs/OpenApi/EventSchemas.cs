using Zoetrope.Specs.Model;

namespace Zoetrope.Specs.OpenApi;

/// <summary>Reads through the schemas of server-sent events.</summary>
/// <param name="find">Finds named schemas.</param>
internal sealed class EventSchemas(Func<string, Schema?> find)
{
    /// <summary>The field that holds what an event is about.</summary>
    public const string Data = "data";

    /// <summary>The field that says what kind of event it is.</summary>
    public const string Name = "event";

    private const int MaxDepth = 16;

    /// <summary>What a schema is, references followed.</summary>
    public Schema Resolve(Schema schema)
    {
        var isNullable = schema.Nullable;
        for (var depth = 0; schema.Ref is { } name && depth < MaxDepth; depth++)
        {
            schema = find(name) ?? new Schema { Pointer = schema.Pointer };
            isNullable |= schema.Nullable;
        }
        return isNullable ? schema with { Types = schema.Types | SchemaTypes.Null } : schema;
    }

    /// <summary>All that a schema can be; itself where it has no alternatives.</summary>
    public IReadOnlyList<Schema> Alternatives(Schema schema) => Alternatives(schema, 0).ToList();

    /// <summary>The JSON that a string holds, where the document says so (<c>contentSchema</c>); the same schema where it holds none.</summary>
    public Schema Parsed(Schema data) => Parsed(data, 0);

    /// <summary>Whether what comes is text, JSON, or one of both. As OpenAPI says, it is text unless another type is given.</summary>
    public EventData KindsOf(Schema data) => Alternatives(data).Aggregate(EventData.None, (kinds, one) => kinds | KindOf(one));

    /// <summary>Whether null is valid.</summary>
    public bool IsNullable(Schema schema) => Resolve(schema).Nullable || Alternatives(schema).Any(one => one.Nullable);

    /// <summary>The only names of events that a schema allows; null where it allows any.</summary>
    public IReadOnlyList<string>? NamesOf(Schema name)
    {
        var alternatives = Alternatives(name);
        return alternatives.All(one => one.Enum.Count > 0)
            ? alternatives.SelectMany(one => one.Enum).Where(value => value.Kind == JsonKind.String).Select(value => value.Text).ToList()
            : null;
    }

    /// <summary>Whether a schema is text, and its own type says so.</summary>
    public static bool IsText(Schema schema) =>
        schema.NonNullTypes == SchemaTypes.String || (schema.Enum.Count > 0 && schema.Enum.All(value => value.Kind == JsonKind.String));

    private static EventData KindOf(Schema one)
    {
        if (HoldsJson(one))
            return EventData.Json;
        var saysNothing = one.Types is SchemaTypes.Any or SchemaTypes.Null
            && one is { Properties.Count: 0, Items: null, AdditionalProperties: null, Enum.Count: 0 };
        if (IsText(one) || saysNothing)
            return EventData.Text;
        return (one.Types & SchemaTypes.String) != 0 ? EventData.Text | EventData.Json : EventData.Json;
    }

    /// <summary>Only strings hold something.</summary>
    private static bool HoldsJson(Schema schema) => schema.Content is not null && schema.NonNullTypes is SchemaTypes.String or SchemaTypes.Any;

    private IEnumerable<Schema> Alternatives(Schema declared, int depth)
    {
        var schema = Resolve(declared);
        return schema.AnyOf.Count > 0 && depth < MaxDepth ? schema.AnyOf.SelectMany(one => Alternatives(one, depth + 1)) : [schema];
    }

    private Schema Parsed(Schema data, int depth)
    {
        var resolved = Resolve(data);
        if (HoldsJson(resolved))
        {
            var content = resolved.Content!;
            return content with
            {
                Title = content.Title ?? data.Title ?? resolved.Title,
                Description = content.Description ?? data.Description ?? resolved.Description,
                Types = content.Types | (resolved.Types & SchemaTypes.Null),
            };
        }
        if (resolved.AnyOf.Count == 0 || depth == MaxDepth)
            return data;
        var parsed = resolved.AnyOf.Select(one => Parsed(one, depth + 1)).ToEquatableArray();
        return parsed == resolved.AnyOf ? data : resolved with { AnyOf = parsed };
    }
}
