using System.Globalization;
using System.Numerics;
using Zoetrope.Generator.Emit;
using Zoetrope.Generator.Naming;
using Zoetrope.Generator.Types;
using Zoetrope.Specs.Json;

namespace Zoetrope.Generator.Tooling.Requests;

/// <summary>Writes a request as C# of the types that are generated for it.</summary>
/// <param name="types">The types.</param>
/// <param name="owner">The class that they are nested in, as the code names it.</param>
/// <param name="fileOf">The expression for a text that stands for a file; null for a text that is itself.</param>
internal sealed class RequestCode(BoundTypes types, string owner, Func<string, string?> fileOf)
{
    private const string Indent = "    ";

    /// <summary>The expression; null where the JSON has values of other types than the request.</summary>
    public string? Write(BoundObject request, string json) =>
        JsonTree.Parse(json) is { IsValid: true, Root: { IsObject: true } root } ? Object(request, root, "") : null;

    private string? Object(BoundObject type, JsonNode node, string indent, string created = "new()")
    {
        var inner = indent + Indent;
        var lines = new List<string>();
        var extras = new List<string>();
        foreach (var member in node)
        {
            if (type.Find(member.Name) is not { } property)
            {
                extras.Add($"{inner}{Indent}[{Literals.String(member.Name)}] = {Raw(member)},");
                continue;
            }
            // The only value of a member is there without being given.
            if (property.Constant is not null && (member.String ?? member.Raw) == property.Constant)
                continue;
            if (Value(property.Type, member, inner) is not { } value)
                return null;
            lines.Add($"{inner}{Identifiers.Escape(property.Name)} ={(IsBlock(value) ? "" : " ")}{value},");
        }
        if (extras.Count > 0)
            lines.Add($"{inner}ExtraProperties =\n{inner}{{\n{string.Join("\n", extras)}\n{inner}}},");
        return lines.Count == 0 ? created : $"{created}\n{indent}{{\n{string.Join("\n", lines)}\n{indent}}}";
    }

    private string? Value(TypeRef declared, JsonNode node, string indent)
    {
        if (declared.Kind == TypeKind.Raw)
            return Raw(node);
        if (node.IsNull)
            return "null";
        var type = declared.Given;
        return type.Kind switch
        {
            TypeKind.String => node.String is { } text ? Text(text) : null,
            TypeKind.Boolean => node.IsBoolean ? node.Raw : null,
            TypeKind.Integer => IsWhole(node, out var value) && value >= long.MinValue && value <= long.MaxValue ? Digits(value) : null,
            TypeKind.WideInteger => IsWhole(node, out var wide) ? Literals.Number(type.Kind, Digits(wide)) : null,
            TypeKind.Number => node.IsNumber ? Number(node.Raw) : null,
            TypeKind.Enum => node.String is { } text ? Enum(type, text) : null,
            TypeKind.File => File(type, node),
            TypeKind.Object when type.Owner.Length == 0 => node.IsObject ? Object(types.Object(type.Name), node, indent) : null,
            TypeKind.List => List(type, node, indent),
            TypeKind.Map => Map(type, node, indent),
            TypeKind.Union => Union(type, node),
            _ => null,
        };
    }

    private string Text(string text) => fileOf(text) ?? Literals.String(text);

    private string Enum(TypeRef type, string text)
    {
        var known = type.Owner.Length > 0 ? null : types.Enum(type.Name).Values.FirstOrDefault(value => value.Text == text);
        return known is null ? Literals.String(text) : $"{owner}.{Identifiers.Escape(type.Name)}.{Identifiers.Escape(known.Name)}";
    }

    // What a form makes of a file is an object with its URL.
    private string? File(TypeRef type, JsonNode node)
    {
        var url = node.String ?? (node.IsObject && node.Count == 1 ? node["url"].String : null);
        return url is null ? null : $"new {type.Name} {{ Url = {Text(url)} }}";
    }

    private string? List(TypeRef type, JsonNode node, string indent)
    {
        if (!node.IsArray)
            return null;
        if (node.Count == 0)
            return "[]";
        var inner = indent + Indent;
        var items = new List<string>();
        foreach (var item in node)
        {
            if (Value(type.Item!, item, inner) is not { } value)
                return null;
            items.Add((IsBlock(value) ? value.Substring(1) : inner + value) + ",");
        }
        return $"\n{indent}[\n{string.Join("\n", items)}\n{indent}]";
    }

    private string? Map(TypeRef type, JsonNode node, string indent)
    {
        if (!node.IsObject)
            return null;
        var inner = indent + Indent;
        var items = new List<string>();
        foreach (var item in node)
        {
            if (Value(type.Item!, item, inner) is not { } value)
                return null;
            items.Add($"{inner}[{Literals.String(item.Name)}] ={(IsBlock(value) ? "" : " ")}{value},");
        }
        return $"new Dictionary<string, {TypeText.Short(TypeText.Clr(type.Item!, owner + "."))}>\n{indent}{{\n{string.Join("\n", items)}\n{indent}}}";
    }

    // A text converts to the union where it has texts; any other form is recognized by its JSON.
    private string Union(TypeRef type, JsonNode node)
    {
        var isText = type.Owner.Length == 0
            && types.Union(type.Name).Alternatives.Any(alternative => alternative.Type.Kind is TypeKind.Enum or TypeKind.String);
        return node.String is { } text && isText ? Text(text) : Raw(node);
    }

    private static string Raw(JsonNode node) => $"RawJson.Parse({Literals.String(node.Raw)})";

    // A list begins on a line of its own.
    private static bool IsBlock(string value) => value[0] == '\n';

    // Digits alone are a whole number in C#, which may be too great for one.
    private static string Number(string digits) => digits.Length < 10 || digits.IndexOfAny(['.', 'e', 'E']) >= 0 ? digits : Literals.Double(digits);

    private static bool IsWhole(JsonNode node, out BigInteger value)
    {
        value = default;
        return node.IsNumber && BigInteger.TryParse(node.Raw, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);
    }

    private static string Digits(BigInteger value) => value.ToString(CultureInfo.InvariantCulture);
}
