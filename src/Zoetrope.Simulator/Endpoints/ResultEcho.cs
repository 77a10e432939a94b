using System.Text.Json;
using System.Text.Json.Nodes;
using NJsonSchema;
using Zoetrope.Simulator.Http;
using Zoetrope.Simulator.Validation;

namespace Zoetrope.Simulator.Endpoints;

/// <summary>
/// Creates a result reflect its request, by rules that hold for any model: a member with the name and the kind of a parameter repeats it (seed, prompt, …);
/// lists are as long as was asked for, and pictures as large. What the schema of the result does not allow is left as it was.
/// </summary>
internal static class ResultEcho
{
    private const int Most = 64;

    private static readonly string[] Counts = ["n", "count", "batch_size", "num_outputs", "num_samples", "num_results", "num_generations", "number_of_outputs"];
    private static readonly string[] OfFiles = ["url", "content_type", "file_name", "file_size", "file_data"];

    public static JsonNode Apply(JsonNode plain, SampleRequest request, JsonSchema? schema)
    {
        var steps = Steps(plain, request).ToList();
        var whole = steps.Aggregate(plain, static (result, step) => step(result.DeepClone()));
        if (schema is null)
            return whole;
        var allowed = SchemaProblems.List(schema, plain).Count;
        if (SchemaProblems.List(schema, whole).Count <= allowed)
            return whole;
        var result = plain;
        foreach (var step in steps)
        {
            var next = step(result.DeepClone());
            if (SchemaProblems.List(schema, next).Count <= allowed)
                result = next;
        }
        return result;
    }

    private static IEnumerable<Func<JsonNode, JsonNode>> Steps(JsonNode plain, SampleRequest request)
    {
        foreach (var name in Names(plain).Distinct().ToList())
        {
            if (!OfFiles.Contains(name) && request.Get(name) is JsonValue asked)
                yield return result => Each(result, members => Repeat(members, name, asked));
        }
        yield return result => Each(result, members => Resize(members, request));
        if (Lists(plain).ToList() is not { Count: > 0 } lists)
            yield break;
        // From the least up: where the schema limits the list, the longest that it allows stays.
        for (var count = 2; count <= CountFor(lists, request); count++)
        {
            var length = count;
            yield return result => Lengthen(result, length);
        }
    }

    private static int CountFor(List<string> lists, SampleRequest request)
    {
        var names = lists.Where(name => name.Length > 0).SelectMany(name => (string[])[$"num_{name}", $"number_of_{name}"]).Concat(Counts);
        if (lists.Contains(""))
            names = names.Concat(["num_images", "num_videos", "num_audios"]);
        var asked = names.Select(request.Number).FirstOrDefault(number => number is not null) ?? 1;
        return (int)Math.Clamp(asked, 1, Most);
    }

    /// <summary>The lists of one item in a result, by name; one that is the result has an empty name.</summary>
    private static IEnumerable<string> Lists(JsonNode result) => result switch
    {
        JsonArray { Count: 1 } => [""],
        JsonObject members => members.Where(member => member.Value is JsonArray { Count: 1 }).Select(member => member.Key),
        _ => [],
    };

    // Lists beside those of the files have an item for each file, as fal's has_nsfw_concepts has.
    private static JsonNode Lengthen(JsonNode result, int count)
    {
        var lists = result is JsonArray list ? [list] : result.AsObject().Select(member => member.Value).OfType<JsonArray>();
        foreach (var items in lists.Where(items => items.Count > 0 && items.Count == count - 1).ToList())
            items.Add(items[0]?.DeepClone());
        return result;
    }

    private static void Repeat(JsonObject members, string name, JsonValue asked)
    {
        if (members[name] is not JsonValue shown || LooseJson.IsUrl(shown))
            return;
        if (IsKind(shown.GetValueKind(), asked.GetValueKind()))
            members[name] = asked.DeepClone();
        else if (shown.GetValueKind() == JsonValueKind.Number && LooseJson.Number(asked) is { } number)
            members[name] = number;
    }

    private static void Resize(JsonObject members, SampleRequest request)
    {
        if (!LooseJson.IsUrl(members["url"]) || !members.ContainsKey("width") || !members.ContainsKey("height"))
            return;
        (members["width"], members["height"]) = RequestedSize.Of(request, members.ContainsKey("fps") || members.ContainsKey("num_frames"));
    }

    private static JsonNode Each(JsonNode result, Action<JsonObject> change)
    {
        if (result is JsonObject members)
        {
            change(members);
            foreach (var (_, value) in members)
            {
                if (value is not null)
                    Each(value, change);
            }
        }
        else if (result is JsonArray items)
        {
            foreach (var item in items)
            {
                if (item is not null)
                    Each(item, change);
            }
        }
        return result;
    }

    private static IEnumerable<string> Names(JsonNode? result) => result switch
    {
        JsonObject members => members.SelectMany(member => Names(member.Value).Prepend(member.Key)),
        JsonArray items => items.SelectMany(Names),
        _ => [],
    };

    private static bool IsKind(JsonValueKind shown, JsonValueKind asked) =>
        shown == asked || (shown is JsonValueKind.True or JsonValueKind.False && asked is JsonValueKind.True or JsonValueKind.False);
}
