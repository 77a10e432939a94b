using System.Text;
using Microsoft.CodeAnalysis;
using Zoetrope.Cli.Vendoring;

namespace Zoetrope.Generator.Tests;

/// <summary>Real documents of whole APIs: they generate and compile, alone within the budget and together with all models.</summary>
public class ApiCorpusTests(ITestOutputHelper output)
{
    /// <summary>Most of its schemas are inline and occur many times; each occurrence has types of its own.</summary>
    private const string RepeatsItself = "xai.yaml";

    [Fact]
    public void Every_document_generates_and_compiles_within_its_budget()
    {
        foreach (var spec in Apis())
        {
            var generated = new Project([spec]).Run();

            AssertNothingFailed(generated);
            Assert.Empty(generated.Errors().Take(20));
            Assert.True(generated.Sources.Count > 5, $"{spec.Path} gave {generated.Sources.Count} files.");
            var ratio = generated.Sources.Values.Sum(Encoding.UTF8.GetByteCount) / (double)Encoding.UTF8.GetByteCount(spec.Text);
            output.WriteLine($"{spec.Path}: {generated.Sources.Count} files, {ratio:0.00} bytes of C# a byte");
            Assert.InRange(ratio, 0.5, spec.Path == RepeatsItself ? 5.5 : 4);
        }
    }

    [Fact]
    public void All_documents_compile_together_with_all_models()
    {
        Spec[] specs =
        [
            .. Apis(),
            .. TestFiles.Corpus("fal-openapi")
                .Concat(TestFiles.Corpus("fal-pages"))
                .Select(path => new Spec(Path.GetFileName(path), File.ReadAllText(path), "fal")),
            .. TestFiles.Corpus("eachlabs-pages").Select(path => new Spec(Path.GetFileName(path), File.ReadAllText(path), "eachlabs")),
        ];

        var generated = new Project(specs).Run();

        AssertNothingFailed(generated);
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
    public void Clients_are_called_after_what_they_are_of(string file, string client)
    {
        var spec = Assert.Single(Apis(), spec => spec.Path == file);

        Assert.Contains("Demo.Models." + client + ".g.cs", new Project([spec]).Run().Sources.Keys);
    }

    private static void AssertNothingFailed(Generated generated) =>
        Assert.DoesNotContain(
            generated.Diagnostics,
            diagnostic => diagnostic.Id is "ZT0299" or "CS8785" || diagnostic.DefaultSeverity == DiagnosticSeverity.Error);

    /// <summary>The documents as the importer vendors them: YAML as JSON.</summary>
    private static Spec[] Apis() => [.. TestFiles.Corpus("openapi").Select(path => Read(Path.GetFileName(path), File.ReadAllText(path)))];

    private static Spec Read(string name, string text) => new(name, YamlJson.IsOpenApi(text) ? YamlJson.Convert(text) : text);
}
