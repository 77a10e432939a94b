using Zoetrope.Specs;

namespace Zoetrope.Generator;

/// <summary>Tells the parts of a form that are files from those that are values.</summary>
internal static class UploadForms
{
    private const string Binary = "binary";

    /// <summary>The type of a part that is a file, or several; null where it is none.</summary>
    /// <param name="declared">The part as declared.</param>
    /// <param name="resolved">The same with references followed.</param>
    /// <param name="resolve">Follows references.</param>
    public static TypeRef? Detect(Schema declared, Schema resolved, Func<Schema, Schema> resolve)
    {
        if (IsFile(declared, resolved))
            return TypeRef.Upload;
        return (resolved.Types & ~SchemaTypes.Null) == SchemaTypes.Array && resolved.Items is { } items && IsFile(items, resolve(items)) ? TypeRef.Upload.List() : null;
    }

    /// <summary>Whether a form has a part that is a file.</summary>
    public static bool AnyIn(Schema form, Func<Schema, Schema> resolve) => form.Properties.Any(property => Detect(property.Schema, resolve(property.Schema), resolve) is not null);

    /// <summary>Whether a body of that schema is bytes.</summary>
    public static bool IsBinary(Schema schema) =>
        (schema.Types & ~SchemaTypes.Null) is SchemaTypes.String or SchemaTypes.Any && schema.Format == Binary;

    /// <summary>Documents of OpenAPI 3.1 describe a file by its media type alone, and some only in words.</summary>
    private static bool IsFile(Schema declared, Schema schema)
    {
        if (IsBinary(schema))
            return true;
        var isUntyped = schema.Types == SchemaTypes.Any && schema is { Enum.Count: 0, AnyOf.Count: 0, Properties.Count: 0 };
        return isUntyped && (declared.Description ?? schema.Description)?.IndexOf(Binary, StringComparison.OrdinalIgnoreCase) >= 0;
    }
}
