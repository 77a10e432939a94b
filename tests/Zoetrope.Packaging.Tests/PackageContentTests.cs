using System.IO.Compression;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text;
using System.Xml.Linq;

namespace Zoetrope.Packaging.Tests;

/// <summary>What is inside the packages.</summary>
public sealed class PackageContentTests(PackedPackages packages)
{
    private static readonly string[] Declared = DeclaredPackages.Ids;

    private static readonly string[] Libraries =
    [
        "Zoetrope", "Zoetrope.AspNetCore", "Zoetrope.Fal", "Zoetrope.Fal.Platform", "Zoetrope.Fal.Webhooks", "Zoetrope.Eachlabs", "Zoetrope.Catalog",
        "Zoetrope.Extensions.AI", "Zoetrope.Extensions.Hosting", "Zoetrope.Extensions.OpenTelemetry", "Zoetrope.Jobs", "Zoetrope.Jobs.Orleans",
        "Zoetrope.Jobs.Postgres", "Zoetrope.Jobs.Sqlite", "Zoetrope.Kiota", "Zoetrope.Simulator", .. Declared,
    ];

    public static TheoryData<string> LibraryIds => [.. Libraries];

    public static TheoryData<string> RuntimeIds => ["Zoetrope", "Zoetrope.Fal", "Zoetrope.Fal.Platform", "Zoetrope.Eachlabs", .. Declared];

    public static TheoryData<string> AllIds => [.. Libraries, "Zoetrope.Generator", "Zoetrope.Cli", "Zoetrope.Templates"];

    [Theory]
    [MemberData(nameof(AllIds))]
    public void Every_package_has_README_and_license(string id)
    {
        using var package = packages.Open(id);
        var metadata = Nuspec(package);
        Assert.Equal("MIT", metadata["license"]);
        Assert.Equal("README.md", metadata["readme"]);
        Assert.NotEmpty(metadata["description"]);
        using var readme = new StreamReader(package.Entries.Single(entry => entry.FullName == "README.md").Open());
        var text = readme.ReadToEnd();
        Assert.StartsWith($"# {id}\n", text, StringComparison.Ordinal);
        // A link into the repository leads nowhere from the package's page.
        Assert.DoesNotMatch(@"\]\((?!https://)", text);
        Assert.Contains(package.Entries, entry => entry.FullName == "LICENSE");
    }

    [Theory]
    [MemberData(nameof(LibraryIds))]
    public void Libraries_carry_documentation_and_symbols(string id)
    {
        using var package = packages.Open(id);
        var assemblies = package.Entries.Where(entry => entry.FullName.StartsWith("lib/", StringComparison.Ordinal) && entry.Name == id + ".dll").ToArray();
        Assert.NotEmpty(assemblies);
        using var symbols = packages.OpenSymbols(id);
        foreach (var assembly in assemblies)
        {
            Assert.Contains(package.Entries, entry => entry.FullName == Path.ChangeExtension(assembly.FullName, ".xml"));
            Assert.Contains(symbols.Entries, entry => entry.FullName == Path.ChangeExtension(assembly.FullName, ".pdb"));
        }
    }

    [Theory]
    [MemberData(nameof(RuntimeIds))]
    public void Runtime_packages_depend_on_nothing_but_Zoetrope(string id)
    {
        using var package = packages.Open(id);
        var document = Load(package.Entries.Single(entry => entry.Name.EndsWith(".nuspec", StringComparison.Ordinal)));
        var dependencies =
            document.Descendants().Where(element => element.Name.LocalName == "dependency").Select(element => (string)element.Attribute("id")!).Distinct();
        Assert.Equal(id == "Zoetrope" ? [] : ["Zoetrope"], dependencies);
    }

