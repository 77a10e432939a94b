using Zoetrope.Generator.Text;
using Zoetrope.Specs.Model;

namespace Zoetrope.Generator.Types;

/// <summary>The short texts above generated members: what the document says, then default and limits.</summary>
internal static class Summaries
{
    /// <summary>The most characters of prose in a summary.</summary>
    public const int Longest = 160;

    private const int MostNames = 4;

    /// <summary>The text of a property, as plain text.</summary>
    public static string OfProperty(string name, Schema schema, Schema declared, TypeRef type)
    {
        var parts = new List<string>();
        var description = Shorten(declared.Description ?? schema.Description ?? declared.Title ?? schema.Title ?? "");
        if (description.Length > 0)
            parts.Add(Sentence(description));
        if ((declared.Default ?? schema.Default) is { Kind: not JsonKind.Null } value)
            parts.Add("Default: " + Shorten(value.Json, 60) + ".");
        if (Limits(schema, type) is { } limits)
            parts.Add(limits);
        if (Values(schema, type) is { } values)
            parts.Add(values);
        if ((declared.Deprecated ?? schema.Deprecated) == true)
            parts.Add("Deprecated by the provider.");
        return parts.Count == 0 ? "'" + Shorten(name, 60) + "' (" + JsonType(schema) + ")." : string.Join(" ", parts);
    }

    /// <summary>The text of an object that its document does not describe: what it holds.</summary>
    public static string OfObject(ObjectRole role, IReadOnlyList<BoundProperty> properties)
    {
        var kind = role == ObjectRole.Input ? "An input" : "An output";
        var names = properties.Take(MostNames).Select(property => "'" + Shorten(property.JsonName, 60) + "'").ToList();
        if (names.Count == 0)
            return kind + " without members of known names.";
        if (properties.Count > names.Count)
            names.Add("others");
        return kind + " with " + (names.Count == 1 ? "" : string.Join(", ", names.Take(names.Count - 1)) + " and ") + names[names.Count - 1] + ".";
    }

    /// <summary>The JSON type in one word, for listings.</summary>
    public static string JsonType(Schema schema)
    {
        var types = schema.NonNullTypes;
        if (types == SchemaTypes.Any && schema.Enum.Count > 0 && schema.Enum.All(value => value.Kind == JsonKind.String))
            return "string";
        return types switch
        {
            SchemaTypes.String => "string",
            SchemaTypes.Integer => "integer",
            SchemaTypes.Number or (SchemaTypes.Number | SchemaTypes.Integer) => "number",
            SchemaTypes.Boolean => "boolean",
            SchemaTypes.Array => "array",
            SchemaTypes.Object => "object",
            _ => "any",
        };
    }

    /// <summary>What numbers mean that the document gives names; texts are the members of an enum.</summary>
    private static string? Values(Schema schema, TypeRef type)
    {
        var isNumber = type.Kind is TypeKind.Integer or TypeKind.WideInteger or TypeKind.Number;
        var named = isNumber ? schema.Labels.Select(label => $"{label.Value} is {label.Name ?? label.Description}").ToList() : [];
        return named.Count == 0 ? null : Sentence("Values: " + Shorten(string.Join(", ", named)));
    }

    private static string? Limits(Schema schema, TypeRef type) => type.Kind switch
    {
        TypeKind.String => Between(schema.MinLength is > 0 ? Text(schema.MinLength) : null, Text(schema.MaxLength), " characters"),
        TypeKind.List => Between(schema.MinItems is > 0 ? Text(schema.MinItems) : null, Text(schema.MaxItems), " items"),
        TypeKind.Integer or TypeKind.WideInteger or TypeKind.Number => Between(
            schema.Minimum is { } minimum && schema.ExclusiveMinimum ? "more than " + minimum : schema.Minimum,
            schema.Maximum is { } maximum && schema.ExclusiveMaximum ? "less than " + maximum : schema.Maximum, ""),
        _ => null,
    };

    private static string? Between(string? minimum, string? maximum, string unit) => (minimum, maximum) switch
    {
        (null, null) => null,
        ({ } least, null) => (least.StartsWith("more", StringComparison.Ordinal) ? "M" + least.Substring(1) : "At least " + least) + unit + ".",
        (null, { } most) => (most.StartsWith("less", StringComparison.Ordinal) ? "L" + most.Substring(1) : "At most " + most) + unit + ".",
        ({ } least, { } most) => (least == most ? "Exactly " + least : char.ToUpperInvariant(least[0]) + least.Substring(1) + " to " + most) + unit + ".",
    };

    private static string? Text(int? value) => value is { } given ? DocumentText.Number(given) : null;

    /// <summary>The text with a full stop, unless it is empty or ends a sentence.</summary>
    public static string Sentence(string text) => text.Length == 0 || text[text.Length - 1] is '.' or '!' or '?' or '…' ? text : text + ".";

    private static string Shorten(string text, int limit = Longest) => DocumentText.Shorten(text, limit);
}
