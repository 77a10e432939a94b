using Xunit;

namespace Zoetrope.TestKit;

/// <summary>The corpus of real documents, which is not part of the repository: <c>ZOETROPE_CORPUS</c> names its folder.</summary>
public static class Corpus
{
    /// <summary>The path of a file or folder in it; the test is skipped where there is none.</summary>
    public static string PathOf(params string[] parts)
    {
        var root = Environment.GetEnvironmentVariable("ZOETROPE_CORPUS") ?? Repository.PathOf("..", "shared", "corpus");
        var path = Path.GetFullPath(Path.Combine([root, .. parts]));
        Assert.SkipUnless(Path.Exists(path), "corpus not present");
        return path;
    }

    /// <summary>The paths of the files in one of its folders, in order; the test is skipped where there is none.</summary>
    public static string[] Files(string folder)
    {
        var files = Directory.GetFiles(PathOf(folder));
        Array.Sort(files, StringComparer.Ordinal);
        return files;
    }
}
