namespace Zoetrope.Specs.Tests;

/// <summary>The documents of the repository, and the corpus beside it.</summary>
internal static class TestFiles
{
    public static string Root => Repository.Root;

    public static string Spec(string path) => File.ReadAllText(Path.Combine(Root, "specs", path));

    public static string FalPage => Spec("fal/kling-video-o3-pro-image-to-video.md");

    public static string FalOpenApi => Spec("fal/kling-video-o3-pro-image-to-video.json");

    public static string EachlabsPage => Spec("eachlabs/kling-o3-pro-image-to-video.md");

    /// <summary>The files of a corpus folder; the test is skipped where there is no corpus.</summary>
    public static string[] Corpus(string folder) => TestKit.Corpus.Files(folder);
}
