using System.Xml.Linq;

namespace Zoetrope.Packaging.Tests;

/// <summary>A project that also uses a generator which ships its own Newtonsoft.Json, as many do. Neither may disturb the other.</summary>
public sealed class OtherGeneratorTests(PackedPackages packages)
{
    private const string Generator = """
        using Microsoft.CodeAnalysis;
        using Newtonsoft.Json.Linq;

        namespace Other;

        [Generator(LanguageNames.CSharp)]
        public sealed class SettingsGenerator : IIncrementalGenerator
        {
            public void Initialize(IncrementalGeneratorInitializationContext context)
            {
                var settings = context.AdditionalTextsProvider
                    .Where(static text => text.Path.EndsWith("settings.json", System.StringComparison.Ordinal))
                    .Select(static (text, token) => (string)JObject.Parse(text.GetText(token)!.ToString())["greeting"]!);
                context.RegisterSourceOutput(settings, static (output, greeting) => output.AddSource(
                    "Settings.g.cs", "namespace Other { public static class Settings { public const string Greeting = \"" + greeting + "\"; } }"));
            }
        }
        """;

    private const string Program = """
        using MyApp.Models;

        Console.WriteLine(Other.Settings.Greeting);
        Console.WriteLine(KlingVideoO3ProImageToVideo.Endpoint.Id);
        """;

    [Fact]
    public async Task Both_generators_write_their_code_without_a_warning()
    {
        using var other = new TemporaryFolder();
        other.Write("SettingsGenerator.cs", Generator);
        other.Write("Other.Generator.csproj", OtherProject());
        await Command.DotnetAsync(other.Path, "pack", "-c", "Release", "-o", "feed", "--nologo");

        using var folder = new TemporaryFolder();
        folder.Copy(Repository.PathOf("specs", "fal", "kling-video-o3-pro-image-to-video.json"), "specs/kling.json");
        folder.Write("settings.json", """{"greeting": "from the other one"}""");
        folder.Write("Program.cs", Program);
        folder.Write("MyApp.csproj", $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <Nullable>enable</Nullable>
                <ImplicitUsings>enable</ImplicitUsings>
                <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
                <RestoreAdditionalProjectSources>{packages.Feed};{Path.Combine(other.Path, "feed")}</RestoreAdditionalProjectSources>
                <RestorePackagesPath>packages</RestorePackagesPath>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="Zoetrope.Fal" Version="{packages.Version}" />
                <PackageReference Include="Zoetrope.Generator" Version="{packages.Version}" />
                <PackageReference Include="Other.Generator" Version="{packages.Version}" PrivateAssets="all" />
                <ZoetropeSpec Include="specs/**" />
                <AdditionalFiles Include="settings.json" />
              </ItemGroup>
            </Project>
            """);
        await Command.DotnetAsync(folder.Path, "build", "--nologo");

        var run = await Command.RunAsync("dotnet", [Path.Combine("bin", "Debug", "net10.0", "MyApp.dll")], folder.Path);
        Assert.Equal(("from the other one\nfal-ai/kling-video/o3/pro/image-to-video\n", 0), (run.Output, run.ExitCode));
    }

    /// <summary>The package of the other generator: its assembly and Newtonsoft.Json beside it.</summary>
    private string OtherProject() => $"""
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <TargetFramework>netstandard2.0</TargetFramework>
            <LangVersion>12</LangVersion>
            <Nullable>enable</Nullable>
            <Version>{packages.Version}</Version>
            <EnforceExtendedAnalyzerRules>true</EnforceExtendedAnalyzerRules>
            <IncludeBuildOutput>false</IncludeBuildOutput>
            <DevelopmentDependency>true</DevelopmentDependency>
            <SuppressDependenciesWhenPacking>true</SuppressDependenciesWhenPacking>
            <NoWarn>$(NoWarn);NU5128</NoWarn>
            <TargetsForTfmSpecificContentInPackage>$(TargetsForTfmSpecificContentInPackage);_PackAnalyzer</TargetsForTfmSpecificContentInPackage>
          </PropertyGroup>
          <ItemGroup>
            <PackageReference Include="Microsoft.CodeAnalysis.CSharp" Version="{VersionOf("Microsoft.CodeAnalysis.CSharp")}" PrivateAssets="all" />
            <PackageReference Include="Newtonsoft.Json" Version="{VersionOf("Newtonsoft.Json")}" PrivateAssets="all" GeneratePathProperty="true" />
          </ItemGroup>
          <Target Name="_PackAnalyzer">
            <ItemGroup>
              <TfmSpecificPackageFile Include="$(TargetPath);$(PkgNewtonsoft_Json)/lib/netstandard2.0/Newtonsoft.Json.dll" PackagePath="analyzers/dotnet/cs" />
            </ItemGroup>
          </Target>
        </Project>
        """;

    /// <summary>The version that the repository uses itself.</summary>
    private static string VersionOf(string package) => (string)XDocument.Load(Repository.PathOf("Directory.Packages.props")).Descendants("PackageVersion")
        .Single(element => (string)element.Attribute("Include")! == package).Attribute("Version")!;
}
