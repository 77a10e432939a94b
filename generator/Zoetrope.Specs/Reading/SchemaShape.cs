namespace Zoetrope.Specs;

/// <summary>Compares schemas by what they allow, wherever they stand.</summary>
internal static class SchemaShape
{
    /// <summary>The types alone, without places, prose and limits.</summary>
    public static Schema Shape(this Schema schema) => new()
    {
        Ref = schema.Ref,
        Types = schema.Types,
        Format = schema.Format,
        Enum = schema.Enum,
        Items = schema.Items?.Shape(),
        Properties = schema.Properties.Select(property => property with { Schema = property.Schema.Shape() }).ToEquatableArray(),
        AdditionalProperties = schema.AdditionalProperties?.Shape(),
        Closed = schema.Closed,
        AnyOf = schema.AnyOf.Select(Shape).ToEquatableArray(),
        Discriminator = schema.Discriminator,
    };

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
}
