using Zoetrope.Specs.Model;

namespace Zoetrope.Generator.Types;

/// <summary>A part of a form that is a file, or can be.</summary>
/// <param name="IsFile">Whether it can be one file.</param>
/// <param name="List">The array of files that it can be, or null.</param>
/// <param name="Others">What else it can be.</param>
/// <param name="Items">What each item is, where the part is an array of which each item can be a file or something else.</param>
internal sealed record UploadPart(bool IsFile, Schema? List, EquatableArray<Schema> Others, UploadPart? Items = null)
{
    /// <summary>What else it, or each of its items, can be.</summary>
    public EquatableArray<Schema> Rest => Items?.Others ?? Others;
}

/// <summary>Distinguishes the parts of a form that are files, or can be, from those that are values.</summary>
internal static class UploadSchemas
{
    private const string Binary = "binary";

    /// <summary>What a part is; null where no file can be sent as it.</summary>
    /// <param name="declared">The part as declared.</param>
    /// <param name="resolve">Follows references.</param>
    public static UploadPart? Detect(Schema declared, Func<Schema, Schema> resolve) => Detect(declared, resolve, isItem: false);

    /// <summary>Whether a form has a part that can be a file.</summary>
    public static bool AnyIn(Schema form, Func<Schema, Schema> resolve) => form.Properties.Any(property => Detect(property.Schema, resolve) is not null);

    /// <summary>Whether a body of that schema is bytes.</summary>
    public static bool IsBinary(Schema schema) =>
        schema.NonNullTypes is SchemaTypes.String or SchemaTypes.Any && schema.Format == Binary;

    private static UploadPart? Detect(Schema declared, Func<Schema, Schema> resolve, bool isItem)
    {
        // What is said of the part as a whole holds for its one form.
        var parts = UnionParts.Of(declared, resolve);
        if (parts.Count == 1)
            parts = [(declared, parts[0].Resolved)];
        var isFile = false;
        Schema? list = null;
        var others = new List<Schema>();
        foreach (var (one, resolved) in parts)
        {
            var items = !isItem && resolved.NonNullTypes == SchemaTypes.Array && resolved.Items is { } each ? Detect(each, resolve, isItem: true) : null;
            if (IsFile(one, resolved))
                isFile = true;
            else if (items is not null && parts.Count == 1 && items.Others.Count > 0)
                return new(false, resolved, default, items);
            else if (items is not null)
            {
                list ??= resolved;
                others.AddRange(items.Others);
            }
            else
                others.Add(one);
        }
        return isFile || list is not null ? new(isFile, list, others.ToEquatableArray()) : null;
    }

    /// <summary>Documents of OpenAPI 3.1 describe a file by its media type alone, and some only in words.</summary>
    private static bool IsFile(Schema declared, Schema schema)
    {
        if (IsBinary(schema))
            return true;
        return Schemas.TakesAny(schema) && (declared.Description ?? schema.Description)?.IndexOf(Binary, StringComparison.OrdinalIgnoreCase) >= 0;
    }
}
