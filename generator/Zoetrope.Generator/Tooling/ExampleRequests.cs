using System.Globalization;
using Zoetrope.Generator.Endpoints;
using Zoetrope.Specs.Json;
using Zoetrope.Specs.Model;

namespace Zoetrope.Generator.Tooling;

/// <summary>
/// Creates a request of what the documents of a model say: of the required parameters, and of those that its rules ask for. Examples of the documents come
/// first, where they are what the documents allow.
/// </summary>
/// <param name="endpoint">The model.</param>
/// <param name="rules">The rules of its request, those in words among them.</param>
internal sealed class ExampleRequests(MergedEndpoint endpoint, IReadOnlyList<ParameterRule> rules)
{
    private const int Deepest = 12;

    private readonly SchemaFit _fit = new(endpoint.Find);

    /// <summary>The request as JSON; null where nothing can be made that is known to be valid.</summary>
    public string? Make()
    {
        if (endpoint.Description.Input is not { } input || Given(input) is not { AnyOf.Count: 0 } schema)
            return null;
        var page = endpoint.Description.RequiredExample ?? endpoint.Description.RequestExample;
        var hint = page is null ? default : JsonTree.Parse(page.Json).Root;
        // Eachlabs' pages show the whole request, with the input as a member.
        if (hint["input"].IsObject && !schema.Properties.Any(property => property.Name == "input"))
            hint = hint["input"];
        return Members(schema, rules, hint, 0) is { } text && _fit.IsValid(JsonTree.Parse(text).Root, input) ? text : null;
    }

    private string? Members(Schema schema, IReadOnlyList<ParameterRule> between, JsonNode hint, int depth)
    {
        if (depth > Deepest)
            return null;
        var names = new HashSet<string>(schema.Properties.Where(property => property.Required).Select(property => property.Name), StringComparer.Ordinal);
        foreach (var rule in between.Where(rule => rule.Owner is null))
            names.UnionWith(Needed(rule, names, hint));
        if (between.Any(rule => rule.Owner is null && IsBroken(rule, names)))
            return null;
        var members = new List<string>();
        foreach (var property in schema.Properties.Where(property => names.Contains(property.Name)))
        {
            if (Value(property.Schema, property.Name, hint[property.Name], depth + 1) is not { } value)
                return null;
            members.Add($"{JsonStrings.Quote(property.Name)}: {value}");
        }
        return "{" + string.Join(", ", members) + "}";
    }

    /// <summary>The parameters that a rule asks for beside those that are there.</summary>
    private static IEnumerable<string> Needed(ParameterRule rule, HashSet<string> names, JsonNode hint) => rule.Kind switch
    {
        ParameterRuleKind.ExactlyOne or ParameterRuleKind.AtLeastOne when rule.When.Count == 0 && !rule.Parameters.Any(names.Contains) =>
            [rule.Parameters.FirstOrDefault(parameter => hint[parameter].Exists) ?? rule.Parameters[0]],
        ParameterRuleKind.AllOrNone when rule.Parameters.Any(names.Contains) => rule.Parameters,
        ParameterRuleKind.Requires when names.Contains(rule.Parameters[0]) && !rule.Parameters.Skip(1).Any(names.Contains) => rule.Parameters.Skip(1).Take(1),
        ParameterRuleKind.RequiredWhen when rule.When.Any(condition => names.Contains(condition.Parameter)) => rule.Parameters,
        _ => [],
    };

    /// <summary>Whether parameters are given together that a rule does not allow.</summary>
    private static bool IsBroken(ParameterRule rule, HashSet<string> names) => rule.Kind switch
    {
        ParameterRuleKind.ExactlyOne => rule.Parameters.Count(names.Contains) > 1,
        ParameterRuleKind.Excludes => names.Contains(rule.Parameters[0]) && rule.Parameters.Skip(1).Any(names.Contains),
        _ => false,
    };

    private string? Value(Schema declared, string name, JsonNode hint, int depth)
    {
        var schema = Given(declared);
        if (schema is null || depth > Deepest)
            return null;
        var candidates = (hint.Exists ? new[] { hint.Raw } : [])
            .Concat(declared.Examples.Concat(schema.Examples).Select(example => example.Json))
            .Concat(new[] { declared.Default, schema.Default }.OfType<JsonLiteral>().Where(value => value.Kind != JsonKind.Null).Select(value => value.Json))
            .Concat(schema.Enum.Where(value => value.Kind != JsonKind.Null).Select(value => value.Json))
            .Concat(Made(schema, name, depth));
        return candidates.FirstOrDefault(candidate => _fit.IsValid(JsonTree.Parse(candidate).Root, declared));
    }

    private IEnumerable<string> Made(Schema schema, string name, int depth)
    {
        foreach (var alternative in schema.AnyOf)
        {
            if (Value(alternative, name, default, depth + 1) is { } value)
                yield return value;
        }
        if (schema.AnyOf.Count > 0)
            yield break;
        var types = schema.Types;
        if ((types & SchemaTypes.Object) != 0 || schema.Properties.Count > 0)
        {
            if (Members(schema, [.. schema.Rules], default, depth) is { } members)
                yield return members;
        }
        if ((types & SchemaTypes.Array) != 0 && Items(schema, name, depth) is { } items)
            yield return items;
        if ((types & SchemaTypes.String) != 0 || types == SchemaTypes.Any)
        {
            foreach (var text in Texts(schema, name))
                yield return JsonStrings.Quote(text);
        }
        if ((types & (SchemaTypes.Integer | SchemaTypes.Number)) != 0)
        {
            foreach (var number in new[] { "1", schema.Minimum, schema.Maximum, schema.MultipleOf, "0", "2", "0.5", "100" }.OfType<string>())
                yield return number;
        }
        if ((types & SchemaTypes.Boolean) != 0)
            yield return "false";
    }

    private string? Items(Schema schema, string name, int depth)
    {
        var count = Math.Max(1, schema.MinItems ?? 1);
        if (schema.Items is not { } item || Value(item, name, default, depth + 1) is not { } value)
            return schema.MinItems is > 0 ? null : "[]";
        return "[" + string.Join(", ", Enumerable.Repeat(value, count)) + "]";
    }

    private static IEnumerable<string> Texts(Schema schema, string name)
    {
        var words = name.ToLowerInvariant();
        var isUrl = schema.Format is "uri" or "url" || schema.File is not null || words.EndsWith("url", StringComparison.Ordinal)
            || words.EndsWith("urls", StringComparison.Ordinal);
        var extension = words.Contains("video") ? "mp4" : words.Contains("audio") || words.Contains("voice") ? "mp3" : "png";
        if (isUrl)
            yield return $"https://example.com/{words.Replace("_urls", "").Replace("_url", "")}.{extension}";
        var text = "A lighthouse at dawn";
        if (schema.MinLength is { } least && text.Length < least)
            text = text.PadRight(least, '.');
        yield return schema.MaxLength is { } most && text.Length > most ? text.Substring(0, most) : text;
        yield return (schema.MinLength ?? 1).ToString(CultureInfo.InvariantCulture);
    }

    private Schema? Given(Schema schema) => _fit.Resolve(schema);
}
