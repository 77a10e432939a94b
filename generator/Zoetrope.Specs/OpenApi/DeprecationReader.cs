using System.Globalization;
using Zoetrope.Specs.Json;
using Zoetrope.Specs.Model;

namespace Zoetrope.Specs.OpenApi;

/// <summary>
/// Reads <c>deprecated</c> and the extensions that say more of it; there is no standard for what replaces something. Only extensions of known names and values
/// count: others say when (<c>x-deprecation-date</c>), of what (<c>x-deprecated-values</c>) or by which rules (<c>x-deprecation-policy</c>).
/// </summary>
internal static class DeprecationReader
{
    private static readonly string[] _replacements =
    [
        "x-replaced-by", "x-superseded-by", "x-replacement", "x-deprecated-replaced-by", "x-deprecated-replacement", "x-deprecation-replacement",
        "x-deprecated-use",
    ];

    private static readonly string[] _flags = ["x-deprecated", "x-deprecation"];

    private static readonly string[] _notes =
    [
        "x-deprecated-message", "x-deprecation-message", "x-deprecated-reason", "x-deprecation-reason", "x-deprecated-description",
        "x-deprecation-description", "x-deprecated", "x-deprecation",
    ];

    /// <summary>The extensions that say by themselves that something is deprecated.</summary>
    private static readonly HashSet<string> _names = new(
        _notes.Concat(_replacements.Where(name => name.StartsWith("x-deprecat", StringComparison.Ordinal))), StringComparer.Ordinal);

    private static readonly HashSet<string> _denials = new(StringComparer.OrdinalIgnoreCase) { "false", "no", "none", "never", "null", "n/a" };

    private static readonly HashSet<string> _assents = new(StringComparer.OrdinalIgnoreCase) { "true", "yes" };

    /// <summary>Whether a keyword may say that its schema is deprecated.</summary>
    public static bool IsKeyword(string keyword) =>
        keyword == "deprecated" || (keyword.StartsWith("x-", StringComparison.Ordinal) && _names.Contains(keyword));

    /// <summary>The schema with what such a keyword says. What <c>deprecated</c> says takes precedence.</summary>
    public static Schema Read(Schema schema, JsonNode keyword, JsonNode node, ValueReader values)
    {
        var isStated = keyword.Name == "deprecated";
        if (!isStated && (node["deprecated"].IsBoolean || schema.Deprecated == true || !IsSet(keyword)))
            return schema;
        var isDeprecated = !isStated || values.ReadBoolean(keyword);
        return keyword.IsBoolean || isDeprecated ? schema with { Deprecated = isDeprecated, DeprecationNote = isDeprecated ? NoteOf(node) : null } : schema;
    }

    /// <summary>Whether a node, such as an operation, says that it is deprecated, or that it is not; null where it says neither.</summary>
    public static bool? StateOf(JsonNode node)
    {
        bool? state = null;
        foreach (var member in node)
        {
            if (member.Name == "deprecated" && member.IsBoolean)
                return member.IsTrue;
            if (IsKeyword(member.Name) && IsSet(member))
                state = true;
        }
        return state;
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

    /// <summary>Whether an extension says that something is deprecated: by true, a text or, where it is about the deprecation as a whole, an object.</summary>
    private static bool IsSet(JsonNode extension)
    {
        if (Text(extension) is not null)
            return true;
        return Array.IndexOf(_flags, extension.Name) >= 0
            && (extension.IsTrue || (extension.IsObject && !extension["deprecated"].IsFalse)
                || (extension.String is { } text && _assents.Contains(text.Trim())));
    }

    /// <summary>What a text says; null where it is none, a spelling of true or false, or a date, which may be one to come.</summary>
    private static string? Text(JsonNode value) =>
        value.String?.Trim() is { Length: > 0 } text && !_denials.Contains(text) && !_assents.Contains(text) && text.Any(char.IsLetter) && !IsDate(text)
            ? text : null;

    private static bool IsDate(string text) => DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out _);
}
