using Zoetrope.Specs.Model;

namespace Zoetrope.Specs.OpenApi;

/// <summary>Compares schemas by what they allow, wherever they stand.</summary>
internal static class SchemaShape
{
    // What is merged from references is shared, and walking it unfolds it. What lies beyond counts as different.
    private const int MostSchemas = 1000;

    /// <summary>The types alone, without places, prose and limits.</summary>
    public static Schema Shape(this Schema schema)
    {
        var left = MostSchemas;
        return Shape(schema, ref left);
    }

    /// <summary>The same without place and prose; what lies inside keeps only its types.</summary>
    public static Schema WithoutProse(this Schema schema)
    {
        var shape = schema.Shape();
        return schema with
        {
            Pointer = "",
            Title = null,
            Description = null,
            Default = null,
            Examples = default,
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
            Items = schema.Items is { } items ? Shape(items, ref left) : null,
            Properties = properties.ToEquatableArray(),
            AdditionalProperties = schema.AdditionalProperties is { } members ? Shape(members, ref left) : null,
            Closed = schema.Closed,
            AnyOf = alternatives.ToEquatableArray(),
            Discriminator = schema.Discriminator,
        };
    }
}
