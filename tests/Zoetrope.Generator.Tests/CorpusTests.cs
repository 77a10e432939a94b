using Microsoft.CodeAnalysis;

namespace Zoetrope.Generator.Tests;

/// <summary>
/// Real pages: none may fail the generator, and what it makes of them compiles. The many OpenAPI documents of fal are compiled once, with all others:
/// <see cref="ApiCorpusTests.All_documents_compile_together_with_all_models"/>.
/// </summary>
public class CorpusTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("fal-pages", "fal")]
    [InlineData("eachlabs-pages", "eachlabs")]
    public void Real_pages_generate_and_compile(string folder, string provider)
    {
        var specs = TestFiles.Corpus(folder).Select(path => new Spec(Path.GetFileName(path), File.ReadAllText(path), provider)).ToArray();

        var generated = new Project(specs).Run();

        Assert.DoesNotContain(generated.Diagnostics, diagnostic => diagnostic.Id is "ZT0299" or "CS8785");
        var errors = generated.Errors();
        output.WriteLine(
            $"{folder}: {specs.Length} documents, {generated.Sources.Count} files, {generated.Sources.Values.Sum(source => (long)source.Length)} characters of C# from {specs.Sum(spec => (long)spec.Text.Length)}");
        foreach (var group in generated.Diagnostics.GroupBy(diagnostic => diagnostic.Id).OrderBy(group => group.Key))
            output.WriteLine($"{group.Key} {group.First().DefaultSeverity}: {group.Count()}, such as {group.First()}");
        Assert.Empty(errors.Take(20));
    }
}
