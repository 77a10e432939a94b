using Zoetrope.Cli.Vendoring;
using Zoetrope.Specs;

namespace Zoetrope.Agreement.Tests;

/// <summary>The documents of the repository and of the corpus.</summary>
internal static class SourceDocuments
{
    /// <summary>Rules that stand only in words, which the judge cannot know: those of <c>specs/</c> and of the forms are enough of them.</summary>
    private const string WithoutRules = "off";

    /// <summary>
    /// Everything below <c>specs/</c> with a document for each model, with a namespace a provider as the packages have it. Models of declared providers are
    /// parts of whole APIs: tests/Zoetrope.Jobs.Tests runs each of them against the simulator, which judges requests by their schemas. Whole APIs without jobs
    /// have few constraints, and tests of their clients.
    /// </summary>
    public static IReadOnlyList<Spec> Vendored()
    {
        var folder = Path.Combine(TestFiles.Root, "specs");
        return [.. Directory.GetFiles(folder, "*", SearchOption.AllDirectories)
            .Where(path => Path.GetFileName(path) != "README.md" && Directory.GetFiles(Path.GetDirectoryName(path)!, "*.jobs.json").Length == 0)
            .Order(StringComparer.Ordinal)
            .Select(path => new Spec(
                "specs/" + Path.GetRelativePath(folder, path).Replace('\\', '/'),
                File.ReadAllText(path),
                Namespace: "Vendored." + NamespaceOf(Path.GetDirectoryName(path)!)))
            .Where(spec => SpecReader.Read(spec.Text, spec.Provider).Document?.Api is null)];
    }

    /// <summary>The models of the corpus.</summary>
    public static IReadOnlyList<Spec> Corpus() => [.. Folder("fal-openapi", "fal"), .. Folder("fal-pages", "fal"), .. Folder("eachlabs-pages", "eachlabs")];

    /// <summary>The whole APIs of the corpus; documents in YAML as <c>zoetrope specs add</c> makes JSON of them.</summary>
    public static IReadOnlyList<Spec> Apis() =>
        [.. TestFiles.Corpus("openapi").Where(path => Path.GetFileName(path).Contains(Runs.Only, StringComparison.Ordinal)).Select(path => new Spec(
        "openapi/" + Path.GetFileNameWithoutExtension(path) + ".json",
        Path.GetExtension(path) == ".yaml" ? YamlJson.Convert(File.ReadAllText(path)) : File.ReadAllText(path),
        Namespace: "Corpus.Apis",
        Rules: WithoutRules))];

    private static IEnumerable<Spec> Folder(string folder, string provider) =>
        TestFiles.Corpus(folder).Select(
            path => new Spec(
                folder + "/" + Path.GetFileName(path), File.ReadAllText(path), provider, Namespace: "Corpus." + NamespaceOf(provider), Rules: WithoutRules));

    private static string NamespaceOf(string folder) => Path.GetFileName(folder) switch { "fal" => "Fal", "eachlabs" => "Eachlabs", _ => "Models" };
}
