using Zoetrope.Simulator;

namespace Zoetrope.Packaging.Tests;

/// <summary>A user's own project in an empty folder, with only the packages and its own copy of a page.</summary>
public sealed class ConsumerTests(PackedPackages packages, AppOfOneModel app)
{
    [Fact]
    public async Task An_empty_project_with_its_own_page_gets_its_typed_client_and_runs_natively()
    {
        Native.SkipUnlessAvailable();
        var (program, _) = await app.PublishedAsync(packages);

        await using var simulator = await MediaSimulator.StartAsync();
        var run = await Command.RunAsync(program, [simulator.BaseUrl.ToString()], Path.GetDirectoryName(program));
        Assert.Equal("", run.Error);
        Assert.Equal(0, run.ExitCode);
        Assert.StartsWith(simulator.BaseUrl + "files/", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_own_page_wins_over_the_packages_model_where_both_namespaces_are_imported()
    {
        using var folder = new TemporaryFolder();
        folder.Copy(Repository.PathOf("specs", "fal", "kling-video-o3-pro-image-to-video.md"), "specs/page.md");
        folder.Write("Use.cs", """
            using MyApp.Models;
            using Zoetrope.Clients;
            using Zoetrope.Fal;
            using Zoetrope.Fal.Models;

            internal static class Use
            {
                public static ModelClient<MyApp.Models.KlingVideoO3ProImageToVideo.Request, KlingVideoO3ProImageToVideo.Result> Own(FalClient fal) => fal.KlingVideoO3ProImageToVideo;
                public static Type Packaged => typeof(Zoetrope.Fal.Models.KlingVideoO3ProImageToVideo);
            }
            """);
        folder.Write("MyApp.csproj", ConsumerProject.Text(packages, "net10.0", "<OutputType>Library</OutputType>"));

        await Command.DotnetAsync(folder.Path, "build", "--nologo");
    }

    [Fact]
    public async Task A_deleted_required_line_of_the_page_is_named_with_file_and_line()
    {
        using var folder = new TemporaryFolder();
        var page =
            await File.ReadAllLinesAsync(Repository.PathOf("specs", "fal", "kling-video-o3-pro-image-to-video.md"), TestContext.Current.CancellationToken);
        folder.Write("specs/page.md", string.Join(
            '\n',
            page.Where(line => !line.StartsWith("- **Model ID**", StringComparison.Ordinal) && !line.StartsWith("- **Endpoint**", StringComparison.Ordinal))));
        folder.Write("Empty.cs", "internal static class Empty;");
        folder.Write("MyApp.csproj", ConsumerProject.Text(packages, "net10.0", "<OutputType>Library</OutputType>"));

        var build = await Command.RunAsync("dotnet", ["build", "--nologo"], folder.Path);

        Assert.NotEqual(0, build.ExitCode);
        Assert.Matches(@"page\.md\(\d+,\d+\): error ZT\d{4}: ", build.All);
    }
}
