using Zoetrope.Generator.Types;
using Zoetrope.Specs.Model;

namespace Zoetrope.Generator.Operations.Content;

/// <summary>Finds the parts of forms.</summary>
internal static class MultipartSchemas
{
    private const int MaxDepth = 8;

    /// <summary>
    /// The form with references followed. One that is described as alternatives has the parts of all of them, of which those are required that each requires;
    /// which belong together is left to the service.
    /// </summary>
    public static Schema Of(Schema declared, Func<string, Schema?> find) => Of(declared, find, 0);

    /// <summary>Whether a form is described as alternatives.</summary>
    public static bool IsJoined(Schema declared, Func<string, Schema?> find) => Schemas.Resolve(declared, find) is { Properties.Count: 0, AnyOf.Count: > 1 };

    private static Schema Of(Schema declared, Func<string, Schema?> find, int depth)
    {
        var schema = Schemas.Resolve(declared, find);
        if (schema is not { Properties.Count: 0, AnyOf.Count: > 0 } || depth == MaxDepth)
            return schema;
        var forms = schema.AnyOf.Select(one => Of(one, find, depth + 1)).ToList();
        var names = forms.SelectMany(form => form.Properties).Select(part => part.Name).Distinct(StringComparer.Ordinal);
        var parts =
            names.Select(name => Join(name, forms.ConvertAll<SchemaProperty?>(form => form.Properties.FirstOrDefault(part => part.Name == name)))).ToList();
        return parts.Count == 0
            ? schema
            : schema with { AnyOf = default, Discriminator = null, Types = SchemaTypes.Object, Properties = parts.ToEquatableArray() };
    }

    private static SchemaProperty Join(string name, List<SchemaProperty?> parts)
    {
        var schemas = new List<Schema>();
        foreach (var part in parts)
        {
            if (part is not null && !schemas.Exists(known => ErrorShapes.AreSame(known, part.Schema)))
                schemas.Add(part.Schema);
        }
        var joined = schemas.Count == 1
            ? schemas[0]
            : new Schema { Pointer = schemas[0].Pointer, Description = schemas[0].Description, AnyOf = schemas.ToEquatableArray() };
        return new(name, joined, parts.TrueForAll(part => part is { Required: true }));
    }
}
