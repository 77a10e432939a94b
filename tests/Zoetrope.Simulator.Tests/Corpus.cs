namespace Zoetrope.Simulator.Tests;

/// <summary>Finds the corpus of real documents beside the checkout; without it the test is skipped.</summary>
internal static class Corpus
{
    public static string Folder(string name)
    {
        var root = Environment.GetEnvironmentVariable("ZOETROPE_CORPUS");
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); root is null && folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Sdk.sln")))
                root = Path.Combine(folder.FullName, "..", "shared", "corpus");
        }
        var path = root is null ? null : Path.GetFullPath(Path.Combine(root, name));
        if (path is null || !Directory.Exists(path))
            Assert.Skip("corpus not present");
        return path;
    }
}
