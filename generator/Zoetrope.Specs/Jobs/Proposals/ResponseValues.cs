using Zoetrope.Specs.Json;

namespace Zoetrope.Specs.Jobs.Proposals;

/// <summary>A value that a response or a body can have.</summary>
/// <param name="Pointer">Its pointer.</param>
/// <param name="Name">Its name.</param>
/// <param name="Schemas">Its schemas, of each alternative.</param>
internal sealed record DescribedValue(string Pointer, string Name, List<JsonLocation> Schemas)
{
    /// <summary>How deep it is.</summary>
    public int Depth => Pointer.Count(c => c == '/');

    /// <summary>Its types.</summary>
    public List<string> Types { get; } = Schemas.SelectMany(SchemaPaths.TypesOf).Distinct().ToList();

    /// <summary>The texts that it may be, where the document lists them.</summary>
    public List<string> Words { get; init; } = Schemas.SelectMany(SchemaPaths.ValuesOf).Where(value => value.Node.IsString).Select(value => value.Node.String!)
        .Distinct(StringComparer.Ordinal).ToList();

    /// <summary>Whether it can be a text.</summary>
    public bool IsText => Types.Count == 0 || Types.Contains("string");

    /// <summary>Whether it can be a number.</summary>
    public bool IsNumber => Types.Contains("number") || Types.Contains("integer");
}

/// <summary>Lists the values that schemas describe.</summary>
internal sealed class ResponseValues(SchemaPaths paths)
{
    private const int MaxDepth = 3;
    private const int MaxValues = 2000;

    /// <summary>The values below a schema, the nearest first; items of arrays are not among them.</summary>
    public List<DescribedValue> Of(JsonLocation? schema)
    {
        var found = new Dictionary<string, DescribedValue>(StringComparer.Ordinal);
        var order = new List<string>();
        if (schema is { } whole)
            Add(whole, "", 0);
        return order.Select(pointer => found[pointer]).OrderBy(value => value.Depth).ToList();

        void Add(JsonLocation at, string pointer, int depth)
        {
            foreach (var alternative in paths.Wholes(at))
            {
                var properties = alternative["properties"];
                foreach (var property in properties.Node.IsObject ? properties.Node : default)
                {
                    // Names of digits alone are taken for those of items.
                    if (JsonPointer.IsIndex(property.Name) || property.Name == "*" || found.Count == MaxValues)
                        continue;
                    var place = properties.Property(property);
                    var own = JsonPointer.Append(pointer, property.Name);
                    var schemas = paths.Wholes(place);
                    if (found.TryGetValue(own, out var known))
                        schemas = [.. known.Schemas, .. schemas];
                    else
                        order.Add(own);
                    found[own] = new(own, property.Name, schemas);
                    if (depth < MaxDepth - 1)
                        Add(place, own, depth + 1);
                }
            }
        }
    }
}
