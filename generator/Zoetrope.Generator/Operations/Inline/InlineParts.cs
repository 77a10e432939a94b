using Zoetrope.Generator.Types;
using Zoetrope.Specs.Model;

namespace Zoetrope.Generator.Operations.Inline;

/// <summary>Goes through schemas without names.</summary>
internal static class InlineParts
{
    /// <summary>Whether a schema becomes a type of its own that operations can share.</summary>
    public static bool IsType(Schema schema, InlineSlot slot) => IsObject(schema) || (!slot.IsAlternative && (IsEnum(schema) || IsUnion(schema)));

    /// <summary>Whether it is an enum.</summary>
    public static bool IsEnum(Schema schema) =>
        schema is { Ref: null, AnyOf.Count: 0, Enum.Count: > 0 }
            && Given(schema) is SchemaTypes.String or SchemaTypes.Any
            && schema.Enum.All(value => value.Kind == JsonKind.String);

    /// <summary>Whether null is a matter of the use of a schema, not of its type.</summary>
    public static bool HasOwnNull(Schema schema) => schema.Ref is null && (IsObject(schema) || IsEnum(schema));

    /// <summary>The schema with what is in it replaced; the same one where nothing is.</summary>
    /// <param name="schema">The schema.</param>
    /// <param name="slot">Its location.</param>
    /// <param name="resolve">Follows references.</param>
    /// <param name="replace">Returns the replacement of a part.</param>
    public static Schema Replace(Schema schema, InlineSlot slot, Func<Schema, Schema> resolve, Func<Schema, InlineSlot, Schema> replace)
    {
        if (schema.Ref is not null)
            return schema;
        var isChanged = false;
        var items = schema.Items is { } item ? One(item, slot.Item()) : null;
        var members = schema.AdditionalProperties is { } member ? One(member, slot.Item()) : null;
        var properties = schema.Properties.Select(property => property with
        {
            Schema = One(property.Schema, slot.Member(property.Name)),
        }).ToList();
        var names = AlternativeNames.Of(schema, slot.Name, resolve);
        var alternatives = schema.AnyOf.Select((alternative, i) =>
            One(alternative, slot.Alternative(names[i] ?? (IsObject(alternative) ? slot.Name + "Object" : slot.Name), i + 1))).ToList();
        return isChanged
            ? schema with { Items = items, AdditionalProperties = members, Properties = properties.ToEquatableArray(), AnyOf = alternatives.ToEquatableArray() }
            : schema;

        Schema One(Schema part, InlineSlot place)
        {
            var replaced = replace(part, place);
            isChanged |= !ReferenceEquals(replaced, part);
            return replaced;
        }
    }

    // A file of a request with limits of its own is an object too, but of one operation alone.
    private static bool IsObject(Schema schema) => schema is { Ref: null, AnyOf.Count: 0, Enum.Count: 0, Properties.Count: > 0 }
        && Given(schema) == SchemaTypes.Object
        && FileSchemas.Detect("", schema, ObjectRole.Output) is null;

    private static bool IsUnion(Schema schema) => schema is { Ref: null, AnyOf.Count: > 1 } && !schema.AnyOf.Any(one => one.Format == "binary");

    private static SchemaTypes Given(Schema schema) => schema.NonNullTypes;
}
