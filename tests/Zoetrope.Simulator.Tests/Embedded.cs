namespace Zoetrope.Simulator.Tests;

/// <summary>The vendored documents, as the simulator carries them.</summary>
internal static class Embedded
{
    public static string Page(string name)
    {
        using var reader = new StreamReader(typeof(MediaSimulator).Assembly.GetManifestResourceStream("specs/" + name)!);
        return reader.ReadToEnd();
    }
}
