using System.Reflection;
using System.Runtime.Loader;
using Zoetrope.Clients;
using Zoetrope.CompilerHost;
using Document = System.Collections.Generic.KeyValuePair<string, string>;

namespace Zoetrope.Generator.Tests;

/// <summary>The built generator runs in the oldest supported compiler, in newer ones and in that of the SDK, and writes the same in each.</summary>
public class CompilerVersionTests
{
    private static readonly Lazy<Document[]> _expected = new(() => GeneratorHost.Run(Documents(), References()));

    [Theory]
    [InlineData("4.8.0", 4, 8)]
    [InlineData("4.14.0", 4, 14)]
    [InlineData("sdk", 5, 0)]
    public void Every_compiler_gets_the_same_code_and_diagnostics(string compiler, int major, int minor)
    {
        var context = new CompilerContext(compiler);
        var host = context.LoadFromAssemblyName(typeof(GeneratorHost).Assembly.GetName());
        var run = host.GetType(typeof(GeneratorHost).FullName!, throwOnError: true)!.GetMethod(nameof(GeneratorHost.Run))!;

        var generated = (Document[])run.Invoke(null, [Documents(), References()])!;

        // The compiler that ran is the one that was asked for.
        var loaded = context.Assemblies.Single(assembly => assembly.GetName().Name == "Microsoft.CodeAnalysis.CSharp").GetName().Version!;
        Assert.Equal(major, loaded.Major);
        Assert.True(compiler == "sdk" || loaded.Minor == minor, $"{loaded} was loaded.");
        Assert.Contains(context.Assemblies, assembly => assembly.GetName().Name == "Zoetrope.Generator");
        Assert.Contains(generated, file => file.Value.Contains("class ", StringComparison.Ordinal));
        Assert.Equal([], generated.Single(file => file.Key == "compiler").Value.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains("ZT0121", generated.Single(file => file.Key == "diagnostics").Value, StringComparison.Ordinal);
        Assert.Equal(_expected.Value.Select(file => file.Key), generated.Select(file => file.Key));
        foreach (var (expected, actual) in _expected.Value.Zip(generated).Where(pair => pair.First.Key != "compiler"))
            Assert.Equal(expected.Value, actual.Value);
    }

    /// <summary>The vendored documents, and one that the generator has to report.</summary>
    private static Document[] Documents() =>
    [
        .. TestFiles.Kling.Select(spec => new Document(spec.Path, spec.Text)),
        new("specs/fal/broken.json", """{ "openapi": "3.0.3", "paths": """),
    ];

    private static string[] References() =>
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => Path.GetFileName(path) is "netstandard.dll" || Path.GetFileName(path).StartsWith("System.", StringComparison.Ordinal)),
        typeof(MediaClient).Assembly.Location,
        typeof(Fal.FalClient).Assembly.Location,
        typeof(Eachlabs.EachlabsClient).Assembly.Location,
    ];

    /// <summary>A compiler of some version with the generator and its host. Only the framework is shared with the test.</summary>
    private sealed class CompilerContext(string compiler) : AssemblyLoadContext
    {
        protected override Assembly? Load(AssemblyName assemblyName)
        {
            var file = assemblyName.Name + ".dll";
            var path = assemblyName.Name switch
            {
                "Microsoft.CodeAnalysis" => Compiler("microsoft.codeanalysis.common", file),
                "Microsoft.CodeAnalysis.CSharp" => Compiler("microsoft.codeanalysis.csharp", file),
                ['Z', 'o', 'e', 't', 'r', 'o', 'p', 'e', '.', ..] => Path.Combine(AppContext.BaseDirectory, file),
                _ => null,
            };
            return path is null ? null : LoadFromAssemblyPath(path);
        }

        private string Compiler(string package, string file) => compiler == "sdk"
            ? Path.Combine(BuiltWith("SdkCompiler"), "bincore", file)
            : Path.Combine(BuiltWith("PackageRoot"), package, compiler, "lib", "netstandard2.0", file);

        private static string BuiltWith(string name) =>
            typeof(CompilerVersionTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == name).Value!;
    }
}
