using System.Runtime.CompilerServices;

namespace Zoetrope.Generator.Tests;

/// <summary>The documents of the repository, the corpus beside it, and the snapshots.</summary>
internal static class TestFiles
{
    public static string Root => Repository.Root;

    public static Spec FalPage => Vendored("fal/kling-video-o3-pro-image-to-video.md");

    public static Spec FalOpenApi => Vendored("fal/kling-video-o3-pro-image-to-video.json");

    public static Spec EachlabsPage => Vendored("eachlabs/kling-o3-pro-image-to-video.md");

    /// <summary>The entry of the Kling model alone.</summary>
    public static Spec KlingCatalog => new(
        "specs/catalog.json",
        """
        {
          "models": {
            "kling-o3-pro-image-to-video": {
              "fal": "fal-ai/kling-video/o3/pro/image-to-video",
              "eachlabs": "kling-o3-pro-image-to-video"
            }
          }
        }
        """);

    /// <summary>All vendored documents of the Kling model, in one project's namespaces.</summary>
    public static Spec[] Kling =>
    [
        FalPage with { Namespace = "Demo.Fal" }, FalOpenApi with { Namespace = "Demo.Fal" }, EachlabsPage with { Namespace = "Demo.Eachlabs" }, KlingCatalog,
    ];

    /// <summary>The declaration and the document of the provider that does everything in a way of its own.</summary>
    public static Spec[] Odd => [.. new[] { "odd.jobs.json", "odd.json" }
        .Select(name => new Spec("specs/odd/" + name, File.ReadAllText(Path.Combine(Root, "tests", "Zoetrope.Jobs.Tests", "specs", name))))];

    /// <summary>The files of a corpus folder; the test is skipped where there is no corpus.</summary>
    public static string[] Corpus(string folder) => TestKit.Corpus.Files(folder);

    /// <summary>Compares with a snapshot; with UPDATE_SNAPSHOTS=1 it is written instead.</summary>
    public static void AssertSnapshot(string name, string actual, [CallerFilePath] string caller = "")
    {
        var path = Path.Combine(Path.GetDirectoryName(caller)!, "Snapshots", name);
        // Deterministic builds replace the folder in the caller's path.
        if (!Directory.Exists(Path.GetDirectoryName(path)))
            path = Path.Combine(Root, "tests", "Zoetrope.Generator.Tests", "Snapshots", name);
        if (Environment.GetEnvironmentVariable("UPDATE_SNAPSHOTS") == "1")
            File.WriteAllText(path, actual);
        Assert.True(File.Exists(path), $"There is no snapshot {name}; run the tests with UPDATE_SNAPSHOTS=1 and look at it.");
        Assert.Equal(File.ReadAllText(path), actual);
    }

    private static Spec Vendored(string path) => new("specs/" + path, File.ReadAllText(Path.Combine(Root, "specs", path)));
}
