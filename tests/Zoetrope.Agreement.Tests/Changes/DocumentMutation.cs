using System.Text.Json.Nodes;

namespace Zoetrope.Agreement.Tests;

/// <summary>Changes a valid request so that the old document allows it, and the new one perhaps does not.</summary>
/// <param name="request">A valid request.</param>
internal delegate void Witness(JsonObject request);

/// <summary>A change of a document that a provider may make.</summary>
/// <param name="Name">What changes.</param>
/// <param name="Apply">
/// Changes the schema of a request or a result where it can, and returns what makes a witness of a valid request; null where the schema has nothing to change.
/// </param>
/// <param name="IsOfResult">Whether it changes the result.</param>
internal sealed record DocumentMutation(string Name, Func<JsonObject, Random, Witness?> Apply, bool IsOfResult = false)
{
    private static readonly Witness None = static _ => { };

    /// <summary>All of them.</summary>
    public static IReadOnlyList<DocumentMutation> All { get; } =
    [
        new("an optional member comes", (schema, _) => Add(schema, "added_note", new() { ["type"] = "string" })),
        new("a required member comes", (schema, _) => Require(schema, "added_title", Add(schema, "added_title", new() { ["type"] = "string" }))),
        new("a member goes", (schema, random) => OnOne(schema, random, _ => true, (name, _) =>
        {
            Properties(schema).Remove(name);
            Drop(schema, name);
            return None;
        })),
        new("a member is renamed", (schema, random) => OnOne(schema, random, _ => true, (name, property) =>
        {
            Properties(schema).Remove(name);
            Drop(schema, name);
            Properties(schema)["renamed_" + name] = property.DeepClone();
            return None;
        })),
        new("a member becomes required", (schema, random) => OnOne(
            schema, random, name => !IsRequired(schema, name), (name, _) => Require(schema, name, request => request.Remove(name)))),
        new("a member becomes optional", (schema, random) => OnOne(schema, random, name => IsRequired(schema, name), (name, _) =>
        {
            Drop(schema, name);
            return None;
        })),
        new("a text becomes a number", (schema, random) => OnType(schema, random, "string", (name, property) =>
        {
            Replace(property, new() { ["type"] = "integer" });
            return request => request[name] = "text";
        })),
        new("a whole number becomes a number", (schema, random) => OnType(schema, random, "integer", (_, property) =>
        {
            property["type"] = "number";
            return None;
        })),
        new("the minimum rises", (schema, random) => OnLimit(schema, random, "minimum", (name, property, limit) =>
        {
            property["minimum"] = limit + 1;
            return request => request[name] = limit;
        })),
        new("the minimum falls", (schema, random) => OnLimit(schema, random, "minimum", (_, property, limit) =>
        {
            property["minimum"] = limit - 1;
            return None;
        })),
        new("the maximum falls", (schema, random) => OnLimit(schema, random, "maximum", (name, property, limit) =>
        {
            property["maximum"] = limit - 1;
            return request => request[name] = limit;
        })),
        new("the maximum goes", (schema, random) => OnLimit(schema, random, "maximum", (_, property, _) =>
        {
            property.Remove("maximum");
            return None;
        })),
        new("a text gets a maximum length", (schema, random) => OnText(schema, random, (name, property) =>
        {
            property["maxLength"] = 7;
            return request => request[name] = "longer than that";
        })),
        new("a text gets a minimum length", (schema, random) => OnText(schema, random, (name, property) =>
        {
            property["minLength"] = 40;
            return request => request[name] = "not so long";
        })),
        new("a text gets a pattern", (schema, random) => OnText(schema, random, (name, property) =>
        {
            property["pattern"] = "^[a-z]+$";
            return request => request[name] = "Has 4 words!";
        })),
        new("a file gets formats in words", (schema, random) => OnOne(schema, random, name => IsFile(schema, name), (name, property) =>
        {
            Replace(property, new() { ["type"] = "string", ["description"] = "Accepted formats: JPEG, PNG." });
            return request => request[name] = "data:image/gif;base64,R0lGODlh6APoAwAAAAAAAAAA";
        })),
        new("a value goes", (schema, random) => OnValues(schema, random, (name, values) =>
        {
            var gone = values[values.Count - 1]!.DeepClone();
            values.RemoveAt(values.Count - 1);
            return request => request[name] = gone.DeepClone();
        })),
        new("a value comes", (schema, random) => OnValues(schema, random, (_, values) =>
        {
            values.Add("added value");
            return None;
        })),
        new("values become any text", (schema, random) => OnOne(schema, random, name => Values(schema, name) is not null, (_, property) =>
        {
            property.Remove("enum");
            return None;
        })),
        new("a text becomes one of several", (schema, random) => OnText(schema, random, (name, property) =>
        {
            property["enum"] = new JsonArray("one", "another");
            return request => request[name] = "neither";
        })),
        new("a list gets a maximum", (schema, random) => OnType(schema, random, "array", (name, property) =>
        {
            property["maxItems"] = 1;
            return request =>
            {
                if (request[name] is JsonArray { Count: 1 } list)
                    list.Add(list[0]?.DeepClone());
            };
        })),
        new("the default changes", (schema, random) => OnType(schema, random, "boolean", (_, property) =>
        {
            property["default"] = property["default"]?.GetValue<bool>() != true;
            return None;
        })),
        new("the description changes", (schema, random) => OnOne(schema, random, _ => true, (_, property) =>
        {
            property["description"] = "It is described anew.";
            return None;
        })),
        new("a member of the result comes", (schema, _) => Add(schema, "added_note", new() { ["type"] = "string" }), IsOfResult: true),
        new("a member of the result goes", (schema, random) => OnOne(schema, random, _ => true, (name, _) =>
        {
            Properties(schema).Remove(name);
            Drop(schema, name);
            return None;
        }), IsOfResult: true),
        new("a member of the result becomes optional", (schema, random) => OnOne(schema, random, name => IsRequired(schema, name), (name, _) =>
        {
            Drop(schema, name);
            return None;
        }), IsOfResult: true),
        new("a member of the result is always there", (schema, random) => OnOne(
            schema, random, name => !IsRequired(schema, name), (name, _) => Require(schema, name, None)), IsOfResult: true),
        new("a number of the result becomes a text", (schema, random) => OnType(schema, random, "integer", (_, property) =>
        {
            Replace(property, new() { ["type"] = "string" });
            return None;
        }), IsOfResult: true),
    ];

