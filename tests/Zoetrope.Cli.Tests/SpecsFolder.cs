using System.Text.Json;
using Zoetrope.Specs;
using Zoetrope.Specs.Catalog;
using Zoetrope.Specs.Model;

namespace Zoetrope.Cli.Tests;

/// <summary>A folder with a copy of the repository's documents, which a test may damage.</summary>
public sealed class SpecsFolder : IDisposable
{
    public const string FalPage = "specs/fal/kling-video-o3-pro-image-to-video.md";
    public const string FalOpenApi = "specs/fal/kling-video-o3-pro-image-to-video.json";
    public const string EachlabsPage = "specs/eachlabs/kling-o3-pro-image-to-video.md";
    public const string Catalog = "specs/catalog.json";
    public const string Lock = "specs/specs.lock.json";

    // The entry of the repository's catalog whose documents are here.
    private const string CatalogOfKling = """
        {
          "models": {
            "kling-o3-pro-image-to-video": {
              "fal": "fal-ai/kling-video/o3/pro/image-to-video",
              "eachlabs": "kling-o3-pro-image-to-video"
            }
          }
        }

        """;

    public SpecsFolder()
    {
        string[] documents = [FalPage, FalOpenApi, EachlabsPage];
        foreach (var name in documents)
            Write(name, File.ReadAllText(Repository.PathOf(name)));
        Write(Catalog, CatalogOfKling);
        Write(Lock, LockOf([.. documents.Select(name => name["specs/".Length..])]));
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

    /// <summary>Deletes the documents and their folder.</summary>
    public void DeleteSpecs() => Directory.Delete(PathOf("specs"), recursive: true);

    /// <summary>What the lock file has of a document, by its path below the folder of the documents.</summary>
    public JsonElement Locked(string name)
    {
        using var locked = JsonDocument.Parse(Read(Lock));
        return locked.RootElement.GetProperty("files").GetProperty(name).Clone();
    }

    /// <summary>All files of the documents with their contents, and all folders.</summary>
    public IReadOnlyList<string> Snapshot() =>
    [
        .. Directory.GetDirectories(PathOf("specs"), "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal),
        .. Directory.GetFiles(PathOf("specs"), "*", SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal)
            .Select(file => file + "\n" + File.ReadAllText(file)),
    ];

    public string PathOf(string name) => Path.Combine(Folder, name);

    /// <summary>Runs the command line in the folder.</summary>
    public async Task<CliResult> RunAsync(string[] arguments, string? input = null)
    {
        using var process = CliProcess.Start(arguments, input: input, folder: Folder);
        return await process.FinishAsync();
    }

    /// <summary>What the repository's lock says of these files, in the form in which it is written.</summary>
    private static string LockOf(string[] files)
    {
        var locked = SpecReader.Read(File.ReadAllText(Repository.PathOf(Lock))).Document!.Lock!;
        return LockWriter.Write(locked with
        {
            Files = locked.Files.Where(file => files.Contains(file.Path)).ToEquatableArray(),
            Names = locked.Names.Where(name => name.Key.StartsWith("fal:fal-ai/kling", StringComparison.Ordinal)
                || name.Key.StartsWith("eachlabs:kling", StringComparison.Ordinal)).ToEquatableArray(),
        });
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
