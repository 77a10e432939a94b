using Microsoft.CodeAnalysis.CSharp;
using Zoetrope.Fuzz;

namespace Zoetrope.Generator.Tests;

/// <summary>
/// A slice of what <c>dotnet run --project tests/Zoetrope.Fuzz</c> runs for hours: the same cases each time, made of the repository's documents.
/// </summary>
public class FuzzTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(100_001)]
    [InlineData(200_001)]
    [InlineData(300_001)]
    public void Changed_documents_give_problems_at_their_places_and_code_that_compiles(int first)
    {
        var fuzzer = new Fuzzer(FuzzDocuments.Read(TestFiles.Root, corpus: null));
        var findings = new List<Finding>();
        for (var seed = first; seed < first + 60; seed++)
        {
            findings.AddRange(fuzzer.Run(fuzzer.Make(seed)));
            if (seed % 20 == 0)
                findings.AddRange(fuzzer.Compile());
        }
        findings.AddRange(fuzzer.Compile());

        Assert.Empty(findings.Select(finding => $"seed {finding.Case.Seed}: {finding.What}"));
        Assert.True(
            fuzzer.Files > 60 && fuzzer.Problems > 100,
            $"{fuzzer.Files} files, {fuzzer.Problems} problems: the changes are too wild to test anything.");
    }

    [Fact]
    public void A_seed_makes_the_same_case_again()
    {
        var documents = FuzzDocuments.Read(TestFiles.Root, corpus: null);

        var (one, again, other) = (FuzzCase.Of(7, documents), FuzzCase.Of(7, documents), FuzzCase.Of(8, documents));

        Assert.Equal(one.Documents, again.Documents);
        Assert.NotEqual(one.Documents, other.Documents);
        Assert.NotEqual(documents.Vendored, one.Documents);
    }

    [Fact]
    public void Code_that_does_not_compile_would_be_found() =>
        Assert.Contains(GeneratorHost.Compile([CSharpSyntaxTree.ParseText("class C { int M() => \"\"; }")]), error => error.Id == "CS0029");
}
