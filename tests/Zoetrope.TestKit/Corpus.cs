using Xunit;

namespace Zoetrope.TestKit;

/// <summary>The corpus of real documents, which is not part of the repository: <c>ZOETROPE_CORPUS</c> names its folder.</summary>
public static class Corpus
{
    /// <summary>The path of a file or folder in it; the test is skipped where there is none.</summary>
    public static string PathOf(params string[] parts)
    {
        var path = Find(parts);
        Assert.SkipUnless(Path.Exists(path), "corpus not present");
        return path;
    }

    /// <summary>Whether there is a file or folder in it, for tests that have something else to try.</summary>
    public static bool Exists(params string[] parts) => Path.Exists(Find(parts));

    /// <summary>The paths of the files in one of its folders, in order; the test is skipped where there is none.</summary>
    public static string[] Files(string folder)
    {
        var files = Directory.GetFiles(PathOf(folder));
        Array.Sort(files, StringComparer.Ordinal);
        return files;
    }

    private static string Find(string[] parts) => Path.GetFullPath(
        Path.Combine([Environment.GetEnvironmentVariable("ZOETROPE_CORPUS") ?? Repository.PathOf("..", "shared", "corpus"), .. parts]));
}
