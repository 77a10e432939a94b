using Zoetrope.Specs.Json;
using Zoetrope.Specs.Model;

namespace Zoetrope.Specs.OpenApi;

/// <summary>Reads <c>deprecated</c> and the extensions that say more of it; there is no standard for what replaces something.</summary>
internal static class DeprecationReader
{
    private const string Extension = "x-deprecat";

    private static readonly string[] _replacements =
    [
        "x-replaced-by", "x-superseded-by", "x-replacement", "x-deprecated-replaced-by", "x-deprecated-replacement", "x-deprecation-replacement",
        "x-deprecated-use",
    ];

    private static readonly string[] _notes =
    [
        "x-deprecated-message", "x-deprecation-message", "x-deprecated-reason", "x-deprecation-reason", "x-deprecated-description",
        "x-deprecation-description", "x-deprecated", "x-deprecation",
    ];

    /// <summary>Whether a keyword may say that its schema is deprecated.</summary>
    public static bool Says(string keyword) => keyword == "deprecated" || keyword.StartsWith(Extension, StringComparison.Ordinal);

    /// <summary>The schema with what such a keyword says.</summary>
    public static Schema Read(Schema schema, JsonNode keyword, JsonNode node, ValueReader values)
    {
        var isDeprecated = keyword.Name == "deprecated" ? values.ReadBoolean(keyword) : IsTrue(keyword);
        return schema.Deprecated || !isDeprecated ? schema : schema with { Deprecated = true, DeprecationNote = NoteOf(node) };
    }

    /// <summary>Whether a node, such as an operation, is deprecated.</summary>
    public static bool IsDeprecated(JsonNode node)
    {
        foreach (var member in node)
        {
            if (member.Name == "deprecated" ? member.IsTrue : Says(member.Name) && IsTrue(member))
                return true;
        }
        return false;
    }

    /// <summary>What extensions say of the deprecation of a node: the replacement, or a text; null where they say nothing.</summary>
    public static string? NoteOf(JsonNode node)
    {
        var replacement = _replacements.Select(name => Text(node[name])).Concat(_notes.Select(name => Text(node[name]["replacement"])))
            .FirstOrDefault(text => text is not null);
        if (replacement is not null)
            return "Use " + replacement + " instead.";
        return _notes.SelectMany(name => new[] { node[name], node[name]["message"], node[name]["description"], node[name]["reason"] })
            .Select(Text).FirstOrDefault(text => text is not null);
    }

    private static bool IsTrue(JsonNode value) => value.Exists && !value.IsFalse && !value.IsNull;

    private static string? Text(JsonNode value) => value.String?.Trim() is { Length: > 0 } text ? text : null;
}
