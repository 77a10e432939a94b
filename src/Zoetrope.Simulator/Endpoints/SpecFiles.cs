using System.Reflection;

namespace Zoetrope.Simulator.Endpoints;

/// <summary>A provider document.</summary>
/// <param name="Name">Its path below the folder of the documents, with forward slashes.</param>
/// <param name="Text">Its text.</param>
internal sealed record SpecFile(string Name, string Text)
{
    public bool IsJson => Name.EndsWith(".json", StringComparison.OrdinalIgnoreCase);
}

/// <summary>Finds the provider documents: in a folder, or those that the assembly carries.</summary>
internal static class SpecFiles
{
    private const string Prefix = "specs/";

    /// <summary>The documents that the options name, in sets of which a later one replaces what an earlier one has too.</summary>
    public static IEnumerable<IEnumerable<SpecFile>> Sets(SimulatorOptions options)
    {
        if (options.SpecsFolder is null || options.KeepsBuiltInDocuments)
            yield return Embedded();
        if (options.SpecsFolder is { } folder)
            yield return InFolder(folder);
    }

    /// <summary>A README explains a folder of documents and is not one; what begins so is hidden, or an editor's.</summary>
    private static bool IsDocument(string path) =>
        Path.GetFileName(path) is var name && !name.Equals("README.md", StringComparison.OrdinalIgnoreCase) && name[0] is not ('.' or '~' or '#');

    private static IEnumerable<SpecFile> InFolder(string folder) => Directory
        .EnumerateFiles(folder, "*", SearchOption.AllDirectories)
        .Where(path => Path.GetExtension(path).ToLowerInvariant() is ".md" or ".json" && IsDocument(path))
        .Order(StringComparer.Ordinal)
        .Select(path => new SpecFile(Path.GetRelativePath(folder, path).Replace('\\', '/'), File.ReadAllText(path)));

    private static IEnumerable<SpecFile> Embedded()
    {
        var assembly = Assembly.GetExecutingAssembly();
        var names = assembly.GetManifestResourceNames().Where(name => name.StartsWith(Prefix, StringComparison.Ordinal) && IsDocument(name));
        foreach (var name in names.Order(StringComparer.Ordinal))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            yield return new(name[Prefix.Length..].Replace('\\', '/'), reader.ReadToEnd());
        }
    }
}
