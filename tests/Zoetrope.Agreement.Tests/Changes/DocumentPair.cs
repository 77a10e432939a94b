using System.Globalization;
using System.Text.Json.Nodes;

namespace Zoetrope.Agreement.Tests;

/// <summary>An older and a newer version of a document.</summary>
/// <param name="Name">The document, and what changed.</param>
/// <param name="Namespace">A namespace of its own.</param>
/// <param name="Former">The older version.</param>
/// <param name="Latter">The newer version.</param>
/// <param name="Witness">Makes a request, of one that the older version allows, about which the two may differ.</param>
internal sealed record DocumentPair(string Name, string Namespace, Spec Former, Spec Latter, Witness Witness)
{
    /// <summary>So many pairs of the documents of a source, each with one change.</summary>
    public static IReadOnlyList<DocumentPair> Of(IReadOnlyList<Spec> documents, int count)
    {
        var random = new Random(Seeded.Seed);
        var pairs = new List<DocumentPair>();
        for (var i = 0; pairs.Count < count && i < count * 20; i++)
        {
            var mutation = DocumentMutation.All[i % DocumentMutation.All.Count];
            if (Make(documents[random.Next(documents.Count)], mutation, pairs.Count, random) is { } pair)
                pairs.Add(pair);
        }
        return pairs;
    }

    private static DocumentPair? Make(Spec document, DocumentMutation mutation, int number, Random random)
    {
        var root = JsonNode.Parse(document.Text)!.AsObject();
        if (root["info"]?["x-fal-metadata"]?["endpointId"]?.GetValue<string>() is not { } id)
            return null;
        // A model of its own, so that all pairs are compiled together.
        var own = string.Create(CultureInfo.InvariantCulture, $"{id}-{number}");
        var text = document.Text.Replace(id + "/", own + "/", StringComparison.Ordinal).Replace(id + "\"", own + "\"", StringComparison.Ordinal);
        var changed = JsonNode.Parse(text)!.AsObject();
        if (SchemaOf(changed, own, mutation.IsOfResult) is not { } schema || mutation.Apply(schema, random) is not { } witness)
            return null;
        var name = string.Create(CultureInfo.InvariantCulture, $"Pair{number}");
        var path = $"{name}/{Path.GetFileName(document.Path)}";
        return new(
            $"{id}: {mutation.Name}",
            name,
            document with { Path = path, Text = text, Namespace = name },
            document with { Path = path, Text = changed.ToJsonString(), Namespace = name },
            witness);
    }

    private static JsonObject? SchemaOf(JsonObject root, string id, bool isOfResult)
    {
        var content = isOfResult
            ? root["paths"]?["/" + id + "/requests/{request_id}"]?["get"]?["responses"]?["200"]?["content"]
            : root["paths"]?["/" + id]?["post"]?["requestBody"]?["content"];
        var schema = content?["application/json"]?["schema"];
        if (schema?["$ref"]?.GetValue<string>() is { } reference)
            schema = root["components"]?["schemas"]?[reference[(reference.LastIndexOf('/') + 1)..]];
        return schema is JsonObject { } found && found["properties"] is JsonObject { Count: > 0 } ? found : null;
    }
}
