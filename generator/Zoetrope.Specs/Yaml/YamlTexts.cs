using Zoetrope.Specs.Json;

namespace Zoetrope.Specs.Yaml;

/// <summary>
/// Keeps plain scalars the texts that they are where OpenAPI wants texts, whatever YAML makes of them elsewhere: <c>02</c>, <c>1.50</c> and <c>true</c> among
/// the values of what a schema says are strings, names of required members, and versions such as <c>openapi: 3.0</c>. Nulls stay null, and data of which no
/// schema says anything stay as they are.
/// </summary>
public sealed class YamlTexts
{
    // Members whose own members have names that the document chooses, which are not keywords.
    private static readonly HashSet<string> _named = new(StringComparer.Ordinal)
    {
        "$defs", "callbacks", "content", "definitions", "dependentSchemas", "encoding", "headers", "links", "parameters", "pathItems", "paths",
        "patternProperties", "properties", "requestBodies", "responses", "schemas", "securityDefinitions", "securitySchemes", "webhooks",
    };

    private readonly YamlSchemas _schemas;

    private YamlTexts(YamlNode root) => _schemas = new(root);

    /// <summary>A document with its texts.</summary>
    /// <param name="root">The document, with at most <see cref="YamlNode.MaxValues"/> values.</param>
    public static YamlNode Of(YamlNode root)
    {
        var document = new YamlTexts(root).Keywords(root);
        return document is YamlMapping mapping
            ? mapping.Select(static member => member.Key is "openapi" or "swagger" ? Text(member.Value) : member.Value)
            : document;
    }

    /// <summary>A scalar, or a list of them, as texts.</summary>
    internal static YamlNode Text(YamlNode node) => node switch
    {
        YamlScalar { Plain: { } plain, Json: not "null" } scalar => new YamlScalar(JsonStrings.Quote(plain), plain, scalar.Range),
        YamlSequence sequence => sequence.Select(Text),
        _ => node,
    };

    private YamlNode Keywords(YamlNode node) => node switch
    {
        YamlMapping mapping => mapping.Select(member => Keyword(mapping, member)),
        YamlSequence sequence => sequence.Select(Keywords),
        _ => node,
    };

    private YamlNode Keyword(YamlMapping owner, YamlMember member) => (member.Key, member.Value) switch
    {
        ("operationId" or "pattern", YamlScalar value) => Text(value),
        // A parameter's is a boolean, a schema's a list of names.
        ("required", YamlSequence names) => Text(names),
        ("tags", { } names) when owner.Find("responses") is not null => Text(names),
        ("example" or "default" or "const", { } value) => _schemas.Fit(value, SchemaOf(owner)),
        ("enum" or "examples", YamlSequence values) => values.Select(value => _schemas.Fit(value, SchemaOf(owner))),
        ("examples", YamlMapping examples) => examples.Select(example => Example(example.Value, SchemaOf(owner))),
        ("variables", YamlMapping variables) when owner.Find("url") is not null => variables.Select(static variable => Variable(variable.Value)),
        (_, YamlMapping named) when _named.Contains(member.Key) => named.Select(item => Keywords(item.Value)),
        (_, { } value) => Keywords(value),
    };

    /// <summary>The schema of what has an example: a parameter, header or media type names one, and a schema is its own.</summary>
    private static YamlNode SchemaOf(YamlMapping owner) => owner.Find("schema") ?? owner;

    private YamlNode Example(YamlNode example, YamlNode schema) => example is YamlMapping mapping
        ? mapping.Select(member => member.Key == "value" ? _schemas.Fit(member.Value, schema) : member.Value)
        : example;

    /// <summary>A variable in the address of a server, whose values are texts without a schema.</summary>
    private static YamlNode Variable(YamlNode variable) => variable is YamlMapping mapping
        ? mapping.Select(static member => member.Key is "default" or "enum" ? Text(member.Value) : member.Value)
        : variable;
}
