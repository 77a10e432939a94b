namespace Zoetrope.Packaging.Tests;

/// <summary>What becomes of <c>ZoetropeSpec</c> items, wherever they come from and whatever the project is.</summary>
public sealed class SpecItemTests(PackedPackages packages)
{
    private static readonly string Kling = Repository.PathOf("specs", "fal", "kling-video-o3-pro-image-to-video.json");

    [Fact]
    public async Task Items_that_come_late_arrive_and_files_that_are_no_documents_do_not()
    {
        using var folder = new TemporaryFolder();
        folder.Copy(Kling, "specs/kling.json");
        foreach (var name in new[]
        {
            ".DS_Store",
            ".gitkeep",
            ".kling.json.swp",
            "kling.json~",
            "#kling.json#",
            "~$kling.json",
            "kling.json.bak",
            "desktop.ini",
            "Thumbs.db",
            "README.md",
            "below/.hidden.json"
        })
            folder.Write("specs/" + name, "not a document");
        // Names that mean something to MSBuild or to the file that hands metadata to the compiler.
        folder.Write("specs/a#b;[c] {d}/odd.json", Renamed("odd/model"));
        folder.Write("late.json", Renamed("late/model"));
        folder.Write("made.txt", Renamed("made/model"));
        folder.Write("Directory.Build.targets", """
            <Project>
              <ItemGroup>
                <ZoetropeSpec Include="$(MSBuildThisFileDirectory)late.json" Namespace="MyApp.Late" />
                <ZoetropeSpec Update="specs/kling.json" Namespace="MyApp.Updated" />
              </ItemGroup>
              <Target Name="MakeSpec" BeforeTargets="BeforeBuild">
                <Copy SourceFiles="made.txt" DestinationFiles="$(IntermediateOutputPath)made.json" />
                <ItemGroup><ZoetropeSpec Include="$(IntermediateOutputPath)made.json" Namespace="MyApp.Made" /></ItemGroup>
              </Target>
            </Project>
            """);
        folder.Write("Program.cs", """
            Console.WriteLine(MyApp.Updated.KlingVideoO3ProImageToVideo.Endpoint.Id);
            Console.WriteLine(MyApp.Models.OddModel.Endpoint.Id);
            Console.WriteLine(MyApp.Late.LateModel.Endpoint.Id);
            Console.WriteLine(MyApp.Made.MadeModel.Endpoint.Id);
            """);
        folder.Write("MyApp.csproj", ConsumerProject.Text(packages, "net10.0", ""));

        await Command.DotnetAsync(folder.Path, "build", "--nologo");

        var run = await Command.RunAsync("dotnet", [Path.Combine("bin", "Debug", "net10.0", "MyApp.dll")], folder.Path);
        Assert.Equal("fal-ai/kling-video/o3/pro/image-to-video\nodd/model\nlate/model\nmade/model\n", run.Output);
        // What `dotnet watch` builds again for.
        var watched = await Command.DotnetAsync(folder.Path, "msbuild", "-getItem:Watch");
        Assert.Contains("\"Identity\": \"specs/kling.json\"", watched, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Web_apps_publish_no_documents_but_those_that_are_to_be_copied()
    {
        using var folder = new TemporaryFolder();
        folder.Copy(Kling, "specs/kling.json");
        folder.Write("specs/copied.json", Renamed("copied/model"));
        folder.Write("Program.cs", "Console.WriteLine(MyApp.Models.CopiedModel.Endpoint.Id);");
        folder.Write("MyApp.csproj", Project("Microsoft.NET.Sdk.Web", """
            <ZoetropeSpec Include="specs/kling.json" />
            <ZoetropeSpec Include="specs/copied.json" CopyToOutputDirectory="PreserveNewest" />
            """));

        await Command.DotnetAsync(folder.Path, "publish", "--nologo", "-o", "out");

        Assert.Equal(["copied.json"], Directory.EnumerateFiles(Path.Combine(folder.Path, "out"), "*.json", SearchOption.AllDirectories)
            .Select(Path.GetFileName).Where(name => name is "copied.json" or "kling.json"));
    }

    [Theory]
    [InlineData("<TargetFramework>net10.0</TargetFramework>")]
    [InlineData("<TargetFrameworks>net10.0</TargetFrameworks>")]
    public async Task Razor_libraries_pack_no_documents(string framework)
    {
        using var folder = new TemporaryFolder();
        folder.Copy(Kling, "specs/kling.json");
        folder.Write(
            "MyApp.csproj",
            Project("Microsoft.NET.Sdk.Razor", """<ZoetropeSpec Include="specs/**" />""", "<IsPackable>true</IsPackable><Version>1.0.0-test</Version>")
            .Replace("<TargetFramework>net10.0</TargetFramework>", framework, StringComparison.Ordinal));

        await Command.DotnetAsync(folder.Path, "pack", "--nologo", "-o", "out");

        using var package = System.IO.Compression.ZipFile.OpenRead(Path.Combine(folder.Path, "out", "MyApp.1.0.0-test.nupkg"));
        Assert.DoesNotContain(package.Entries, entry => entry.FullName.Contains("kling", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("fsproj", "F#", "Program.fs", "module Program\nlet name = \"x\"\n")]
    [InlineData("vbproj", "VB", "Program.vb", "Module Program\nEnd Module\n")]
    public async Task A_project_of_another_language_is_warned(string extension, string language, string source, string text)
    {
        using var folder = new TemporaryFolder();
        folder.Copy(Kling, "specs/kling.json");
        folder.Write(source, text);
        folder.Write("MyApp." + extension, Project(
            "Microsoft.NET.Sdk",
            $"""<Compile Include="{source}" /><ZoetropeSpec Include="specs/**" />""",
            "<EnableDefaultCompileItems>false</EnableDefaultCompileItems>"));

        var build = await Command.RunAsync("dotnet", ["build", "--nologo"], folder.Path);

        Assert.Equal(0, build.ExitCode);
        Assert.Contains($"warning ZTB002: Zoetrope generates C# only, and nothing in this project of language {language}", build.All, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""<ZoetropeSpec Include="specs/**" Name="My.C#" />""", "", "The Name, Namespace or Provider of the ZoetropeSpec item 'specs/kling.json'")]
    [InlineData("""<ZoetropeSpec Include="specs/**" Namespace="A%3BB" />""", "", "The Name, Namespace or Provider of the ZoetropeSpec item 'specs/kling.json'")]
    [InlineData("""<ZoetropeSpec Include="specs/**" />""", "<ZoetropeNamespace>My.C#</ZoetropeNamespace>", "The property ZoetropeNamespace")]
    [InlineData("""<ZoetropeSpec Include="specs/**" />""", "<RootNamespace>My.C#</RootNamespace>", "The property RootNamespace")]
    public async Task A_value_that_would_be_cut_is_an_error(string item, string property, string problem)
    {
        using var folder = new TemporaryFolder();
        folder.Copy(Kling, "specs/kling.json");
        folder.Write("MyApp.csproj", Project("Microsoft.NET.Sdk", item, property));

        var build = await Command.RunAsync("dotnet", ["build", "--nologo"], folder.Path);

        Assert.NotEqual(0, build.ExitCode);
        Assert.Contains($"error ZTB001: {problem}", build.All, StringComparison.Ordinal);
    }

    private static string Renamed(string id) => File.ReadAllText(Kling).Replace("fal-ai/kling-video/o3/pro/image-to-video", id, StringComparison.Ordinal);

    private string Project(string sdk, string items, string properties = "") => $"""
        <Project Sdk="{sdk}">
          <PropertyGroup>
            <TargetFramework>net10.0</TargetFramework>
            <ImplicitUsings>enable</ImplicitUsings>
            <RestoreAdditionalProjectSources>{packages.Feed}</RestoreAdditionalProjectSources>
            {properties}
          </PropertyGroup>
          <ItemGroup>
            <PackageReference Include="Zoetrope.Fal" Version="{packages.Version}" />
            <PackageReference Include="Zoetrope.Generator" Version="{packages.Version}" PrivateAssets="all" />
            {items}
          </ItemGroup>
        </Project>
        """;
}
