using Zoetrope.Specs.Model;

namespace Zoetrope.Specs.OpenApi;

/// <summary>Compares schemas by what they allow, wherever they are.</summary>
internal static class SchemaShape
{
    // What is merged from references is shared, and walking it unfolds it. What lies beyond counts as different.
    private const int MostSchemas = 1000;

    /// <summary>The types alone, without locations, prose and limits.</summary>
    public static Schema Shape(this Schema schema)
    {
        var left = MostSchemas;
        return Shape(schema, ref left);
    }

    /// <summary>The constraints of the value itself, and the types alone of what is inside.</summary>
    public static Schema Outline(this Schema schema)
    {
        var shape = schema.Shape();
        return schema.WithoutProse() with
        {
            Items = shape.Items,
            Properties = shape.Properties,
            AdditionalProperties = shape.AdditionalProperties,
            AnyOf = shape.AnyOf,
        };
    }

    private static Schema Shape(Schema schema, ref int left)
    {
        if (--left < 0)
            return new Schema { Pointer = schema.Pointer };
        var properties = new List<SchemaProperty>();
        foreach (var property in schema.Properties)
            properties.Add(property with { Schema = Shape(property.Schema, ref left) });
        var alternatives = new List<Schema>();
        foreach (var alternative in schema.AnyOf)
            alternatives.Add(Shape(alternative, ref left));
        return new Schema
        {
            Ref = schema.Ref,
            Types = schema.Types,
            Format = schema.Format,
            Enum = schema.Enum,
            Labels = schema.LabelsWithoutProse(),
            Items = schema.Items is { } items ? Shape(items, ref left) : null,
            Properties = properties.ToEquatableArray(),
            AdditionalProperties = schema.AdditionalProperties is { } members ? Shape(members, ref left) : null,
            Closed = schema.Closed,
            AnyOf = alternatives.ToEquatableArray(),
            Discriminator = schema.Discriminator,
        };
    }
}
