using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;

namespace Zoetrope.Generator.Tests.Jobs;

/// <summary>The examples of <c>docs/add-a-provider.md</c> against the real documents.</summary>
public partial class AddAProviderTests
{
    private const int MostLines = 60;

    private static readonly IReadOnlyList<Match> _examples =
        Example().Matches(File.ReadAllText(Path.Combine(TestFiles.Root, "docs", "add-a-provider.md")));

    [Fact]
    public void There_are_examples() => Assert.True(_examples.Count >= 2, "The page has no declarations.");

    [Fact]
    public void A_declaration_of_the_page_is_all_that_a_real_document_needs()
    {
        Assert.SkipUnless(Corpus.Exists("openapi"), "corpus not present");
        Assert.All(_examples, example =>
        {
            var declaration = example.Groups["json"].Value;
            var name = DocumentName().Match(declaration).Groups["name"].Value;
            Spec[] specs =
            [
                RealApi.Of(example.Groups["of"].Value).Spec with { Path = "specs/x/" + name },
                new($"specs/x/{Path.GetFileNameWithoutExtension(name)}.jobs.json", declaration),
            ];

            var generated = new Project(specs, references: false).Run();

            Assert.InRange(declaration.Split('\n').Length, 1, MostLines);
            Assert.DoesNotContain(generated.Diagnostics, found => found.Id.StartsWith("ZT03", StringComparison.Ordinal));
            Assert.DoesNotContain(generated.Diagnostics, found => found.DefaultSeverity == DiagnosticSeverity.Error);
            Assert.Contains(generated.Sources.Values, source => source.Contains("Client : global::Zoetrope.Clients.MediaClient", StringComparison.Ordinal));
            Assert.Empty(generated.Errors().Take(10));
        });
    }

    [GeneratedRegex(@"<!-- declaration of (?<of>\S+) -->\s+```json\n(?<json>.*?)\n```", RegexOptions.Singleline)]
    private static partial Regex Example();

    [GeneratedRegex(@"""document"": ""(?<name>[^""]+)""")]
    private static partial Regex DocumentName();
}
