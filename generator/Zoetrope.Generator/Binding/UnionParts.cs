using Zoetrope.Specs;

namespace Zoetrope.Generator;

/// <summary>Takes a union apart: unions inside it and lists of types become alternatives of their own.</summary>
internal sealed class UnionParts(Func<Schema, Schema> resolve)
{
    private const int Most = 64;

    private readonly HashSet<string> _followed = new(StringComparer.Ordinal);
    private readonly List<(Schema Declared, Schema Resolved)> _parts = [];

    /// <summary>The alternatives, each as declared and with its references followed.</summary>
    public static IReadOnlyList<(Schema Declared, Schema Resolved)> Of(Schema schema, Func<Schema, Schema> resolve)
    {
        var parts = new UnionParts(resolve);
        parts.Add(schema);
        return parts._parts;
    }

    private void Add(Schema declared)
    {
        // A union that holds itself says nothing more by that.
        if (_parts.Count >= Most || (declared.Ref is { } name && !_followed.Add(name)))
            return;
        var schema = resolve(declared);
        var types = schema.Types & ~SchemaTypes.Null;
        if (schema.AnyOf.Count > 0)
        {
            foreach (var alternative in schema.AnyOf)
                Add(alternative);
        }
        else if (IsSeveral(types))
        {
            foreach (var type in new[] { SchemaTypes.String, SchemaTypes.Number, SchemaTypes.Integer, SchemaTypes.Boolean, SchemaTypes.Array, SchemaTypes.Object })
            {
                if ((types & type) != 0)
                    AddOnly(schema, type);
            }
        }
        else
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

    private static bool IsSeveral(SchemaTypes types) => (types & (types - 1)) != 0 && types != (SchemaTypes.Number | SchemaTypes.Integer);
}
