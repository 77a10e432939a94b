namespace Zoetrope.TestKit;

/// <summary>A folder outside the repository that goes with the test.</summary>
public sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("zoetrope-").FullName;

    /// <summary>Writes a file, and gives its path.</summary>
    public string Write(string name, string text)
    {
        var file = PathOf(name);
        File.WriteAllText(file, text);
        return file;
    }

    public void Copy(string source, string name) => File.Copy(source, PathOf(name));

    public void Dispose() => Directory.Delete(Path, recursive: true);

    private string PathOf(string name)
    {
        var file = System.IO.Path.Combine(Path, name);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(file)!);
        return file;
    }
}
