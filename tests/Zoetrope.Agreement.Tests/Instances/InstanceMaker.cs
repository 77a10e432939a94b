using System.Text.Json.Nodes;

namespace Zoetrope.Agreement.Tests;

/// <summary>A value inside an instance, and the schema that it was made from.</summary>
/// <param name="Path">Member names and indexes from the root.</param>
/// <param name="Schema">The schema, with the alternative that was chosen.</param>
internal sealed record ValueLocation(IReadOnlyList<object> Path, FlatSchema Schema);

/// <summary>Makes values that a schema allows, from the JSON of the schema alone.</summary>
/// <param name="view">The document.</param>
/// <param name="random">Decides what the schema leaves open.</param>
/// <param name="example">Which of the document's own examples is taken where there are any; null for hardly any of them.</param>
internal sealed class InstanceMaker(SchemaView view, Random random, int? example = null)
{
    private const int Deepest = 6;
    private const int MostMade = 400;

    // To judge a value of n alternatives that holds such values takes n times as long a level.
    private const int ManyAlternatives = 6;
    private const int DeepestMany = 2;

    private readonly List<ValueLocation> _locations = [];
    private int _made;
    private int _many;

    /// <summary>What was made, outermost first.</summary>
    public IReadOnlyList<ValueLocation> Locations => _locations;

    /// <summary>Makes a value; false where none was found.</summary>
    public bool TryMake(JsonNode? schema, out JsonNode? value) => TryMake(view.Flatten(schema), [], out value);

    private bool TryMake(FlatSchema schema, IReadOnlyList<object> path, out JsonNode? value)
    {
        var before = _locations.Count;
        _locations.Add(new(path, schema));
        if (TryMakeAny(schema, path, out value))
            return true;
        _locations.RemoveRange(before, _locations.Count - before);
        return false;
    }

    private bool TryMakeAny(FlatSchema schema, IReadOnlyList<object> path, out JsonNode? value)
    {
        _made++;
        if (schema.Examples() is { Count: > 0 } examples && (example is not null || random.Next(10) == 0))
        {
            value = examples[(example ?? random.Next(examples.Count)) % examples.Count]?.DeepClone();
            return true;
        }
        if (schema.Alternatives is { Count: > 0 } alternatives)
            return TryMakeOneOf(alternatives, schema, path, out value);
        if (schema.Values is { } values)
        {
            value = values.Count == 0 ? null : values[random.Next(values.Count)]?.DeepClone();
            return values.Count > 0;
        }
        var types = schema.Types();
        return TryMakeOf(types.Count == 0 ? "any" : types[random.Next(types.Count)], schema, path, out value);
    }

    private bool TryMakeOneOf(JsonArray alternatives, FlatSchema schema, IReadOnlyList<object> path, out JsonNode? value)
    {
        var isMany = alternatives.Count >= ManyAlternatives;
        var first = random.Next(alternatives.Count);
        var order = Enumerable.Range(0, alternatives.Count).Select(i => view.Flatten(alternatives[(first + i) % alternatives.Count]));
        if (isMany && _many >= DeepestMany)
            order = order.OrderBy(CountOfMany);
        _many += isMany ? 1 : 0;
        value = null;
        var isMade = false;
        foreach (var chosen in order.Select(schema.With))
        {
            var before = _locations.Count;
            _locations.Add(new(path, chosen));
            isMade = TryMakeAny(chosen, path, out value);
            if (isMade)
                break;
            _locations.RemoveRange(before, _locations.Count - before);
        }
        _many -= isMany ? 1 : 0;
        return isMade;
    }

    /// <summary>How many members must be there that have many alternatives themselves.</summary>
    private int CountOfMany(FlatSchema schema) =>
        schema.Properties.Count(member => schema.Required.Contains(member.Key) && view.Flatten(member.Value).Alternatives is { Count: >= ManyAlternatives });

    private bool TryMakeOf(string type, FlatSchema schema, IReadOnlyList<object> path, out JsonNode? value)
    {
        value = null;
        switch (type)
        {
            case "object":
                return TryMakeObject(schema, path, out value);
            case "array":
                return TryMakeArray(schema, path, out value);
            case "string":
                value = Scalars.Text(schema, path.OfType<string>().LastOrDefault() ?? "", random);
                return value is not null;
            case "integer":
                value = Scalars.Whole(schema, random);
                return value is not null;
            case "number":
                value = Scalars.Number(schema, random);
                return value is not null;
            case "boolean":
                value = random.Next(2) == 0;
                return true;
            case "null":
                return true;
            default:
                value = Scalars.Anything(random, 2);
                return true;
        }
    }

    private bool TryMakeObject(FlatSchema schema, IReadOnlyList<object> path, out JsonNode? value)
    {
        var made = new JsonObject();
        value = made;
        var share = path.Count == 0 ? random.Next(2, 10) : 5;
        foreach (var (name, declared) in schema.Properties)
        {
            var isRequired = schema.Required.Contains(name);
            var isWanted = example is not null || random.Next(10) < share;
            if (!isRequired && (!isWanted || path.Count >= Deepest || _made > MostMade || _many > DeepestMany))
                continue;
            if (path.Count > Deepest * 2)
                return false;
            if (TryMake(view.Flatten(declared), [.. path, name], out var member))
                made[name] = member;
            else if (isRequired)
                return false;
        }
        foreach (var name in schema.Required.Where(name => !made.ContainsKey(name)))
            made[name] = Scalars.Anything(random, 1);
        if (schema["additionalProperties"] is JsonObject others && path.Count < Deepest)
        {
            foreach (var name in Scalars.Names(random).Where(name => !made.ContainsKey(name) && schema.Properties.All(known => known.Key != name)))
            {
                if (TryMake(view.Flatten(others), [.. path, name], out var member))
                    made[name] = member;
            }
        }
        return true;
    }

    private bool TryMakeArray(FlatSchema schema, IReadOnlyList<object> path, out JsonNode? value)
    {
        var made = new JsonArray();
        value = made;
        var least = schema.Count("minItems") ?? 0;
        var most = Math.Min(schema.Count("maxItems") ?? int.MaxValue, least + 3);
        var count = path.Count >= Deepest || _made > MostMade ? least : random.Next(least, most + 1);
        var tuple = schema["prefixItems"] as JsonArray;
        var isUnique = schema["uniqueItems"]?.GetValueKind() == System.Text.Json.JsonValueKind.True;
        for (var tries = 0; made.Count < count && tries < count * 4; tries++)
        {
            var item = tuple is not null && made.Count < tuple.Count ? tuple[made.Count] : schema["items"];
            if (!TryMake(view.Flatten(item), [.. path, made.Count], out var one))
                return false;
            if (!isUnique || !made.Any(other => JsonNode.DeepEquals(other, one)))
                made.Add(one);
        }
        return made.Count >= least;
    }
}
