namespace Zoetrope.Simulator.Tests;

/// <summary>A folder that goes away with the test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("zoetrope-").FullName;

    public void Write(string name, string text)
    {
        var path = System.IO.Path.Combine(Path, name);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}

/// <summary>The vendored documents, as the simulator carries them.</summary>
internal static class Embedded
{
    public static string Page(string name)
    {
        using var reader = new StreamReader(typeof(MediaSimulator).Assembly.GetManifestResourceStream("specs/" + name)!);
        return reader.ReadToEnd();
    }
}
