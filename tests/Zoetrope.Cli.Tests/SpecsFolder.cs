namespace Zoetrope.Cli.Tests;

/// <summary>A folder with a copy of the repository's documents, which a test may damage.</summary>
public sealed class SpecsFolder : IDisposable
{
    public const string FalPage = "specs/fal/kling-video-o3-pro-image-to-video.md";
    public const string FalOpenApi = "specs/fal/kling-video-o3-pro-image-to-video.json";
    public const string EachlabsPage = "specs/eachlabs/kling-o3-pro-image-to-video.md";
    public const string Catalog = "specs/catalog.json";
    public const string Lock = "specs/specs.lock.json";

    public SpecsFolder()
    {
        foreach (var name in new[] { FalPage, FalOpenApi, EachlabsPage, Catalog, Lock })
            Write(name, File.ReadAllText(Repository.PathOf(name)));
    }

    public string Folder { get; } = Directory.CreateTempSubdirectory("zoetrope-").FullName;

    public string Read(string name) => File.ReadAllText(PathOf(name));

    public void Write(string name, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(name))!);
        File.WriteAllText(PathOf(name), text);
    }

    public void Replace(string name, string old, string replacement)
    {
        var text = Read(name);
        Assert.Contains(old, text);
        Write(name, text.Replace(old, replacement));
    }

    public void Delete(string name) => File.Delete(PathOf(name));

    public string PathOf(string name) => Path.Combine(Folder, name);

    /// <summary>Runs the command line in the folder.</summary>
    public async Task<CliResult> RunAsync(string[] arguments, string? input = null)
    {
        using var process = CliProcess.Start(arguments, input: input, folder: Folder);
        return await process.FinishAsync();
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
