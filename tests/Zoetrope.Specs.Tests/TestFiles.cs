namespace Zoetrope.Specs.Tests;

/// <summary>Finds the documents of the repository, and the corpus beside it.</summary>
internal static class TestFiles
{
    public static string Root { get; } = FindRoot();

    public static string Spec(string path) => File.ReadAllText(Path.Combine(Root, "specs", path));

    public static string FalPage => Spec("fal/kling-video-o3-pro-image-to-video.md");

    public static string FalOpenApi => Spec("fal/kling-video-o3-pro-image-to-video.json");

    public static string EachlabsPage => Spec("eachlabs/kling-o3-pro-image-to-video.md");

    /// <summary>The files of a corpus folder; the test is skipped where there is no corpus.</summary>
    public static string[] Corpus(string folder)
    {
        var corpus = Environment.GetEnvironmentVariable("ZOETROPE_CORPUS") ?? Path.Combine(Root, "..", "shared", "corpus");
        var path = Path.Combine(corpus, folder);
        if (!Directory.Exists(path))
            Assert.Skip("corpus not present");
        var files = Directory.GetFiles(path);
        Array.Sort(files, StringComparer.Ordinal);
        return files;
    }

    private static string FindRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Sdk.sln")))
            folder = Path.GetDirectoryName(folder) ?? throw new DirectoryNotFoundException("No Sdk.sln above the test assembly.");
        return folder;
    }
}
