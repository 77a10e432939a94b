using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Zoetrope.Generator.Tests.House;

/// <summary>What is particular to a provider is in its profiles and in the readers of its pages, so that a new provider edits nothing else.</summary>
public sealed partial class ProviderTests
{
    private static readonly string[] _own =
        ["Zoetrope.Specs/Providers/", "Zoetrope.Specs/Pages/Fal/", "Zoetrope.Specs/Pages/Eachlabs/", "Zoetrope.Generator/Providers/"];

    /// <summary>The kinds of page, and the one file that chooses the reader of each.</summary>
    private static readonly string[] _readers = ["Zoetrope.Specs/Model/SpecKind.cs", "Zoetrope.Specs/SpecReader.cs"];

    [GeneratedRegex("(?<![a-z])(fal(?!se|l)|eachlabs)", RegexOptions.IgnoreCase)]
    private static partial Regex Provider { get; }

    [Fact]
    public void Only_profiles_and_page_readers_mention_a_provider()
    {
        var found = Tokens().Where(token => Provider.IsMatch(token.Text)).ToList();

        Assert.DoesNotContain(found, token => !_own.Any(folder => token.File.StartsWith(folder, StringComparison.Ordinal)) && !_readers.Contains(token.File));
        // What the test looks for is found where it belongs.
        Assert.All(_own, folder => Assert.Contains(found, token => token.File.StartsWith(folder, StringComparison.Ordinal)));
    }

    [Fact]
    public void Literals_of_a_provider_are_not_where_page_readers_are_chosen() =>
        Assert.DoesNotContain(Tokens(), token => _readers.Contains(token.File) && token.Text.StartsWith('"') && Provider.IsMatch(token.Text));

    /// <summary>All identifiers and literals; comments may name a provider as an example.</summary>
    private static IEnumerable<(string File, string Text)> Tokens()
    {
        var root = Repository.PathOf("generator");
        foreach (var path in Directory.EnumerateFiles(root, "*.cs", SearchOption.AllDirectories))
        {
            var file = Path.GetRelativePath(root, path).Replace('\\', '/');
            if (file.Split('/')[1] is "bin" or "obj")
                continue;
            foreach (var token in CSharpSyntaxTree.ParseText(File.ReadAllText(path), new(LanguageVersion.Preview)).GetRoot().DescendantTokens())
            {
                if (!token.IsKeyword())
                    yield return (file, token.Text);
            }
        }
    }
}
