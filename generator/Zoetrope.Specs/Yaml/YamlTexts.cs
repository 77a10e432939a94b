using Zoetrope.Specs.Json;

namespace Zoetrope.Specs.Yaml;

/// <summary>
/// Keeps plain scalars the texts that they are where OpenAPI wants texts, whatever YAML makes of them elsewhere: <c>02</c>, <c>1.50</c> and <c>true</c> among
/// the values of a <c>type: string</c>, and versions such as <c>openapi: 3.0</c>. Nulls stay null.
/// </summary>
public static class YamlTexts
{
    // The keywords of a schema about its own values.
    private static readonly HashSet<string> _values = new(StringComparer.Ordinal) { "enum", "const", "default", "example", "examples" };

    /// <summary>The mapping with its texts.</summary>
    /// <param name="mapping">The mapping.</param>
    public static YamlMapping Of(YamlMapping mapping)
    {
        var isString = IsString(mapping.Find("type"));
        return Convert(mapping, member => member.Key switch
        {
            "operationId" or "pattern" => true,
            "tags" => mapping.Find("responses") is not null,
            // A parameter's is a boolean, a schema's a list of names.
            "required" => member.Value is YamlSequence,
            _ => isString && _values.Contains(member.Key),
        });
    }

    /// <summary>The whole document with its version as a text.</summary>
    /// <param name="document">The document.</param>
    public static YamlMapping OfVersion(YamlMapping document) => Convert(document, static member => member.Key is "openapi" or "swagger");

    private static YamlMapping Convert(YamlMapping mapping, Func<YamlMember, bool> isText) => !mapping.Members.Any(isText)
        ? mapping
        : mapping with { Members = [.. mapping.Members.Select(member => isText(member) ? member with { Value = Text(member.Value) } : member)] };

    private static YamlNode Text(YamlNode node) => node switch
    {
        YamlScalar { Plain: { } plain, Json: not "null" } scalar => scalar with { Json = JsonStrings.Quote(plain) },
        YamlSequence sequence => sequence with { Items = [.. sequence.Items.Select(Text)] },
        _ => node,
    };

    /// <summary>Whether a schema's type is string, or string and null.</summary>
    private static bool IsString(YamlNode? type) => type switch
    {
        YamlScalar scalar => scalar.Json == "\"string\"",
        YamlSequence sequence => sequence.Items.Any(IsString) && sequence.Items.All(item => item is YamlScalar { Json: "\"string\"" or "\"null\"" or "null" }),
        _ => false,
    };
}
