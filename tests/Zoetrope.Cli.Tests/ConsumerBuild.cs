using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Zoetrope.Cli.Tests;

/// <summary>A project that names the documents of a folder, built by the SDK.</summary>
/// <param name="Output">All that the build printed.</param>
/// <param name="Printed">What it printed of documents, as <c>zoetrope specs check</c> writes it; sorted. What it printed twice is here twice.</param>
/// <param name="Logged">What the compiler's log has of documents, information too; sorted.</param>
/// <param name="Succeeded">Whether it succeeded.</param>
public sealed partial record ConsumerBuild(string Output, IReadOnlyList<string> Printed, IReadOnlyList<string> Logged, bool Succeeded)
{
    /// <summary>Builds.</summary>
    /// <param name="folder">The folder; its documents are in <c>specs</c>.</param>
    /// <param name="properties">More properties of the project, as XML.</param>
    /// <param name="code">Its code.</param>
    public static async Task<ConsumerBuild> RunAsync(SpecsFolder folder, string properties = "", string code = "internal static class Program;")
    {
        var binaries = CliProcess.Folder;
        var generator = Repository.PathOf("generator", "Zoetrope.Generator");
        folder.Write("Program.cs", code);
        folder.Write("Directory.Build.props", "<Project />");
        folder.Write("Consumer.csproj", $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <Import Project="{generator}/build/Zoetrope.Generator.props" />
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <LangVersion>14</LangVersion>
                <ErrorLog>built.sarif,version=2.1</ErrorLog>
                {properties}
              </PropertyGroup>
              <ItemGroup>
                <Reference Include="{binaries}/Zoetrope.dll;{binaries}/Zoetrope.Fal.dll;{binaries}/Zoetrope.Eachlabs.dll" />
                <Analyzer Include="{binaries}/Zoetrope.Generator.dll;{binaries}/Zoetrope.Specs.dll" />
                <ZoetropeSpec Include="specs/**" />
              </ItemGroup>
              <Import Project="{generator}/build/Zoetrope.Generator.targets" />
            </Project>
            """);
        var start = new ProcessStartInfo("dotnet", ["build", "--nologo", "-nodeReuse:false", "-tl:off"])
        {
            WorkingDirectory = folder.Folder,
            RedirectStandardOutput = true,
        };
        using var build = Process.Start(start)!;
        var output = await build.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await build.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(File.Exists(folder.PathOf("built.sarif")), output);
        return new(output, Print(output, folder), Log(folder), build.ExitCode == 0);
    }

    private static string[] Print(string output, SpecsFolder folder) =>
    [
        // What follows the outcome is a summary.
        .. PrintedLine().Matches(output.Split("\nBuild ")[0])
            .Select(line => $"{Path.GetRelativePath(folder.Folder, line.Groups["path"].Value)}{line.Groups["rest"].Value}")
            .Order(StringComparer.Ordinal),
    ];

    private static string[] Log(SpecsFolder folder)
    {
        using var log = JsonDocument.Parse(folder.Read("built.sarif"));
        return
        [
            .. log.RootElement.GetProperty("runs")[0].GetProperty("results").EnumerateArray()
                .Where(one => one.GetProperty("ruleId").GetString()!.StartsWith("ZT", StringComparison.Ordinal))
                .Select(one => Describe(one, folder))
                .Order(StringComparer.Ordinal),
        ];
    }

    private static string Describe(JsonElement result, SpecsFolder folder)
    {
        var location = result.GetProperty("locations")[0].GetProperty("physicalLocation");
        var region = location.GetProperty("region");
        var path = Path.GetRelativePath(
            folder.Folder,
            new Uri(new Uri(folder.Folder + "/"), location.GetProperty("artifactLocation").GetProperty("uri").GetString()!).LocalPath);
        var severity = result.GetProperty("level").GetString() is "note" ? "info" : result.GetProperty("level").GetString();
        return $"{path}({region.GetProperty("startLine")},{region.GetProperty("startColumn")}): {severity} {result.GetProperty("ruleId").GetString()}: {result.GetProperty("message").GetProperty("text").GetString()}";
    }

    /// <summary>A line of the build: the help link and the project come after the message.</summary>
    [GeneratedRegex(@"^ *(?<path>/.*?)(?<rest>\(\d+,\d+\): (error|warning|info) ZT\d{4}: .*?)( \([^()]*#zt\d{4}\))? \[[^\]]*\]\r?$", RegexOptions.Multiline)]
    private static partial Regex PrintedLine();
}
