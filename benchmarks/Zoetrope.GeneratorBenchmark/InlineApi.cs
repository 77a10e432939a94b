using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Zoetrope.GeneratorBenchmark;

/// <summary>
/// A document of a whole API as frameworks write them that know no named schemas: every operation describes its bodies and responses in full, so that a
/// project, its deployments and their git sources come again and again, mostly the same, sometimes with a member more or less. It is the same in every run.
/// </summary>
internal sealed class InlineApi
{
    private static readonly string[] Nouns =
    [
        "project", "deployment", "team", "member", "domain", "alias", "certificate", "secret", "environment", "build", "check", "drain", "webhook",
        "integration", "store", "resource", "token", "user", "invoice",
        "plan", "rule", "policy", "log", "edge config", "artifact", "group", "role", "invite", "branch", "commit", "repository", "source", "function", "cron",
        "region", "quota", "alert", "monitor", "feature",
        "flag", "segment", "experiment", "cache", "image", "asset", "folder", "template", "workflow", "step", "run",
    ];

    private static readonly string[] Facts =
    [
        "id", "name", "slug", "created at", "updated at", "owner id", "team id", "url", "note", "enabled", "count", "size", "kind", "status", "target",
        "readable by", "expires at", "deleted at", "origin", "scope",
        "level", "priority", "visibility", "locked", "public", "archived", "hash", "title", "summary", "email", "phone", "timeout", "memory", "limit", "offset",
        "version",
    ];

    private static readonly string[] Words =
    [
        "active", "paused", "deleted", "queued", "building", "ready", "error", "canceled", "preview", "production", "development", "staging", "github",
        "gitlab", "bitbucket", "custom", "admin", "viewer", "owner",
        "billing", "security", "guest", "basic", "pro", "enterprise", "daily", "weekly", "monthly", "lambda", "edge", "static", "redirect", "firewall",
        "external", "internal", "legacy",
    ];

    private readonly List<Func<JsonObject>> _entities = [];
    private uint _state = 20260101;

    private InlineApi()
    {
        for (var i = 0; i < Nouns.Length; i++)
            _entities.Add(Entity(i));
    }

    /// <summary>The document, in JSON as people read it.</summary>
    /// <param name="operations">How many operations it has. 50 make about 4 MB.</param>
    public static string Document(int operations) =>
        new InlineApi().Make(operations).ToJsonString(new JsonSerializerOptions { MaxDepth = 256, WriteIndented = true });

    private JsonObject Make(int operations)
    {
        var paths = new JsonObject();
        for (var i = 0; i < operations; i++)
        {
            var noun = i % Nouns.Length;
            var (method, verb, path) = (i / Nouns.Length) switch
            {
                0 => ("get", "list", $"/v1/{Kebab(Nouns[noun])}s"),
                1 => ("get", "get", $"/v1/{Kebab(Nouns[noun])}s/{{id}}"),
                2 => ("post", "create", $"/v1/{Kebab(Nouns[noun])}s"),
                3 => ("patch", "update", $"/v1/{Kebab(Nouns[noun])}s/{{id}}"),
                4 => ("delete", "delete", $"/v1/{Kebab(Nouns[noun])}s/{{id}}"),
                var version => ("post", "run", $"/v1/{Kebab(Nouns[noun])}s/{{id}}/action-{version}"),
            };
            paths[path] ??= new JsonObject();
            paths[path]![method] = Operation(noun, verb + Pascal(Nouns[noun]) + (i / Nouns.Length is > 4 and var number ? $"Action{number}" : ""), verb, path);
        }
        return new JsonObject
        {
            ["openapi"] = "3.0.3", ["info"] = new JsonObject { ["title"] = "Inline REST API", ["version"] = "1" },
            ["servers"] = new JsonArray(new JsonObject { ["url"] = "https://api.inline.example" }), ["paths"] = paths,
        };
    }

    private JsonObject Operation(int noun, string id, string verb, string path)
    {
        var parameters = new JsonArray(Query("teamId"), Query("slug"));
        if (path.Contains('{'))
            parameters.Add(new JsonObject { ["name"] = "id", ["in"] = "path", ["required"] = true, ["schema"] = new JsonObject { ["type"] = "string" } });
        var response = verb switch
        {
            "list" => Object(("items", List(Vary(_entities[noun]()))), ("pagination", Object(("count", Number()), ("next", Number()), ("prev", Number())))),
            "run" => OneOf(Vary(_entities[noun]()), Object(("kind", Values("failed")), ("reason", Text()), ("retry", _entities[(noun + 7) % Nouns.Length]()))),
            _ => Vary(_entities[noun]()),
        };
        var operation = new JsonObject
        {
            ["operationId"] = id, ["tags"] = new JsonArray(Kebab(Nouns[noun])), ["parameters"] = parameters,
            ["responses"] = new JsonObject
            {
                ["200"] = new JsonObject { ["description"] = "", ["content"] = Content(response) },
                ["403"] = new JsonObject { ["description"] = "Not allowed." }
            },
        };
        if (verb is "create" or "update" or "run")
            operation["requestBody"] = new JsonObject { ["required"] = true, ["content"] = Content(Vary(_entities[(noun + 3) % Nouns.Length]())) };
        return operation;
    }

