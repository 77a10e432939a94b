using System.Text.Json;
using System.Text.Json.Nodes;

namespace Zoetrope.Agreement.Tests;

/// <summary>Changes one thing of an instance, mostly to what its schema refuses.</summary>
internal static class Mutations
{
    /// <summary>The instance with one value changed; null where there was nothing to change.</summary>
    /// <param name="instance">The instance, which stays as it is.</param>
    /// <param name="locations">What was made for it.</param>
    /// <param name="random">Decides where and how.</param>
    public static JsonNode? Apply(JsonNode? instance, IReadOnlyList<ValueLocation> locations, Random random)
    {
        var location = locations[random.Next(locations.Count)];
        var root = instance?.DeepClone();
        var (parent, found) = Find(root, location.Path);
        if (!found)
            return null;
        var value = At(root, location.Path);
        var options = Options(value, location.Schema, random).ToList();
        var changed = options[random.Next(options.Count)]();
        if (location.Path.Count == 0)
            return changed;
        if (parent is JsonObject members)
            members[(string)location.Path[^1]] = changed;
        else
            ((JsonArray)parent!)[(int)location.Path[^1]] = changed;
        return root;
    }

    private static (JsonNode? Parent, bool Found) Find(JsonNode? root, IReadOnlyList<object> path)
    {
        JsonNode? parent = null;
        var at = root;
        foreach (var part in path)
        {
            parent = at;
            if (at is JsonObject members && part is string name && members.TryGetPropertyValue(name, out var member))
                at = member;
            else if (at is JsonArray items && part is int index && index < items.Count)
                at = items[index];
            else
                return (null, false);
        }
        return (parent, true);
    }

    private static JsonNode? At(JsonNode? root, IReadOnlyList<object> path)
    {
        foreach (var part in path)
            root = part is string name ? root![name] : root![(int)part];
        return root;
    }

    private static IEnumerable<Func<JsonNode?>> Options(JsonNode? value, FlatSchema schema, Random random)
    {
        yield return () => OfOtherType(value, random);
        switch (value)
        {
            case JsonObject members:
                foreach (var name in schema.Required.Where(members.ContainsKey))
                    yield return () => Without(members, name);
                yield return () => With(members, Scalars.Of(random.Next(1, 4), random), Scalars.Anything(random, 1));
                break;
            case JsonArray items:
                yield return () =>
                    new JsonArray([.. items.Select(item => item?.DeepClone()).SkipLast(Math.Max(1, items.Count - (schema.Count("minItems") ?? 0) + 1))]);
                if (items.Count > 0 && (schema.Count("maxItems") ?? 4) <= 100)
                    yield return () =>
                        new JsonArray([.. Enumerable.Range(0, (schema.Count("maxItems") ?? 4) + 1).Select(i => items[i % items.Count]?.DeepClone())]);
                if (items.Count > 0)
                    yield return () => new JsonArray([.. items.Select(item => item?.DeepClone()), items[random.Next(items.Count)]?.DeepClone()]);
                yield return () => new JsonArray([.. items.Select(item => item?.DeepClone()), Scalars.Anything(random, 1)]);
                break;
            case JsonValue when value.GetValueKind() == JsonValueKind.String:
                var text = value.GetValue<string>();
                yield return () => text + " ";
                yield return () => text.ToUpperInvariant() + "?";
                yield return () => "";
                if (schema.Count("maxLength") is { } most and < 20000)
                    yield return () => Scalars.Of(most + random.Next(2), random);
                if (schema.Count("minLength") is { } least and > 0 and < 20000)
                    yield return () => Scalars.Of(least - 1, random);
                if (schema["pattern"] is not null)
                    yield return () => Scalars.Of(5, random);
                break;
            case JsonValue when value.GetValueKind() == JsonValueKind.Number:
                foreach (var limit in new[] { "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf" })
                {
                    if (schema.Number(limit) is not { } number)
                        continue;
                    yield return () => Scalars.Json(number);
                    yield return () => Scalars.Json(number - (random.Next(2) == 0 ? 1 : 0.001m));
                    yield return () => Scalars.Json(number + (random.Next(2) == 0 ? 1 : 0.001m));
                }
                yield return () => JsonNode.Parse("1.5");
                yield return () => JsonNode.Parse("3.0");
                yield return () => JsonNode.Parse("-99999999999999999999");
                break;
        }
    }

    private static JsonNode? OfOtherType(JsonNode? value, Random random)
    {
        JsonNode?[] others = [
            null,
            true,
            12,
            1.5,
            "12",
            "other",
            new JsonArray(),
            new JsonArray("a"),
            new JsonObject(),
            new JsonObject { ["url"] = "https://example.com/b.png" }
        ];
        var fitting = others.Where(other => (other?.GetValueKind() ?? JsonValueKind.Null) != (value?.GetValueKind() ?? JsonValueKind.Null)).ToList();
        return fitting[random.Next(fitting.Count)];
    }

    private static JsonObject Without(JsonObject members, string name)
    {
        var rest = members.DeepClone().AsObject();
        rest.Remove(name);
        return rest;
    }

    private static JsonObject With(JsonObject members, string name, JsonNode? value)
    {
        var more = members.DeepClone().AsObject();
        more[name] = value;
        return more;
    }
}
