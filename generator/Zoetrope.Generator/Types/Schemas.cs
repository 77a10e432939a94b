using Zoetrope.Specs.Model;

namespace Zoetrope.Generator.Types;

/// <summary>Reads through references, and recognizes plain schemas.</summary>
internal static class Schemas
{
    /// <summary>How many references are followed after each other.</summary>
    public const int MostReferences = 32;

    /// <summary>Follows references; what the reference itself says stays, where the target is silent.</summary>
    public static Schema Resolve(Schema schema, Func<string, Schema?> find)
    {
        var resolved = schema;
        for (var depth = 0; resolved.Ref is { } name && depth < MostReferences; depth++)
        {
            if (find(name) is not { } target)
                return resolved;
            resolved = target with
            {
                Pointer = resolved.Pointer,
                Description = resolved.Description ?? target.Description,
                MoreDescription = Schema.MoreOf(resolved, target),
                Examples = resolved.Examples.Concat(target.Examples).ToEquatableArray(),
                Default = resolved.Default ?? target.Default,
                File = resolved.File ?? target.File,
                Types = target.Types | (resolved.Types & SchemaTypes.Null),
            };
        }
        return resolved.Ref is null ? resolved : new Schema { Pointer = schema.Pointer };
    }

    /// <summary>A schema with what is said of the list, the map or the alternatives that it is in, where it is silent itself.</summary>
    public static Schema Inside(Schema schema, Schema around) => schema with
    {
        Description = schema.Description ?? around.Description,
        MoreDescription = Schema.MoreOf(schema, around),
        Default = schema.Default ?? around.Default,
        Examples = schema.Examples.Concat(around.Examples).ToEquatableArray(),
        Format = schema.Format ?? around.Format,
    };

    /// <summary>Whether null is valid: the schema says so, or what it refers to, or one of its alternatives.</summary>
    public static bool IsNullable(Schema schema, Func<Schema, Schema> resolve) => IsNullable(schema, resolve, []);

    /// <summary>Whether a value is a text of no fixed values.</summary>
    public static bool IsPlainText(Schema schema) => schema.NonNullTypes == SchemaTypes.String && schema.Enum.Count == 0;

    /// <summary>Whether a schema is an object with members and nothing else, so that it becomes a type of its own.</summary>
    public static bool IsObject(Schema schema) => schema is { Ref: null, AnyOf.Count: 0, Properties.Count: > 0 } && !UnionParts.IsSeveral(schema.NonNullTypes);

    /// <summary>Whether a schema takes any value, null too.</summary>
    public static bool TakesAny(Schema schema) => schema is { Types: SchemaTypes.Any, Enum.Count: 0, AnyOf.Count: 0, Properties.Count: 0 };

    private static bool IsNullable(Schema schema, Func<Schema, Schema> resolve, HashSet<string> followed)
    {
        if (schema.Ref is { } name && !followed.Add(name))
            return false;
        var resolved = resolve(schema);
        return schema.Nullable || resolved.Nullable || resolved.AnyOf.Any(one => IsNullable(one, resolve, followed));
    }
}