    /// <summary>.NET has no Ed25519, so what verifies fal's signatures is in a package of its own.</summary>
    [Fact]
    public void Webhooks_of_fal_depend_on_one_implementation_of_their_signatures()
    {
        using var package = packages.Open("Zoetrope.Fal.Webhooks");
        var document = Load(package.Entries.Single(entry => entry.Name.EndsWith(".nuspec", StringComparison.Ordinal)));
        var dependencies = document.Descendants().Where(element => element.Name.LocalName == "dependency").Select(element => (string)element.Attribute("id")!);
        Assert.Equal(["BouncyCastle.Cryptography", "Zoetrope"], dependencies.Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(LibraryIds))]
    public void Assemblies_are_deterministic_and_name_no_folder_of_the_build(string id)
    {
        using var package = packages.Open(id);
        foreach (var entry in package.Entries.Where(entry => entry.Name == id + ".dll"))
        {
            var bytes = Read(entry);
            using var reader = new PEReader(new MemoryStream(bytes));
            Assert.Contains(reader.ReadDebugDirectory(), item => item.Type == DebugDirectoryEntryType.Reproducible);
            Assert.DoesNotContain(Repository.Root, Encoding.UTF8.GetString(bytes), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void The_generator_ships_exactly_its_own_two_assemblies_and_no_dependency()
    {
        using var package = packages.Open("Zoetrope.Generator");
        var analyzers =
            package.Entries.Select(entry => entry.FullName).Where(name => name.EndsWith(".dll", StringComparison.Ordinal)).Order(StringComparer.Ordinal);
        Assert.Equal(["analyzers/dotnet/cs/Zoetrope.Generator.dll", "analyzers/dotnet/cs/Zoetrope.Specs.dll"], analyzers);
        Assert.Contains(package.Entries, entry => entry.FullName == "build/Zoetrope.Generator.props");
        Assert.Contains(package.Entries, entry => entry.FullName == "build/Zoetrope.Generator.targets");
        Assert.Contains(package.Entries, entry => entry.FullName == "generator/README.md");
        Assert.Contains(package.Entries, entry => entry.FullName == "schemas/jobs.schema.json");
        Assert.Contains(package.Entries, entry => entry.FullName == "schemas/catalog.schema.json");
        Assert.DoesNotContain(
            Load(package.Entries.Single(entry => entry.Name.EndsWith(".nuspec", StringComparison.Ordinal))).Descendants(),
            element => element.Name.LocalName == "dependency");
    }

    [Theory]
    [InlineData("Zoetrope.Generator.dll")]
    [InlineData("Zoetrope.Specs.dll")]
    public void The_generators_assemblies_reference_only_the_compilers_own(string name)
    {
        using var package = packages.Open("Zoetrope.Generator");
        using var reader = new PEReader(new MemoryStream(Read(package.Entries.Single(entry => entry.Name == name))));
        var metadata = reader.GetMetadataReader();
        var references = metadata.AssemblyReferences.Select(handle => metadata.GetString(metadata.GetAssemblyReference(handle).Name)).ToArray();
        Assert.Contains("netstandard", references);
        Assert.All(references, reference => Assert.Contains(reference, (string[])[
            "netstandard",
            "Microsoft.CodeAnalysis",
            "Microsoft.CodeAnalysis.CSharp",
            "System.Collections.Immutable",
            "System.Memory",
            "Zoetrope.Specs"
        ]));
    }

    [Fact]
    public void The_tool_is_called_Zoetrope()
    {
        using var package = packages.Open("Zoetrope.Cli");
        var settings = Load(package.Entries.Single(entry => entry.Name == "DotnetToolSettings.xml"));
        Assert.Equal("zoetrope", (string)settings.Descendants("Command").Single().Attribute("Name")!);
        Assert.DoesNotContain(package.Entries, entry => entry.FullName.StartsWith("tools/", StringComparison.Ordinal)
            && Path.GetExtension(entry.Name) is ".pdb" or ".xml"
            && entry.Name != "DotnetToolSettings.xml");
    }

    [Fact]
    public void The_tool_has_SQLite_for_the_systems_that_run_it()
    {
        using var package = packages.Open("Zoetrope.Cli");
        var systems = package.Entries
            .Where(entry => entry.Name.Contains("e_sqlite3.", StringComparison.Ordinal) && entry.FullName.Contains("/runtimes/", StringComparison.Ordinal))
            .Select(entry => entry.FullName.Split("/runtimes/")[1].Split('/')[0]).ToHashSet();
        string[] expected =
            ["linux-x64", "linux-arm64", "linux-musl-x64", "linux-musl-arm64", "osx-x64", "osx-arm64", "win-x64", "win-x86", "win-arm64"];
        Assert.Empty(expected.Except(systems));
        Assert.DoesNotContain(systems, system => system.StartsWith("maccatalyst", StringComparison.Ordinal) || system is "browser-wasm" or "linux-mips64");
    }

    private static Dictionary<string, string> Nuspec(ZipArchive package) =>
        Load(package.Entries.Single(entry => entry.Name.EndsWith(".nuspec", StringComparison.Ordinal)))
            .Root!.Elements().Single(element => element.Name.LocalName == "metadata").Elements()
            .Where(element => !element.HasElements)
            .ToDictionary(element => element.Name.LocalName, element => element.Value);

    private static XDocument Load(ZipArchiveEntry entry)
    {
        using var stream = entry.Open();
        return XDocument.Load(stream);
    }

    private static byte[] Read(ZipArchiveEntry entry)
    {
        using var stream = entry.Open();
        using var memory = new MemoryStream();
        stream.CopyTo(memory);
        return memory.ToArray();
    }
}
