using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Zoetrope.Generator.Tests;

/// <summary>The analyzer package ships its own two assemblies and nothing else, so they must need only what every compiler has.</summary>
public class ShippedAssemblyTests
{
    private static readonly string[] _compilerHas =
    [
        "netstandard", "Microsoft.CodeAnalysis", "Microsoft.CodeAnalysis.CSharp", "System.Collections.Immutable", "System.Memory", "System.Runtime.CompilerServices.Unsafe",
    ];

    [Theory]
    [InlineData(typeof(ZoetropeGenerator), "Zoetrope.Specs")]
    [InlineData(typeof(Specs.SpecReader), null)]
    public void They_refer_to_nothing_that_would_have_to_be_shipped(Type type, string? own)
    {
        using var stream = File.OpenRead(type.Assembly.Location);
        using var image = new PEReader(stream);
        var metadata = image.GetMetadataReader();
        var references = metadata.AssemblyReferences.Select(metadata.GetAssemblyReference).ToDictionary(reference => metadata.GetString(reference.Name), reference => reference.Version);

        Assert.Empty(references.Keys.Except(_compilerHas.Append(own)));
        if (references.TryGetValue("Microsoft.CodeAnalysis", out var version))
            Assert.Equal(new Version(4, 8, 0, 0), version);
    }
}
