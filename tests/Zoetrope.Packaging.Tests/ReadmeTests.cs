using System.Text;
using System.Xml.Linq;
using Zoetrope.Simulator;

namespace Zoetrope.Packaging.Tests;

/// <summary>
/// The README, those of the packages and the pages of <c>docs</c> show what works: their C# is compiled against the packages, and tests are run. What is said
/// to run against the simulator is run against it.
/// </summary>
public sealed class ReadmeTests(PackedPackages packages)
{
    /// <summary>The pages whose examples run against a simulator, but for those that are servers and do not end.</summary>
    private static readonly string[] _runnable = ["README.md", "docs/guide.md", "docs/coming-from.md"];

    /// <summary>The header of a PNG of 640 by 480 pixels.</summary>
    private static readonly byte[] _picture = Convert.FromHexString("89504E470D0A1A0A0000000D4948445200000280000001E00802000000");

    [Fact]
    public async Task Every_example_compiles_against_the_packages_and_those_of_the_guide_run_against_the_simulator()
    {
        var pages = Directory.GetFiles(Repository.PathOf("docs"), "*.md")
            .Concat(Directory.GetDirectories(Repository.PathOf("src")).Select(project => Path.Combine(project, "README.md")).Where(File.Exists))
            .Prepend(Repository.PathOf("README.md"))
            .Select(File.ReadAllText)
            .ToList();
        var examples = pages.SelectMany(page => Examples(page, "csharp")).ToList();
        Assert.True(examples.Count > 15);
        using var folder = new TemporaryFolder();
        folder.Write(
            "specs/example.json",
            Assert.Single(pages.SelectMany(page => Examples(page, "json")), example => example.Contains("\"openapi\"", StringComparison.Ordinal)));
        // What a walk adds to a project.
        folder.Copy(Repository.PathOf("specs", "fal", "kling-video-o3-pro-image-to-video.json"), "specs/kling.json");
        for (var i = 0; i < examples.Count; i++)
            folder.Write($"Example{i}.cs", Wrap(examples[i], i));
        var runnable = _runnable.SelectMany(page => Examples(File.ReadAllText(Repository.PathOf(page)), "csharp"))
            .Where(example => !example.Contains("app.Run();", StringComparison.Ordinal)).Select(example => examples.IndexOf(example)).ToList();
        folder.Write("Program.cs", Program(runnable));
        folder.Write("Examples.csproj", $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <OutputType>Exe</OutputType>
                <RootNamespace>MyApp</RootNamespace>
                <Nullable>enable</Nullable>
                <ImplicitUsings>enable</ImplicitUsings>
                <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
                <RestoreAdditionalProjectSources>{packages.Feed}</RestoreAdditionalProjectSources>
                <!-- Examples show results that they do not use, and one of them waits for nothing. -->
                <NoWarn>$(NoWarn);CS0219;CS1998;IDE0059</NoWarn>
                <!-- As docs/ai.md says. -->
                <NoWarn>$(NoWarn);MEAI001</NoWarn>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="Zoetrope.Catalog" Version="{packages.Version}" />
                <PackageReference Include="Zoetrope.AspNetCore" Version="{packages.Version}" />
                <PackageReference Include="Zoetrope.Extensions.AI" Version="{packages.Version}" />
                <PackageReference Include="Zoetrope.Extensions.Hosting" Version="{packages.Version}" />
                <PackageReference Include="Zoetrope.Extensions.OpenTelemetry" Version="{packages.Version}" />
                <PackageReference Include="OpenTelemetry.Extensions.Hosting" Version="{VersionOf("OpenTelemetry.Extensions.Hosting")}" />
                <PackageReference Include="Zoetrope.Fal.Platform" Version="{packages.Version}" />
                <PackageReference Include="Zoetrope.Jobs.Sqlite" Version="{packages.Version}" />
                <PackageReference Include="Zoetrope.Kiota" Version="{packages.Version}" />
                <PackageReference Include="Zoetrope.Simulator" Version="{packages.Version}" />
                {string.Concat(DeclaredPackages.Ids.Select(id => $"<PackageReference Include=\"{id}\" Version=\"{packages.Version}\" />"))}
                <PackageReference Include="Microsoft.Extensions.AI" Version="{VersionOf("Microsoft.Extensions.AI")}" />
                <FrameworkReference Include="Microsoft.AspNetCore.App" />
                <!-- What a web project imports by itself. -->
                <Using Include="Microsoft.AspNetCore.Builder;Microsoft.AspNetCore.Http" />
                <Using Include="Microsoft.Extensions.Configuration;Microsoft.Extensions.DependencyInjection" />
                <PackageReference Include="Zoetrope.Generator" Version="{packages.Version}" PrivateAssets="all" />
                <ZoetropeSpec Include="specs/*.json" />
              </ItemGroup>
            </Project>
            """);

        await Command.DotnetAsync(folder.Path, "build", "--nologo", "-v", "q", "-o", "out");

        // As `zoetrope simulate` plays them.
        await using var simulator = await MediaSimulator.StartAsync(
            new() { AcceptsAnyEndpoint = true, QueueTime = TimeSpan.Zero, JobDuration = TimeSpan.Zero }, TestContext.Current.CancellationToken);
        var address = simulator.BaseUrl.AbsoluteUri.TrimEnd('/');
        await File.WriteAllBytesAsync(Path.Combine(folder.Path, "a.png"), _picture, TestContext.Current.CancellationToken);
        var run = await Command.RunAsync(
            Path.Combine(folder.Path, "out", "Examples"), [], folder.Path,
            ("FAL_BASE_URL", address), ("FAL_KEY", "any"), ("EACHLABS_BASE_URL", address), ("EACHLABS_API_KEY", "any"),
            ("REPLICATE_BASE_URL", address + "/replicate"), ("REPLICATE_API_TOKEN", "any"), ("BFL_BASE_URL", address + "/bfl"), ("BFL_API_KEY", "any"));
        Assert.True(run.ExitCode == 0, run.All);
        Assert.Equal(runnable.Count, run.Output.Split("# ran ").Length - 1);
    }

    /// <summary>What <c>docs/testing.md</c> shows are the files of a test project: it is built against the packages, and its tests are run.</summary>
    [Fact]
    public async Task Every_test_of_the_testing_page_passes()
    {
        var token = TestContext.Current.CancellationToken;
        var files = Examples(await File.ReadAllTextAsync(Repository.PathOf("docs", "testing.md"), token), "cs");
        var tests = files.Sum(file => file.Split("[Fact]").Length - 1);
        Assert.True(tests > 5);
        var apis = await File.ReadAllTextAsync(Repository.PathOf("docs", "apis.md"), token);
        var xunit = VersionOf("xunit.v3.mtp-off");
        using var folder = new TemporaryFolder();
        folder.Write("specs/studio.json", Assert.Single(Examples(apis, "json"), example => example.Contains("\"openapi\"", StringComparison.Ordinal)));
        for (var i = 0; i < files.Count; i++)
            folder.Write($"File{i}.cs", files[i]);
        folder.Write("Tests.csproj", $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <OutputType>Exe</OutputType>
                <RootNamespace>MyApp</RootNamespace>
                <Nullable>enable</Nullable>
                <ImplicitUsings>enable</ImplicitUsings>
                <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
                <RestoreAdditionalProjectSources>{packages.Feed}</RestoreAdditionalProjectSources>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="Zoetrope.Catalog" Version="{packages.Version}" />
                <PackageReference Include="Zoetrope.Runway" Version="{packages.Version}" />
                <PackageReference Include="Zoetrope.Simulator" Version="{packages.Version}" />
                <PackageReference Include="Zoetrope.Generator" Version="{packages.Version}" PrivateAssets="all" />
                <PackageReference Include="xunit.v3.mtp-off" Version="{xunit}" />
                <ZoetropeSpec Include="specs/*.json" />
              </ItemGroup>
            </Project>
            """);

        var output = await Command.DotnetAsync(folder.Path, "run", "--", "-noColor");

        Assert.Contains($"Total: {tests}, Errors: 0, Failed: 0, Skipped: 0", output, StringComparison.Ordinal);
    }

