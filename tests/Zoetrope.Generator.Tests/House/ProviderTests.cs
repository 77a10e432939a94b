using System.Text.RegularExpressions;
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

    [Theory]
    [InlineData("src/Zoetrope")]
    [InlineData("src/Zoetrope.Jobs", "LedgerOptions.cs")]
    [InlineData("src/Zoetrope.Jobs.Orleans")]
    [InlineData("src/Zoetrope.Jobs.Postgres")]
    [InlineData("src/Zoetrope.Jobs.Sqlite")]
    [InlineData("src/Zoetrope.Simulator", "Fal/", "Eachlabs/", "Uploads/")]
    public void What_all_providers_share_has_no_values_of_one(string project, params string[] own)
    {
        // Sentences may have one as an example.
        var found = Tokens(project).Where(token => token.Text.StartsWith('"') && !token.Text.Contains(' ') && Provider.IsMatch(token.Text)).ToList();

        Assert.DoesNotContain(found, token => !own.Any(part => token.File.StartsWith(part, StringComparison.Ordinal)));
        Assert.All(own, part => Assert.Contains(found, token => token.File.StartsWith(part, StringComparison.Ordinal)));
    }

    /// <summary>All identifiers and literals; comments may name a provider as an example.</summary>
    private static IEnumerable<(string File, string Text)> Tokens(string folder = "generator")
    {
        foreach (var file in SourceFile.Of(folder))
        {
            foreach (var token in file.Tree.GetRoot().DescendantTokens())
            {
                if (!token.IsKeyword())
                    yield return (file.Path[(folder.Length + 1)..], token.Text);
            }
        }
    }
}
