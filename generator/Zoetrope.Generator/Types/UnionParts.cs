using Zoetrope.Specs.Model;

namespace Zoetrope.Generator.Types;

/// <summary>Takes a union apart: unions inside it and lists of types become alternatives of their own.</summary>
internal sealed class UnionParts(Func<Schema, Schema> resolve)
{
    // Of real documents ElevenLabs has the most, 64 and growing. Alternatives beyond this are not distinguished, and would be refused.
    private const int Most = 512;

    private readonly HashSet<string> _followed = new(StringComparer.Ordinal);
    private readonly List<(Schema Declared, Schema Resolved)> _parts = [];

    /// <summary>The alternatives, each as declared and with its references followed.</summary>
    public static IReadOnlyList<(Schema Declared, Schema Resolved)> Of(Schema schema, Func<Schema, Schema> resolve)
    {
        var parts = new UnionParts(resolve);
        parts.Add(schema);
        return parts._parts;
    }

    /// <summary>
    /// What is valid where one of several schemas of one type is, as one schema: all values that any of them names, else the loosest of each limit.
    /// </summary>
    public static Schema Together(IReadOnlyList<Schema> schemas)
    {
        if (schemas.Count == 1)
            return schemas[0];
        var types = schemas.Aggregate(SchemaTypes.Any, (types, schema) => types | schema.Types);
        if (schemas.All(schema => schema.Enum.Count > 0))
        {
            return new Schema
            {
                Pointer = schemas[0].Pointer,
                Types = types,
                Enum = schemas.SelectMany(schema => schema.Enum).Distinct().ToEquatableArray(),
                Labels = schemas.SelectMany(schema => schema.LabelsOfValues).ToEquatableArray(),
            };
        }
        return new Schema
        {
            Pointer = schemas[0].Pointer,
            Types = types,
            AnyOf = schemas.ToEquatableArray(),
            MinLength = Loosest(schemas, schema => schema.MinLength, Math.Min),
            MaxLength = Loosest(schemas, schema => schema.MaxLength, Math.Max),
            Minimum = Loosest(schemas, schema => schema.Minimum, isLower: true),
            Maximum = Loosest(schemas, schema => schema.Maximum, isLower: false),
        };
    }

    private static int? Loosest(IReadOnlyList<Schema> schemas, Func<Schema, int?> select, Func<int, int, int> looser) =>
        schemas.All(schema => select(schema) is not null) ? schemas.Select(schema => select(schema)!.Value).Aggregate(looser) : null;

    // Whether the limit itself is valid may differ; that it is refuses nothing.
    private static string? Loosest(IReadOnlyList<Schema> schemas, Func<Schema, string?> select, bool isLower)
    {
        string? loosest = null;
        var limit = 0d;
        foreach (var text in schemas.Select(select))
        {
            if (!Numbers.TryDouble(text, out var value))
                return null;
            if (loosest is null || (isLower ? value < limit : value > limit))
                (loosest, limit) = (text, value);
        }
        return loosest;
    }

    private void Add(Schema declared)
    {
        // A union that holds itself says nothing more by that.
        if (_parts.Count >= Most || (declared.Ref is { } name && !_followed.Add(name)))
            return;
        var schema = resolve(declared);
        var types = schema.NonNullTypes;
        if (schema.AnyOf.Count > 0)
        {
            foreach (var alternative in schema.AnyOf)
                Add(alternative);
        }
        else if (IsSeveral(types))
        {
            foreach (var type in new[]
            {
                SchemaTypes.String,
                SchemaTypes.Number,
                SchemaTypes.Integer,
                SchemaTypes.Boolean,
                SchemaTypes.Array,
                SchemaTypes.Object
            })
            {
                if ((types & type) != 0)
                    AddOnly(schema, type);
            }
        }
        // Null is not an alternative of its own: what holds the union says whether it is valid.
        else if (schema.Types != SchemaTypes.Null)
            _parts.Add((declared, schema));
    }

    private void AddOnly(Schema schema, SchemaTypes type)
    {
        var values = schema.Enum.Where(value => IsOf(value, type)).ToEquatableArray();
        if (schema.Enum.Count > 0 && values.Count == 0)
            return;
        var part = schema with { Types = type, Enum = values };
        _parts.Add((part, part));
    }

    private static bool IsOf(JsonLiteral value, SchemaTypes type) => type switch
    {
        SchemaTypes.String => value.Kind == JsonKind.String,
        SchemaTypes.Number or SchemaTypes.Integer => value.Kind == JsonKind.Number,
        SchemaTypes.Boolean => value.Kind == JsonKind.Boolean,
        SchemaTypes.Array => value.Kind == JsonKind.Array,
        _ => value.Kind == JsonKind.Object,
    };

    /// <summary>Whether values can be of several types that have a C# type each.</summary>
    public static bool IsSeveral(SchemaTypes types) => (types & (types - 1)) != 0 && types != (SchemaTypes.Number | SchemaTypes.Integer);
}
