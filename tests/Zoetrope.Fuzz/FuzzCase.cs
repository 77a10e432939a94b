using System.Text.Json;

namespace Zoetrope.Fuzz;

/// <summary>The documents of one project, at least one of them changed. The seed decides all of it.</summary>
/// <param name="Seed">The seed.</param>
/// <param name="Documents">The documents.</param>
public sealed record FuzzCase(int Seed, IReadOnlyList<FuzzDocument> Documents)
{
    /// <summary>Makes the case of a seed.</summary>
    public static FuzzCase Of(int seed, FuzzDocuments seeds)
    {
        var random = new Random(seed);
        // Documents that belong together, for what is between them; else any one or two.
        FuzzDocument[] documents = random.Next(3) == 0
            ? [.. seeds.Together(random)]
            : [seeds.Any(random), .. random.Next(4) == 0 ? [seeds.Any(random)] : Array.Empty<FuzzDocument>()];
        for (var left = random.Next(1, documents.Length + 1); left > 0; left--)
        {
            var index = random.Next(documents.Length);
            documents[index] = documents[index] with { Text = Change(documents[index].Text, seeds, random) };
        }
        return new(seed, [.. documents.DistinctBy(document => document.Path)]);
    }

    private static string Change(string text, FuzzDocuments seeds, Random random)
    {
        if (random.Next(4) == 0 || !IsJson(text))
            return TextMutation.Mutate(text, seeds.Any(random).Text, random);
        return JsonMutation.Mutate(text, random);
    }

    private static bool IsJson(string text)
    {
        // Halves of surrogate pairs can be read by no name.
        if (text.Any(char.IsSurrogate) || text.Contains("\\ud", StringComparison.OrdinalIgnoreCase))
            return false;
        try
        {
            using var document = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = 1000 });
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
