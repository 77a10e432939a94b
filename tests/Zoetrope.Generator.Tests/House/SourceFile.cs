using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace Zoetrope.Generator.Tests.House;

/// <summary>A C# file of this repository, read and parsed once for all tests of how the code reads.</summary>
internal sealed class SourceFile(string path)
{
    private static readonly ConcurrentDictionary<string, SourceFile> _known = [];

    private readonly Lazy<SourceText> _text = new(() => SourceText.From(File.ReadAllText(path)));
    private SyntaxTree? _tree;

    /// <summary>How it is parsed: documentation comments are comments, and what they refer to is not looked at.</summary>
    public static CSharpParseOptions Options { get; } = new(LanguageVersion.Preview, DocumentationMode.None);

    /// <summary>The path from the root of the repository, with slashes.</summary>
    public string Path { get; } = System.IO.Path.GetRelativePath(Repository.Root, path).Replace('\\', '/');

    /// <summary>What is in it.</summary>
    public SourceText Text => _text.Value;

    /// <summary>Its syntax, under <see cref="Path"/>.</summary>
    public SyntaxTree Tree => LazyInitializer.EnsureInitialized(ref _tree, () => CSharpSyntaxTree.ParseText(Text, Options, Path));

    /// <summary>The files of a folder and of those in it, without what builds leave there.</summary>
    /// <param name="folder">The path of the folder from the root of the repository.</param>
    public static IReadOnlyList<SourceFile> Of(string folder)
    {
        List<SourceFile> files =
        [
            .. Directory.EnumerateFiles(Repository.PathOf(folder), "*.cs", SearchOption.AllDirectories)
                .Select(path => _known.GetOrAdd(path, found => new(found)))
                .Where(file => !file.Path.Split('/').Any(IsOutput)),
        ];
        Assert.NotEmpty(files);
        return files;
    }

    /// <summary>Whether builds write a folder of this name.</summary>
    public static bool IsOutput(string folder) => folder == "bin" || folder.StartsWith("obj", StringComparison.Ordinal);
}