    /// <summary>The version of a package that the repository itself uses.</summary>
    private static string VersionOf(string id) => XDocument.Load(Repository.PathOf("Directory.Packages.props")).Descendants("PackageVersion")
        .Single(version => version.Attribute("Include")!.Value == id).Attribute("Version")!.Value;

    /// <summary>A program that runs examples one after the other, because they write files of the same names, and ends with 1 where one fails.</summary>
    private static string Program(IReadOnlyList<int> examples) => $$"""
        (string Name, Func<Task> Run)[] examples = [{{string.Join(", ", examples.Select(number => $"(\"{number}\", Example{number}.RunAsync)"))}}];
        var failures = 0;
        foreach (var (name, run) in examples)
        {
            try
            {
                await run().WaitAsync(TimeSpan.FromMinutes(2));
                Console.WriteLine($"# ran {name}");
            }
            catch (Exception exception)
            {
                failures++;
                Console.WriteLine($"# example {name} failed: {exception}");
            }
        }
        return failures == 0 ? 0 : 1;
        """;

    private static List<string> Examples(string page, string language)
    {
        var examples = new List<string>();
        var at = 0;
        var fence = "```" + language + "\n";
        while ((at = page.IndexOf(fence, at, StringComparison.Ordinal)) >= 0)
        {
            at += fence.Length;
            examples.Add(page[at..page.IndexOf("```", at, StringComparison.Ordinal)]);
        }
        return examples;
    }

    /// <summary>Puts the statements of an example into a method, and its imports above.</summary>
    private static string Wrap(string example, int number)
    {
        var imports = new StringBuilder();
        var statements = new StringBuilder();
        foreach (var line in example.Split('\n'))
        {
            var isImport = line.StartsWith("using ", StringComparison.Ordinal) && !line.Contains('=', StringComparison.Ordinal);
            (isImport ? imports : statements).AppendLine(line);
        }
        return $$"""
            {{imports}}
            public static class Example{{number}}
            {
                public static async Task RunAsync()
                {
            {{statements}}
                }
            }
            """;
    }
}
