using System.Globalization;
using Zoetrope.Cli.Output;
using Zoetrope.Specs.Model;

namespace Zoetrope.Cli.Vendoring;

/// <summary>The differences between a document and its former version, in a few lines.</summary>
internal static class DocumentChanges
{
    private const int MostLines = 20;

    /// <summary>The lines; a single one if nothing changed.</summary>
    public static IReadOnlyList<string> Between(SpecDocument former, SpecDocument latter)
    {
        var (before, after) = (DocumentParts.Of(former).ToDictionary(part => part.Path), DocumentParts.Of(latter).ToDictionary(part => part.Path));
        var lines = new List<string>();
        // What is in something that came or went is not said again.
        foreach (var part in before.Values.Where(part => !after.ContainsKey(part.Path) && (after.ContainsKey(part.Parent) || !before.ContainsKey(part.Parent))))
            lines.Add($"- {Describe(part)}");
        foreach (var part in after.Values.Where(part => !before.ContainsKey(part.Path) && (before.ContainsKey(part.Parent) || !after.ContainsKey(part.Parent))))
            lines.Add($"+ {Describe(part)}");
        foreach (var part in after.Values)
        {
            if (before.TryGetValue(part.Path, out var old) && old.All != part.All)
                lines.Add(Printable.Of(
                    $"~ {part.Path}: {(old.Limits == part.Limits ? $"{Text(old.Facts)} -> {Text(part.Facts)}" : $"{old.All} -> {part.All}")}"));
        }
        if (lines.Count == 0)
            return ["No parameter, member, value or operation was added or removed, and no type or limit changed."];
        return lines.Count <= MostLines
            ? lines
            : [.. lines.Take(MostLines), string.Create(CultureInfo.InvariantCulture, $"and {lines.Count - MostLines} more changes")];
    }

    private static string Describe(DocumentPart part) => part.Facts.Length == 0 ? part.Path : $"{part.Path} ({part.Facts})";

    private static string Text(string facts) => facts.Length == 0 ? "any" : facts;
}
