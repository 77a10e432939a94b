using System.IO.Compression;

[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]
[assembly: AssemblyFixture(typeof(Zoetrope.Packaging.Tests.PackedPackages))]

namespace Zoetrope.Packaging.Tests;

/// <summary>
/// All packages of the repository, packed once. The version is new each time, because NuGet takes a version that it has seen from
/// its cache; what the cache got of it is removed at the end. It is the packages' alone: what is compiled for them is what the apps of the repository are
/// published from, as it is.
/// </summary>
public sealed class PackedPackages : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();

    public string Feed => _folder.Path;

    public string Version { get; } = $"0.1.0-test.{DateTime.UtcNow:yyyyMMddHHmmss}";

    // The analyzers have seen the code where it was built for the tests.
    public async ValueTask InitializeAsync() => await Command.DotnetAsync(
        Repository.Root,
        "pack", "Sdk.sln", "-c", "Release", "-o", Feed, $"-p:PackageVersion={Version}", "-p:RunAnalyzers=false", "-v", "q", "--nologo");

    public string PathOf(string id) => Path.Combine(Feed, $"{id}.{Version}.nupkg");

    public ZipArchive Open(string id) => ZipFile.OpenRead(PathOf(id));

    public ZipArchive OpenSymbols(string id) => ZipFile.OpenRead(Path.Combine(Feed, $"{id}.{Version}.snupkg"));

    public async ValueTask DisposeAsync()
    {
        _folder.Dispose();
        var locals = await Command.RunAsync("dotnet", ["nuget", "locals", "global-packages", "--list"]);
        var cache = locals.Output.Split(": ", 2)[^1].Trim();
        foreach (var package in Directory.EnumerateDirectories(cache, "zoetrope*"))
        {
            var version = Path.Combine(package, Version);
            if (Directory.Exists(version))
                Directory.Delete(version, recursive: true);
        }
    }
}
