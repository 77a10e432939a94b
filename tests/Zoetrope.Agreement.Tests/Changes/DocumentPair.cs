using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Zoetrope.Agreement.Tests;

/// <summary>An older and a newer version of a document.</summary>
/// <param name="Name">The document, and what changed.</param>
/// <param name="Namespace">A namespace of its own.</param>
/// <param name="Former">The older version.</param>
/// <param name="Latter">The newer version.</param>
/// <param name="Witness">Makes a request, of one that the older version allows, about which the two may differ.</param>
internal sealed partial record DocumentPair(string Name, string Namespace, Spec Former, Spec Latter, Witness Witness)
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

    /// <summary>
    /// Sibling models whose ids differ by a number only, each with the next one, as if they were two dates of one document: how a provider really changes
    /// things, though no document is there twice.
    /// </summary>
    public static IReadOnlyList<DocumentPair> OfVersions(IEnumerable<Spec> documents)
    {
        var models = from document in documents
                     let id = IdOf(JsonNode.Parse(document.Text)!)
                     where id is not null
                     orderby id
                     select (Id: id, Document: document);
        var pairs = new List<DocumentPair>();
        foreach (var family in models.GroupBy(model => Number().Replace(model.Id, "#"), StringComparer.Ordinal))
        {
            var versions = family.OrderBy(model => VersionOf(model.Id), Comparer<string>.Create(CompareVersions)).ToList();
            for (var i = 1; i < versions.Count; i++)
                pairs.Add(Of(versions[i - 1], versions[i], pairs.Count));
        }
        return pairs;
    }

    /// <summary>Two documents as versions of one model.</summary>
    private static DocumentPair Of((string Id, Spec Document) former, (string Id, Spec Document) latter, int number)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"Pair{number}");
        var own = string.Create(CultureInfo.InvariantCulture, $"{Number().Replace(former.Id, "")}-{number}");
        var path = $"{name}/model.json";
        return new($"{former.Id}: {latter.Id}", name, As(former), As(latter), static _ => { });

        Spec As((string Id, Spec Document) version) => version.Document with
        {
            Path = path,
            Namespace = name,
            Text = version.Document.Text.Replace(version.Id + "/", own + "/", StringComparison.Ordinal)
                .Replace(version.Id + "\"", own + "\"", StringComparison.Ordinal),
        };
    }

    // "v2.1", "-2509", "-02", but not the number in a word ("o3", "4k").
    [GeneratedRegex("(?<![A-Za-z0-9])v?[0-9]+([.][0-9]+)*(?![A-Za-z0-9])")]
    private static partial Regex Number();

    private static string VersionOf(string id) => string.Join(".", Number().Matches(id).Select(match => match.Value.TrimStart('v')));

    private static int CompareVersions(string? one, string? other)
    {
        var (first, second) = (Parts(one!), Parts(other!));
        for (var i = 0; i < first.Length && i < second.Length; i++)
        {
            if (first[i] != second[i])
                return first[i].CompareTo(second[i]);
        }
        return first.Length.CompareTo(second.Length);

        static int[] Parts(string version) => [.. version.Split('.').Select(part => int.Parse(part, CultureInfo.InvariantCulture))];
    }

    private static string? IdOf(JsonNode root) => root["info"]?["x-fal-metadata"]?["endpointId"]?.GetValue<string>();

    private static DocumentPair? Make(Spec document, DocumentMutation mutation, int number, Random random)
    {
        var root = JsonNode.Parse(document.Text)!.AsObject();
        if (IdOf(root) is not { } id)
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
