using System.Text;
using Zoetrope.Specs.Model;

namespace Zoetrope.Specs.Json;

/// <summary>Makes <see cref="JsonLiteral"/>s.</summary>
public static class JsonLiterals
{
    /// <summary>A string literal.</summary>
    public static JsonLiteral String(string text) => new(JsonKind.String, JsonStrings.Quote(text), text);

    /// <summary>A boolean literal.</summary>
    public static JsonLiteral Boolean(bool value) => value ? new(JsonKind.Boolean, "true", "true") : new(JsonKind.Boolean, "false", "false");

    /// <summary>What <paramref name="node"/> says, without its location.</summary>
    public static JsonLiteral ToLiteral(this JsonNode node)
    {
        if (node.String is { } text)
            return String(text);
        if (!node.IsObject && !node.IsArray)
            return new(node.Kind, node.Exists ? node.Raw : "null", node.Exists ? node.Raw : "null");
        var builder = new StringBuilder();
        Write(node, builder);
        var json = builder.ToString();
        return new(node.Kind, json, json);
    }

    /// <summary>Reads a text that must be one JSON value, or returns null.</summary>
    public static JsonLiteral? TryParse(string text)
    {
        var tree = JsonTree.Parse(text);
        return tree.IsValid ? tree.Root.ToLiteral() : null;
    }

    private static void Write(JsonNode node, StringBuilder builder)
    {
        if (!node.IsObject && !node.IsArray)
        {
            builder.Append(node.String is { } text ? JsonStrings.Quote(text) : node.Raw);
            return;
        }
        builder.Append(node.IsObject ? '{' : '[');
        var first = true;
        foreach (var child in node)
        {
            if (!first)
                builder.Append(',');
            first = false;
            if (node.IsObject)
                builder.Append(JsonStrings.Quote(child.Name)).Append(':');
            Write(child, builder);
        }
        builder.Append(node.IsObject ? '}' : ']');
    }
}
