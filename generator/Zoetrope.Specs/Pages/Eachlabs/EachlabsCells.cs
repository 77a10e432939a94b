using System.Globalization;
using Zoetrope.Specs.Diagnostics;
using Zoetrope.Specs.Json;
using Zoetrope.Specs.Model;

namespace Zoetrope.Specs.Pages.Eachlabs;

/// <summary>Reads the cells of the parameter table of Eachlabs' pages: type, default and constraints.</summary>
internal sealed class EachlabsCells(List<SpecProblem> problems)
{
    /// <summary>The cell's text without back-ticks around it; null for <c>-</c> and <c>—</c>, which mean nothing.</summary>
    public static string? Value(string cell)
    {
        if (cell.Length >= 2 && cell[0] == '`' && cell[cell.Length - 1] == '`')
            cell = cell.Substring(1, cell.Length - 2).Trim();
        return cell is "" or "-" or "—" or "–" ? null : cell;
    }

    /// <summary>The type that a cell names; null when it is none.</summary>
    public static SchemaTypes? Type(string? name) => name?.ToLowerInvariant() switch
    {
        "string" => SchemaTypes.String,
        "integer" or "int" => SchemaTypes.Integer,
        "number" or "float" => SchemaTypes.Number,
        "boolean" or "bool" => SchemaTypes.Boolean,
        "array" or "list" => SchemaTypes.Array,
        "object" => SchemaTypes.Object,
        _ => null,
    };

    /// <summary>A default, typed by the parameter's type: <c>5</c> is a string where the parameter is one.</summary>
    public JsonLiteral? Default(string? text, SchemaTypes type, string name, TextRange place)
    {
        if (text is null)
            return null;
        if (Literal(text, type) is { } literal)
            return literal;
        problems.Add(Problems.PageBadDefault.At(place, text, name, Describe(type)));
        return JsonLiterals.String(Unquote(text));
    }

    /// <summary>Adds what the constraints cell says: a list of values, a range of a number, or how many items an array has.</summary>
    public Schema Constrain(Schema schema, string? text, string name, TextRange place)
    {
        if (text is null)
            return schema;
        if (TryRange(text, schema.Types, out var low, out var high))
            return WithRange(schema, text, low, high, name, place);
        // A list that ends in dots is cut: the values that are left out would be refused.
        if (schema.Types is SchemaTypes.Boolean && IsBooleans(text))
            return schema;
        var values = text.EndsWith("...", StringComparison.Ordinal) || text.EndsWith("…", StringComparison.Ordinal) ? null : Values(text, schema.Types);
        if (values is null)
        {
            problems.Add(Problems.PageBadConstraint.At(place, text, name));
            return schema;
        }
        return schema.Types == SchemaTypes.Array
            ? schema with { Items = new Schema { Pointer = schema.Pointer + "/items", Types = SchemaTypes.String, Enum = values.Value } }
            : schema with { Enum = values.Value };
    }

    private static bool IsBooleans(string text) =>
        text.Split(',').All(value => value.Trim().ToLowerInvariant() is "true" or "false");

    private static EquatableArray<JsonLiteral>? Values(string text, SchemaTypes type)
    {
        var values = new List<JsonLiteral>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var part in text.Split(','))
        {
            if (Value(part.Trim()) is not { } spelling)
                return null;
            if (Literal(spelling, type == SchemaTypes.Array ? SchemaTypes.String : type) is not { } value)
                return null;
            if (seen.Add(value.Json))
                values.Add(value);
        }
        // One long text without a comma is a sentence, not a value.
        return values.Count == 1 && values[0].Text.Split(' ').Length > 4 ? null : values.ToEquatableArray();
    }

    private static JsonLiteral? Literal(string text, SchemaTypes type)
    {
        switch (type)
        {
            case SchemaTypes.String:
                return JsonLiterals.String(Unquote(text));
            case SchemaTypes.Boolean:
                return Unquote(text).ToLowerInvariant() switch
                {
                    "true" => JsonLiterals.Boolean(true),
                    "false" => JsonLiterals.Boolean(false),
                    _ => null,
                };
            case SchemaTypes.Any:
                return JsonLiterals.TryParse(text) ?? JsonLiterals.String(text);
        }
        var literal = JsonLiterals.TryParse(Unquote(text));
        var fits = literal?.Kind switch
        {
            JsonKind.Number => type == SchemaTypes.Number || (type == SchemaTypes.Integer && literal.Json.IndexOfAny(['.', 'e', 'E']) < 0),
            JsonKind.Array => type == SchemaTypes.Array,
            JsonKind.Object => type == SchemaTypes.Object,
            _ => false,
        };
        return fits ? literal : null;
    }

    private static string Unquote(string text) =>
        text.Length >= 2 && text[0] == '"' && text[text.Length - 1] == '"' ? text.Substring(1, text.Length - 2) : text;

    private static string Describe(SchemaTypes type) => type.ToString().ToLowerInvariant();

    /// <summary>Reads <c>0–5</c> (with an en dash; numbers and arrays may have a hyphen too), <c>≥ 1</c> and <c>≤ 5</c>.</summary>
    private static bool TryRange(string text, SchemaTypes type, out string? low, out string? high)
    {
        (low, high) = (null, null);
        if (text.StartsWith("≥", StringComparison.Ordinal) || text.StartsWith(">=", StringComparison.Ordinal))
            return IsNumber(low = text.TrimStart('≥', '>', '=', ' '));
        if (text.StartsWith("≤", StringComparison.Ordinal) || text.StartsWith("<=", StringComparison.Ordinal))
            return IsNumber(high = text.TrimStart('≤', '<', '=', ' '));
        var dash = text.IndexOfAny(['–', '—']);
        if (dash < 0 && type is SchemaTypes.Integer or SchemaTypes.Number or SchemaTypes.Array)
            dash = text.IndexOf('-', Math.Min(1, text.Length));
        if (dash < 0)
            return false;
        low = PageText.NullIfEmpty(text.Substring(0, dash).Trim());
        high = PageText.NullIfEmpty(text.Substring(dash + 1).Trim());
        return (low is not null || high is not null) && (low is null || IsNumber(low)) && (high is null || IsNumber(high));
    }

    private static bool IsNumber(string text) => JsonLiterals.TryParse(text) is { Kind: JsonKind.Number };

    private Schema WithRange(Schema schema, string text, string? low, string? high, string name, TextRange place)
    {
        switch (schema.Types)
        {
            case SchemaTypes.Integer or SchemaTypes.Number:
                return schema with { Minimum = low, Maximum = high };
            case SchemaTypes.Array when IsCount(low) && IsCount(high):
                return schema with { MinItems = Count(low), MaxItems = Count(high) };
            default:
                problems.Add(Problems.PageBadConstraint.At(place, text, name));
                return schema;
        }
    }

    private static bool IsCount(string? text) => text is null || Count(text) is not null;

    private static int? Count(string? text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : null;
}
