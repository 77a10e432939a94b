using Zoetrope.Specs;

namespace Zoetrope.Generator;

/// <summary>Turns the limits of a schema into checks.</summary>
internal static class CheckBinder
{
    private const string Eachlabs = "eachlabs";

    /// <summary>
    /// What the items of an array are where the document does not say: Eachlabs' tables never do, but its notes say that parameters of such names are URLs.
    /// </summary>
    public static Schema? UnstatedItems(string jsonName, string provider) =>
        provider == Eachlabs && jsonName.EndsWith("_urls", StringComparison.Ordinal) ? new Schema { Types = SchemaTypes.String } : null;

    /// <summary>The checks of a value of <paramref name="type"/>.</summary>
    public static Checks Bind(Schema schema, TypeRef type, string jsonName, string provider)
    {
        switch (type.Form)
        {
            case TypeForm.String:
                return new Checks
                {
                    MinLength = schema.MinLength is > 0 ? schema.MinLength : null,
                    MaxLength = schema.MaxLength,
                    UrlForms = UrlFormsOf(schema, jsonName, provider),
                    File = schema.File is { } limits && HasChecks(limits) ? limits : null,
                };
            case TypeForm.Integer:
                return new Checks
                {
                    Minimum = Numbers.Integer(schema.Minimum, isMinimum: true, schema.ExclusiveMinimum),
                    Maximum = Numbers.Integer(schema.Maximum, isMinimum: false, schema.ExclusiveMaximum),
                    Values = schema.Enum.Select(value => value.Text).ToEquatableArray(),
                };
            case TypeForm.WideInteger:
                return new Checks { Minimum = Numbers.Integer(schema.Minimum, isMinimum: true, schema.ExclusiveMinimum) };
            case TypeForm.Number:
                return new Checks
                {
                    Minimum = Numbers.Double(schema.Minimum),
                    Maximum = Numbers.Double(schema.Maximum),
                    AboveMinimum = schema.ExclusiveMinimum,
                    BelowMaximum = schema.ExclusiveMaximum,
                };
            case TypeForm.Enum:
                // Where plain strings are allowed beside the named ones, every value is.
                return new Checks { Known = schema.AnyOf.All(one => one.Enum.Count > 0) };
            case TypeForm.List:
                return new Checks { MinItems = schema.MinItems is > 0 ? schema.MinItems : null, MaxItems = schema.MaxItems };
            default:
                return Checks.None;
        }
    }

    /// <summary>
    /// Eachlabs takes public https URLs only, for every parameter whose name ends in <c>_url</c> or <c>_urls</c>; fal takes any URL and data URIs
    /// where its document describes a file.
    /// </summary>
    private static string? UrlFormsOf(Schema schema, string jsonName, string provider)
    {
        if (provider == Eachlabs)
            return jsonName.EndsWith("_url", StringComparison.Ordinal) || jsonName.EndsWith("_urls", StringComparison.Ordinal) ? "PublicHttps" : null;
        return schema.File is not null ? "Any" : null;
    }

    private static bool HasChecks(FileLimits limits) =>
        (limits.MaxFileSize, limits.MinWidth, limits.MaxWidth, limits.MinHeight, limits.MaxHeight, limits.MinAspectRatio, limits.MaxAspectRatio) != default;
}
