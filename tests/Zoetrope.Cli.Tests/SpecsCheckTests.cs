using System.Diagnostics;
using System.Text.Json;

namespace Zoetrope.Cli.Tests;

/// <summary><c>zoetrope specs check</c>.</summary>
public sealed class SpecsCheckTests
{
    private const string ModelId = "- **Model ID**: `fal-ai/kling-video/o3/pro/image-to-video`\n";

    [Fact]
    public async Task Whole_documents_have_no_errors()
    {
        using var folder = new SpecsFolder();

        var result = await folder.RunAsync(["specs", "check", "specs", "--warnaserror"]);

        result.Exits(0).Says("0 errors, 0 warnings in 5 documents.");
        Assert.All(Lines(result), line => Assert.Contains(": info ZT", line));
    }

    /// <summary>A project with the same documents is built by the SDK; the compiler's log has every diagnostic with its place.</summary>
    [Fact]
    public async Task Damaged_documents_get_what_a_build_reports()
    {
        using var folder = new SpecsFolder();
        folder.Replace(SpecsFolder.FalPage, "- **`duration`** (`DurationEnum`, _optional_)", "- **`duration`** (`DurationEnum`, _required_)");
        folder.Replace(SpecsFolder.FalPage, "  - Default: `false`", "  - Default: `true`");
        folder.Replace(SpecsFolder.Catalog, "\"eachlabs\": \"kling", "\"eachlabs\": \"no-kling");
        folder.Replace(SpecsFolder.Lock, "\"ImageUrl\"", "\"1x\"");
        folder.Write("specs/fal/no-id.md", folder.Read(SpecsFolder.FalPage).Replace(ModelId, "").Replace("\n", "\r\n"));
        folder.Write("specs/fal/twice.json", folder.Read(SpecsFolder.FalOpenApi));
        folder.Write("specs/fal/cut.json", folder.Read(SpecsFolder.FalOpenApi)[..2000]);
        folder.Write("specs/eachlabs/cut.md", folder.Read(SpecsFolder.EachlabsPage)[..900].Replace("kling-o3-pro", "kling-o4-pro"));
        folder.Write("specs/eachlabs/conflict.md", "# é\u2028x\n<<<<<<< ours\n");
        folder.Write("specs/other.txt", "\n\n  nothing of ours");
        folder.Write("specs/README.md", "left out");

        var result = await folder.RunAsync(["specs", "check", "specs/**"]);
        var built = await BuildAsync(folder);

        Assert.Equal(built, Lines(result.Exits(1)).Order(StringComparer.Ordinal));
        foreach (var id in new[] { "ZT0001", "ZT0002", "ZT0007", "ZT0030", "ZT0101", "ZT0104", "ZT0106", "ZT0115", "ZT0120" })
            Assert.Contains(built, line => line.Contains(id, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Problems_are_sorted_by_path_and_place()
    {
        using var folder = new SpecsFolder();
        folder.Write("specs/b.json", "{\"openapi\": }");
        folder.Write("specs/a.json", "[");

        var result = await folder.RunAsync(["specs", "check", "specs/b.json", "./specs/../specs/b.json", "specs/a.json"]);

        result.Exits(1).Says("2 errors, 0 warnings in 2 documents.");
        Assert.Collection(
            Lines(result),
            line => Assert.StartsWith("specs/a.json(1,2): error ZT0004: ", line),
            line => Assert.StartsWith("specs/b.json(1,13): error ZT0003: ", line));
    }

    [Fact]
    public async Task Warnings_are_errors_where_that_is_asked()
    {
        using var folder = new SpecsFolder();
        folder.Replace(SpecsFolder.FalPage, "- **`duration`** (`DurationEnum`, _optional_)", "- **`duration`** (`DurationEnum`, _required_)");

        var lenient = await folder.RunAsync(["specs", "check", "specs/fal"]);
        var strict = await folder.RunAsync(["specs", "check", "specs/fal", "--warnaserror"]);

        Assert.Contains(": warning ZT0101: ", lenient.Exits(0).Output);
        Assert.Contains(": error ZT0101: ", strict.Exits(1).Output);
    }

    [Theory]
    [InlineData("specs/*/*.md", 2)]
    [InlineData("specs/**/*.json", 3)]
    [InlineData("s?ecs/**/k*.md", 2)]
    [InlineData("**", 5)]
    [InlineData("specs/fal", 2)]
    [InlineData(".", 5)]
    public async Task Folders_and_patterns_are_resolved(string path, int documents)
    {
        using var folder = new SpecsFolder();

        var result = await folder.RunAsync(["specs", "check", path]);

        Assert.Contains(result.Exits(0).ErrorLines, line => line.EndsWith($" in {documents} documents.", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("PATH: there is no file or folder 'spec'", "specs", "check", "specs", "spec")]
    [InlineData("PATH: nothing matches 'specs/*.yaml'", "specs", "check", "specs/*.yaml")]
    [InlineData("See `zoetrope specs check --help`.", "specs", "check")]
    [InlineData("See `zoetrope specs --help`.", "specs")]
    public async Task Wrong_usage_ends_with_2(string problem, params string[] arguments)
    {
        using var folder = new SpecsFolder();

        var result = await folder.RunAsync(arguments);

        result.Exits(2).Says(problem);
        Assert.Equal("", result.Output);
    }

    private static string[] Lines(CliResult result) => result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private static async Task<IReadOnlyList<string>> BuildAsync(SpecsFolder folder)
    {
        var binaries = CliProcess.Folder;
        var generator = Path.Combine(SpecsFolder.Root, "generator", "Zoetrope.Generator");
        folder.Write("Consumer.cs", "internal static class Consumer;");
        folder.Write("Directory.Build.props", "<Project />");
        folder.Write("Consumer.csproj", $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <Import Project="{generator}/build/Zoetrope.Generator.props" />
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <LangVersion>14</LangVersion>
                <ErrorLog>built.sarif,version=2.1</ErrorLog>
              </PropertyGroup>
              <ItemGroup>
                <Reference Include="{binaries}/Zoetrope.dll;{binaries}/Zoetrope.Fal.dll;{binaries}/Zoetrope.Eachlabs.dll" />
                <Analyzer Include="{binaries}/Zoetrope.Generator.dll;{binaries}/Zoetrope.Specs.dll" />
                <ZoetropeSpec Include="specs/**" />
              </ItemGroup>
              <Import Project="{generator}/build/Zoetrope.Generator.targets" />
            </Project>
            """);
        var start = new ProcessStartInfo("dotnet", ["build", "--nologo", "-nodeReuse:false", "-p:UseSharedCompilation=false"])
        {
            WorkingDirectory = folder.Folder,
            RedirectStandardOutput = true,
        };
        using var build = Process.Start(start)!;
        var output = await build.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await build.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(File.Exists(folder.PathOf("built.sarif")), output);
        using var log = JsonDocument.Parse(folder.Read("built.sarif"));
        return [.. log.RootElement.GetProperty("runs")[0].GetProperty("results").EnumerateArray()
            .Where(one => one.GetProperty("ruleId").GetString()!.StartsWith("ZT", StringComparison.Ordinal))
            .Select(one => Describe(one, folder))
            .Order(StringComparer.Ordinal)];
    }

    private static string Describe(JsonElement result, SpecsFolder folder)
    {
        var place = result.GetProperty("locations")[0].GetProperty("physicalLocation");
        var region = place.GetProperty("region");
        var path = Path.GetRelativePath(folder.Folder, new Uri(new Uri(folder.Folder + "/"), place.GetProperty("artifactLocation").GetProperty("uri").GetString()!).LocalPath);
        var severity = result.GetProperty("level").GetString() is "note" ? "info" : result.GetProperty("level").GetString();
        return $"{path}({region.GetProperty("startLine")},{region.GetProperty("startColumn")}): {severity} {result.GetProperty("ruleId").GetString()}: {result.GetProperty("message").GetProperty("text").GetString()}";
    }
}
