using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Zoetrope.Generator.Tests;

/// <summary>The analyzer package ships its own two assemblies and nothing else, so they must need only what every compiler has.</summary>
public class ShippedAssemblyTests
{
    private static readonly string[] _compilerHas =
    [
        "netstandard", "Microsoft.CodeAnalysis", "Microsoft.CodeAnalysis.CSharp", "System.Collections.Immutable", "System.Memory",
        "System.Runtime.CompilerServices.Unsafe",
    ];

    [Theory]
    [InlineData(typeof(ZoetropeGenerator), "Zoetrope.Specs")]
    [InlineData(typeof(Specs.SpecReader), null)]
    public void They_refer_to_nothing_that_would_have_to_be_shipped(Type type, string? own)
    {
        using var stream = File.OpenRead(type.Assembly.Location);
        using var image = new PEReader(stream);
        var metadata = image.GetMetadataReader();
        var references = metadata.AssemblyReferences
            .Select(metadata.GetAssemblyReference)
            .ToDictionary(reference => metadata.GetString(reference.Name), reference => reference.Version);

        Assert.Empty(references.Keys.Except(_compilerHas.Append(own)));
        if (references.TryGetValue("Microsoft.CodeAnalysis", out var version))
            Assert.Equal(new Version(4, 8, 0, 0), version);
    }

    /// <summary>What a document refers to is never opened: there is nothing in the assemblies that could.</summary>
    [Theory]
    [InlineData(typeof(ZoetropeGenerator))]
    [InlineData(typeof(ZoetropeAnalyzer))]
    [InlineData(typeof(Specs.SpecReader))]
    public void They_can_open_no_file_and_no_connection(Type type)
    {
        using var stream = File.OpenRead(type.Assembly.Location);
        using var image = new PEReader(stream);
        var metadata = image.GetMetadataReader();
        var names = metadata.TypeReferences
            .Select(metadata.GetTypeReference)
            .Select(one => metadata.GetString(one.Namespace) + "." + metadata.GetString(one.Name))
            .ToList();

        Assert.Contains("System.String", names);
        Assert.DoesNotContain(
            names,
            name => name.StartsWith("System.IO.", StringComparison.Ordinal) || name.StartsWith("System.Net.", StringComparison.Ordinal));
        Assert.DoesNotContain("System.Diagnostics.Process", names);
    }
}
