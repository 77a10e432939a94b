using System.Collections.Concurrent;

[assembly: AssemblyFixture(typeof(Zoetrope.Packaging.Tests.Samples.SampleProjects))]

namespace Zoetrope.Packaging.Tests.Samples;

/// <summary>
/// The samples as a user has them: outside of the repository, made by <c>dotnet new</c> where there is a template, on packed packages alone, with warnings as
/// errors. Each is published as a native program when a test first asks for it.
/// </summary>
public sealed class SampleProjects : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ConcurrentDictionary<string, Task<string>> _published = [];

    /// <summary>The native program of a project that a template made, in a folder of another name than the sample's.</summary>
    internal Task<string> FromTemplateAsync(PackedPackages packages, string template) => _published.GetOrAdd(template, async _ =>
    {
        Native.SkipUnlessAvailable();
        var (project, name) = (Path.Combine(_folder.Path, template), template["zoetrope-".Length..] + "Of.Mine");
        var hive = Path.Combine(_folder.Path, "hive");
        WriteSettings(packages);
        if (!Directory.Exists(Path.Combine(hive, "packages")))
            await Command.DotnetAsync(_folder.Path, "new", "install", packages.PathOf("Zoetrope.Templates"), "--debug:custom-hive", hive);
        await Command.DotnetAsync(_folder.Path, "new", template, "-n", name, "-o", project, "--skipRestore", "--debug:custom-hive", hive);
        return await PublishAsync(project, name);
    });

    /// <summary>The native program of a sample that is no template.</summary>
    internal Task<string> PublishedAsync(PackedPackages packages, string sample, string program) => _published.GetOrAdd(sample, async _ =>
    {
        Native.SkipUnlessAvailable();
        return await PublishAsync(Copy(packages, sample, "*"), program);
    });

    /// <summary>Copies files of the samples, with the packed version of the packages.</summary>
    /// <returns>The folder of the copy.</returns>
    internal string Copy(PackedPackages packages, string sample, string pattern)
    {
        WriteSettings(packages);
        foreach (var file in Directory.EnumerateFiles(Repository.PathOf("samples", sample), pattern))
        {
            var text = File.ReadAllText(file).Replace("Version=\"0.1.0\"", $"Version=\"{packages.Version}\"", StringComparison.Ordinal)
                .Replace("@0.1.0", $"@{packages.Version}", StringComparison.Ordinal);
            _folder.Write(Path.Combine("copies", sample, Path.GetFileName(file)), text);
        }
        return Path.Combine(_folder.Path, "copies", sample);
    }

    public void Dispose() => _folder.Dispose();

    private void WriteSettings(PackedPackages packages) => _folder.Write("Directory.Build.props", $"""
        <Project>
          <PropertyGroup>
            <RestoreAdditionalProjectSources>{packages.Feed}</RestoreAdditionalProjectSources>
            <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
          </PropertyGroup>
        </Project>
        """);

    private static async Task<string> PublishAsync(string project, string program)
    {
        var output = Path.Combine(project, "published");
        // A third of the AOT compiler's work is to optimize, which changes nothing of what these tests see.
        await Command.DotnetAsync(project, "publish", "-c", "Release", "-o", output, "-p:Optimize=false", "--nologo");
        return Path.Combine(output, program);
    }
}
