using System.Collections.Immutable;
using System.Text;
using Microsoft.CodeAnalysis;

namespace Zoetrope.Generator.Tests;

/// <summary>Real documents of whole APIs: they generate and compile, alone within the budget and together with all models.</summary>
public class ApiCorpusTests(ITestOutputHelper output)
{
    /// <summary>Most of its schemas are inline and occur many times; each occurrence has types of its own.</summary>
    private const string RepeatsItself = "xai.yaml";

    [Fact]
    public void Every_document_generates_and_compiles_within_its_budget()
    {
        foreach (var api in RealApi.All)
        {
            var spec = api.Spec;

            AssertNothingFailed(api.Diagnostics);
            Assert.Empty(api.Errors.Take(20));
            Assert.True(api.Sources.Count > 5, $"{spec.Path} gave {api.Sources.Count} files.");
            var ratio = api.Sources.Values.Sum(Encoding.UTF8.GetByteCount) / (double)Encoding.UTF8.GetByteCount(spec.Text);
            output.WriteLine($"{spec.Path}: {api.Sources.Count} files, {ratio:0.00} bytes of C# a byte");
            Assert.InRange(ratio, 0.5, spec.Path == RepeatsItself ? 5.5 : 4);
        }
    }

    [Fact]
    public void All_documents_compile_together_with_all_models()
    {
        Spec[] specs =
        [
            .. RealApi.All.Select(api => api.Spec),
            .. TestFiles.Corpus("fal-openapi")
                .Concat(TestFiles.Corpus("fal-pages"))
                .Select(path => new Spec(Path.GetFileName(path), File.ReadAllText(path), "fal")),
            .. TestFiles.Corpus("eachlabs-pages").Select(path => new Spec(Path.GetFileName(path), File.ReadAllText(path), "eachlabs")),
        ];

        var generated = new Project(specs).Run();

        AssertNothingFailed(generated.Diagnostics);
        output.WriteLine($"{specs.Length} documents, {generated.Sources.Count} files");
        foreach (var group in generated.Diagnostics.GroupBy(diagnostic => diagnostic.Id).OrderBy(group => group.Key))
            output.WriteLine($"{group.Key} {group.First().DefaultSeverity}: {group.Count()}, such as {group.First()}");
        Assert.Empty(generated.Errors().Take(20));
    }

    [Theory]
    [InlineData("bfl.json", "BflClient")]
    [InlineData("eachlabs-models.json", "EachlabsApiClient")]
    [InlineData("eachlabs-workflows.json", "EachlabsWorkflowsEngineClient")]
    [InlineData("fal-platform.json", "FalPlatformClient")]
    [InlineData("ideogram.json", "IdeogramClient")]
    [InlineData("luma.yaml", "DreamMachineClient")]
    [InlineData("replicate.json", "ReplicateClient")]
    [InlineData("wavespeed-unofficial.yaml", "WaveSpeedAIClient")]
    public void Clients_are_called_after_what_they_are_of(string file, string client) =>
        Assert.Contains("Demo.Models." + client + ".g.cs", RealApi.Of(file).Sources.Keys);

    private static void AssertNothingFailed(ImmutableArray<Diagnostic> diagnostics) =>
        Assert.DoesNotContain(
            diagnostics,
            diagnostic => diagnostic.Id is "ZT0299" or "CS8785" || diagnostic.DefaultSeverity == DiagnosticSeverity.Error);
}
