using System.Globalization;
using System.Text.Json;

namespace Zoetrope.Generator.Tests.House;

/// <summary>The lists that name each provider of this repository, against the declarations of <c>specs</c>.</summary>
public class ProviderListTests
{
    /// <summary>The files with such lists, and what an entry contains: {0} is the name in C#, {1} that in handles.</summary>
    private static readonly (string File, string Entry)[] _lists =
    [
        ("Sdk.sln", "Zoetrope.{0}.csproj"),
        ("docfx.json", "Zoetrope.{0}.dll"),
        ("docs/providers.md", "`Zoetrope.{0}`"),
        ("specs/README.md", "{1}"),
        ("src/Zoetrope.Cli/Zoetrope.Cli.csproj", "Zoetrope.{0}.csproj"),
        ("src/Zoetrope.Cli/Models/Provider.cs", "{0}Client.Description"),
        ("src/Zoetrope.Cli/Play/RecordedClient.cs", "\"{1}\" => new {0}.{0}Client("),
        ("src/Zoetrope.Extensions.Hosting/Zoetrope.Extensions.Hosting.csproj", "Zoetrope.{0}.csproj"),
        ("src/Zoetrope.Extensions.Hosting/Providers.cs", "new(\"{0}\")"),
        ("src/Zoetrope.Extensions.Hosting/ProviderExtensions.cs", "Add{0}("),
        ("tests/Zoetrope.Packaging.Tests/sizes.txt", "Zoetrope.{0}"),
    ];

    [Fact]
    public void Each_list_has_every_provider()
    {
        var providers = Directory.GetFiles(Path.Combine(TestFiles.Root, "specs"), "*.jobs.json", SearchOption.AllDirectories).Select(NamesOf).ToList();

        Assert.NotEmpty(providers);
        var missing = _lists.SelectMany(list => MissingIn(list.File, list.Entry, providers));
        Assert.Empty(missing);
    }

    [Fact]
    public void A_provider_that_a_list_lacks_is_named() => Assert.Equal(
        ["docfx.json lacks Zoetrope.Nobody.dll"], MissingIn("docfx.json", "Zoetrope.{0}.dll", [("Nobody", "nobody"), ("Runway", "runway")]));

    private static IEnumerable<string> MissingIn(string file, string entry, IEnumerable<(string Name, string Provider)> providers)
    {
        var text = File.ReadAllText(Path.Combine(TestFiles.Root, file));
        return providers.Select(provider => string.Format(CultureInfo.InvariantCulture, entry, provider.Name, provider.Provider))
            .Where(expected => !text.Contains(expected, StringComparison.Ordinal)).Select(expected => $"{file} lacks {expected}");
    }

    private static (string Name, string Provider) NamesOf(string path)
    {
        using var declaration = JsonDocument.Parse(File.ReadAllText(path));
        return (declaration.RootElement.GetProperty("name").GetString()!, declaration.RootElement.GetProperty("provider").GetString()!);
    }
}
