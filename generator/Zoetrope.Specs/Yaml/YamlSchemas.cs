using System.Globalization;
using Zoetrope.Specs.Json;

namespace Zoetrope.Specs.Yaml;

/// <summary>Finds what the schemas of a document say are strings.</summary>
/// <param name="root">The document.</param>
internal sealed class YamlSchemas(YamlNode root)
{
    /// <summary>The most schemas that are taken together; documents have two or three.</summary>
    private const int MaxParts = 32;

    private readonly Dictionary<YamlMapping, List<YamlMapping>> _parts = [];

    /// <summary>A value with texts where its schema says so.</summary>
    /// <param name="value">The value.</param>
    /// <param name="schema">Its schema.</param>
    public YamlNode Fit(YamlNode value, YamlNode? schema)
    {
        if (schema is not YamlMapping mapping)
            return value;
        var parts = PartsOf(mapping);
        return value switch
        {
            YamlScalar => parts.Exists(static part => IsString(part.Find("type"))) ? YamlTexts.Text(value) : value,
            YamlSequence items => First(parts, static part => part.Find("items")) is { } each ? items.Select(item => Fit(item, each)) : value,
            _ => ((YamlMapping)value).Select(member => Fit(member.Value, First(parts, part => (part.Find("properties") as YamlMapping)?.Find(member.Key))
                ?? First(parts, static part => part.Find("additionalProperties")))),
        };
    }

    /// <summary>A schema with all that holds with it: what it refers to, what it combines, and its only alternative to null.</summary>
    private List<YamlMapping> PartsOf(YamlMapping schema)
    {
        if (_parts.TryGetValue(schema, out var parts))
            return parts;
        _parts.Add(schema, parts = [schema]);
        for (var i = 0; i < parts.Count; i++)
        {
            var others = new[] { Resolve(parts[i].Find("$ref")), OnlyAlternative(parts[i].Find("anyOf")), OnlyAlternative(parts[i].Find("oneOf")) }
                .Concat((parts[i].Find("allOf") as YamlSequence)?.Items.Take(MaxParts) ?? []);
            foreach (var other in others.OfType<YamlMapping>())
            {
                if (parts.Count < MaxParts && !parts.Contains(other))
                    parts.Add(other);
            }
        }
        return parts;
    }

    private YamlNode? Resolve(YamlNode? reference)
    {
        if (reference is not YamlScalar { Json: var json } || !json.StartsWith("\"#/", StringComparison.Ordinal))
            return null;
        YamlNode? node = root;
        foreach (var step in JsonPointer.Steps(JsonPointer.DecodeFragment(JsonStrings.Unquote(json, 0, json.Length).Substring(1))))
        {
            node = node switch
            {
                YamlMapping mapping => mapping.Find(step),
                YamlSequence sequence when JsonPointer.IsIndex(step) => sequence.Items.ElementAtOrDefault(int.Parse(step, CultureInfo.InvariantCulture)),
                _ => null,
            };
        }
        return node;
    }

    private static YamlNode? OnlyAlternative(YamlNode? alternatives)
    {
        if (alternatives is not YamlSequence { Items: { Count: <= MaxParts } items })
            return null;
        var others = items.Where(static item => !(item is YamlMapping alternative && IsNull(alternative.Find("type")))).Take(2).ToList();
        return others.Count == 1 ? others[0] : null;
    }

    private static YamlNode? First(List<YamlMapping> parts, Func<YamlMapping, YamlNode?> find) =>
        parts.Select(find).FirstOrDefault(static node => node is not null);

    /// <summary>Whether a schema's type is string, or string and null.</summary>
    private static bool IsString(YamlNode? type) => type switch
    {
        YamlScalar scalar => scalar.Json == "\"string\"",
        YamlSequence { Items: { Count: 1 or 2 } items } => items.Any(IsString) && items.All(static item => IsString(item) || IsNull(item)),
        _ => false,
    };

    private static bool IsNull(YamlNode? type) => type is YamlScalar { Json: "\"null\"" or "null" };
}