    private static bool IsFile(JsonObject schema, string name) => name.EndsWith("_url", StringComparison.Ordinal)
        && Properties(schema)[name] is JsonObject property && property["type"]?.GetValue<string>() == "string" && !property.ContainsKey("enum");

    private static JsonObject Properties(JsonObject schema) => schema["properties"]!.AsObject();

    private static bool IsRequired(JsonObject schema, string name) => schema["required"] is JsonArray all && all.Any(one => one!.GetValue<string>() == name);

    private static Witness Add(JsonObject schema, string name, JsonObject property)
    {
        Properties(schema)[name] = property;
        return None;
    }

    private static Witness Require(JsonObject schema, string name, Witness witness)
    {
        (schema["required"] as JsonArray ?? (schema["required"] = new JsonArray()).AsArray()).Add(name);
        return witness;
    }

    private static void Drop(JsonObject schema, string name)
    {
        if (schema["required"] is JsonArray all)
            schema["required"] = new JsonArray([.. all.Where(one => one!.GetValue<string>() != name).Select(one => one!.DeepClone())]);
    }

    private static void Replace(JsonObject property, JsonObject replacement)
    {
        property.Clear();
        foreach (var (name, value) in replacement)
            property[name] = value?.DeepClone();
    }

    private static Witness? OnOne(JsonObject schema, Random random, Func<string, bool> isMeant, Func<string, JsonObject, Witness> apply)
    {
        var names = Properties(schema).Where(one => one.Value is JsonObject && isMeant(one.Key)).Select(one => one.Key).ToList();
        if (names.Count == 0)
            return null;
        var name = names[random.Next(names.Count)];
        return apply(name, Properties(schema)[name]!.AsObject());
    }

    private static string? TypeOf(JsonObject schema, string name) => Properties(schema)[name]?["type"] is JsonValue type ? type.GetValue<string>() : null;

    private static JsonArray? Values(JsonObject schema, string name) =>
        TypeOf(schema, name) == "string" && Properties(schema)[name]!["enum"] is JsonArray { Count: > 2 } values ? values : null;

    private static Witness? OnType(JsonObject schema, Random random, string type, Func<string, JsonObject, Witness> apply) =>
        OnOne(schema, random, name => TypeOf(schema, name) == type && Properties(schema)[name]!["enum"] is null, apply);

    /// <summary>A text without limits, which is not the address of a file.</summary>
    private static Witness? OnText(JsonObject schema, Random random, Func<string, JsonObject, Witness> apply) => OnOne(
        schema,
        random,
        name => TypeOf(schema, name) == "string"
            && !name.Contains("url", StringComparison.OrdinalIgnoreCase)
            && !new[] { "enum", "pattern", "minLength", "maxLength", "format", "const" }.Any(Properties(schema)[name]!.AsObject().ContainsKey),
        apply);

    private static Witness? OnLimit(JsonObject schema, Random random, string limit, Func<string, JsonObject, double, Witness> apply) => OnOne(
        schema,
        random,
        name => TypeOf(schema, name) is "integer" or "number"
            && Properties(schema)[name]![limit] is JsonValue
            && Properties(schema)[name]!["multipleOf"] is null,
        (name, property) => apply(name, property, property[limit]!.GetValue<double>()));

    private static Witness? OnValues(JsonObject schema, Random random, Func<string, JsonArray, Witness> apply) =>
        OnOne(schema, random, name => Values(schema, name) is not null, (name, _) => apply(name, Values(schema, name)!));
}
