[assembly: AssemblyFixture(typeof(Zoetrope.Packaging.Tests.AppOfOneModel))]

namespace Zoetrope.Packaging.Tests;

/// <summary>
/// A user's project in an empty folder, with only the packages and its own copy of a page, as a native program. It is published when a test first asks for it.
/// </summary>
public sealed class AppOfOneModel : IDisposable
{
    private const string Code = """
        using MyApp.Models;
        using Zoetrope.Fal;

        using var fal = new FalClient(new() { BaseUrl = new Uri(args[0]), ApiKey = "test" });
        var result = await fal.KlingVideoO3ProImageToVideo.RunAsync(new() { ImageUrl = "https://example.com/a.png", Prompt = "She walks" });
        Console.WriteLine(result.Value.Video.Url);
        """;

    private TemporaryFolder? _folder;

    /// <summary>The program, without a warning of any compiler, and the assembly that it was made from.</summary>
    internal async Task<(string Program, string Assembly)> PublishedAsync(PackedPackages packages)
    {
        if (_folder is null)
        {
            var folder = Project(packages);
            await Command.DotnetAsync(folder.Path, Publish);
            _folder = folder;
        }
        return FilesOf(_folder);
    }

    /// <summary>The project, with the page as its only document.</summary>
    internal static TemporaryFolder Project(PackedPackages packages)
    {
        var folder = new TemporaryFolder();
        folder.Copy(Repository.PathOf("specs", "fal", "kling-video-o3-pro-image-to-video.md"), "specs/page.md");
        folder.Write("Program.cs", Code);
        folder.Write("MyApp.csproj", ConsumerProject.Text(packages, "net10.0", "<PublishAot>true</PublishAot><TrimmerSingleWarn>false</TrimmerSingleWarn>"));
        return folder;
    }

    /// <summary>The command that publishes the project.</summary>
    internal static string[] Publish { get; } = ["publish", "-c", "Release", "-o", "out", "--nologo"];

    /// <summary>What was published, and the assembly that it was made from.</summary>
    internal static (string Program, string Assembly) FilesOf(TemporaryFolder folder)
    {
        var assembly = Directory.GetFiles(Path.Combine(folder.Path, "obj"), "MyApp.dll", SearchOption.AllDirectories)
            .Single(path => Path.GetFileName(Path.GetDirectoryName(path)) is not ("ref" or "refint"));
        return (Path.Combine(folder.Path, "out", "MyApp"), assembly);
    }

    public void Dispose() => _folder?.Dispose();
}