    /// <summary>A maker of the same object: a dozen facts, some enums, an object of two other entities, a list and a union.</summary>
    private Func<JsonObject> Entity(int noun)
    {
        var (start, facts) = (Next(Facts.Length), 8 + Next(8));
        var (values, length) = (Next(Words.Length), 3 + Next(9));
        // Entities of three tiers: each holds two of the tier below.
        var parts = noun < 10 ? [] : Enumerable.Range(0, 2).Select(_ => noun < 25 ? Next(10) : 10 + Next(15)).Distinct().ToArray();
        var kinds = Enumerable.Range(0, 2 + Next(4)).Select(_ => Next(12)).ToArray();
        return () =>
        {
            var made = Object();
            for (var i = 0; i < facts; i++)
            {
                var fact = (i % 5) switch
                {
                    0 or 1 => Text(),
                    2 => Number(),
                    3 => new JsonObject { ["type"] = "boolean", ["enum"] = new JsonArray(false, true) },
                    _ => Values([.. Taken(values + i, length)]),
                };
                Add(made, Facts[(start + i) % Facts.Length], fact, i % 3 == 0);
            }
            Add(
                made,
                Nouns[noun] + " settings",
                Object(("mode", Values([.. Taken(values, 3)])), ("by", Text()), ("at", Number()), ("tags", List(Text()))),
                false);
            Add(made, Nouns[noun] + " origin", OneOf([.. kinds.Select(
                (kind, i) => Object(("type", Values(Words[kind])), ("ref", Text()), ("sha", Text()), ($"{Nouns[i]}Id", Text()), ("size", Number())))]), false);
            Add(made, "permissions", new JsonObject { ["type"] = "array", ["items"] = Values([.. Taken(4, 19)]) }, false);
            foreach (var part in parts)
                Add(made, Nouns[part], Vary(_entities[part]()), false);
            return made;
        };
    }

    /// <summary>One of three is not quite as the others are: it has a member more, one less, or requires another one.</summary>
    private JsonObject Vary(JsonObject made)
    {
        var (properties, required) = (made["properties"]!.AsObject(), made["required"]!.AsArray());
        switch (Next(9))
        {
            case 0:
                Add(made, Facts[Next(Facts.Length)] + " " + Words[Next(Words.Length)], Text(), false);
                break;
            case 1:
                var name = properties.ElementAt(Next(properties.Count)).Key;
                properties.Remove(name);
                made["required"] =
                    new JsonArray([.. required.Where(known => known!.GetValue<string>() != name).Select(known => (JsonNode?)known!.GetValue<string>())]);
                break;
            case 2 when required.Count > 1:
                required.RemoveAt(Next(required.Count));
                break;
        }
        return made;
    }

    private static void Add(JsonObject made, string name, JsonObject value, bool required)
    {
        var camel = Camel(name);
        value["description"] = $"The {name} of this object, as it was when the request was made.";
        if (value["type"]?.GetValue<string>() == "string")
            value["example"] = $"{camel}_1a2b3c4d5e6f7g8h";
        made["properties"]![camel] = value;
        if (required && made["required"] is JsonArray names && !names.Any(known => known!.GetValue<string>() == camel))
            names.Add((JsonNode?)camel);
    }

    private static JsonObject Object(params (string Name, JsonObject Value)[] members)
    {
        var made = new JsonObject { ["type"] = "object", ["properties"] = new JsonObject(), ["required"] = new JsonArray() };
        foreach (var (name, value) in members)
            Add(made, name, value, required: true);
        return made;
    }

    private static JsonObject OneOf(params JsonObject[] alternatives) => new() { ["oneOf"] = new JsonArray(alternatives) };

    private static JsonObject List(JsonObject items) => new() { ["type"] = "array", ["items"] = items };

    private static JsonObject Text() => new() { ["type"] = "string" };

    private static JsonObject Number() => new() { ["type"] = "number" };

    private static JsonObject Values(params string[] values) =>
        new() { ["type"] = "string", ["enum"] = new JsonArray([.. values.Select(value => (JsonNode?)value)]) };

    private static JsonObject Query(string name) =>
        new() { ["name"] = name, ["in"] = "query", ["description"] = $"The {name} to perform the request on behalf of.", ["schema"] = Text() };

    private static JsonObject Content(JsonObject schema) => new() { ["application/json"] = new JsonObject { ["schema"] = schema } };

    private static IEnumerable<string> Taken(int start, int count) => Enumerable.Range(0, count).Select(i => Words[(start + i) % Words.Length]);

    private static string Kebab(string words) => words.Replace(' ', '-');

    private static string Pascal(string words) =>
        string.Concat(words.Split(' ').Select(word => char.ToUpper(word[0], CultureInfo.InvariantCulture) + word[1..]));

    private static string Camel(string words) => Pascal(words) is var pascal ? char.ToLower(pascal[0], CultureInfo.InvariantCulture) + pascal[1..] : "";

    private int Next(int count)
    {
        _state = (_state * 1664525) + 1013904223;
        return (int)((_state >> 8) % (uint)count);
    }
}
