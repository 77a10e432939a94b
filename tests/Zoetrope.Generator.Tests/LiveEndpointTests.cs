using Microsoft.CodeAnalysis;

namespace Zoetrope.Generator.Tests;

/// <summary>
/// Endpoints that the queue does not serve: fal's documents of them look like those of models, and a job that is submitted there fails, or is paid and never
/// seen.
/// </summary>
public class LiveEndpointTests
{
    private const string Input = """{"prompt": {"type": "string"}}""";

    [Theory]
    [InlineData("fal-ai/flux-lora/stream", "by server-sent events", "fal-ai/flux-lora")]
    [InlineData("fal-ai/speech-to-text/turbo/stream", "by server-sent events", "fal-ai/speech-to-text/turbo")]
    [InlineData("fal-ai/flux-2/klein/realtime", "over a WebSocket", "fal-ai/flux-2/klein")]
    [InlineData("owner/app/WebSocket", "over a WebSocket", "owner/app")]
    public void No_model_is_generated_and_the_build_says_why(string id, string how, string other)
    {
        var spec = Documents.FalOpenApi(id, Input);

        var generated = new Project([spec, TestFiles.FalOpenApi]).Run();

        var diagnostic = Assert.Single(generated.Diagnostics, diagnostic => diagnostic.Severity > DiagnosticSeverity.Info);
        Assert.Equal(
            ("ZT0119", DiagnosticSeverity.Warning, $"'{id}' is called {how} and takes no jobs from a queue, so no model is generated for it; "
                + $"remove the document, or take that of '{other}' where the service has it"),
            (diagnostic.Id, diagnostic.DefaultSeverity, diagnostic.GetMessage()));
        Assert.Equal(spec.Path, diagnostic.Location.GetLineSpan().Path);
        Assert.Contains(id, spec.Text.Substring(diagnostic.Location.SourceSpan.Start, diagnostic.Location.SourceSpan.Length), StringComparison.Ordinal);
        Assert.Equal(
            ["Demo.Models.KlingVideoO3ProImageToVideo.g.cs", "Demo.Models.ModelIndex.g.cs", "Demo.Models._OwnModels.g.cs"],
            generated.Sources.Keys.Order(StringComparer.Ordinal));
        Assert.Empty(generated.Errors());
    }

    [Fact]
    public void A_document_of_a_WebSocket_server_is_one_of_these()
    {
        var spec = Documents.FalOpenApi("fal-ai/talk", Input).Replace("https://queue.fal.run", "wss://fal.run");

        var diagnostic = Assert.Single(new Project([spec]).Run().Diagnostics, diagnostic => diagnostic.Id == "ZT0119");

        Assert.Equal(
            "'fal-ai/talk' is called over a WebSocket and takes no jobs from a queue, so no model is generated for it; remove the document",
            diagnostic.GetMessage());
        Assert.Contains(
            "wss://fal.run",
            spec.Text.Substring(diagnostic.Location.SourceSpan.Start, diagnostic.Location.SourceSpan.Length),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("wss://fal.run", "https://queue.fal.run")]
    [InlineData("https://queue.fal.run", "wss://fal.run")]
    public void A_document_that_names_the_queue_beside_a_WebSocket_is_of_a_model(string first, string second)
    {
        var spec = Documents.FalOpenApi("fal-ai/talk", Input).Replace("\"https://queue.fal.run\"", $$"""
            "{{first}}"}, {"url": "{{second}}"
            """.Trim());

        var generated = new Project([spec]).Run();

        Assert.DoesNotContain(generated.Diagnostics, diagnostic => diagnostic.Severity > DiagnosticSeverity.Info);
        Assert.Contains("Demo.Models.ModelIndex.g.cs", generated.Sources.Keys);
    }

    [Theory]
    [InlineData("owner/stream")]
    [InlineData("fal-ai/stream/fast")]
    [InlineData("fal-ai/video/upstream")]
    [InlineData("fal-ai/lucy-realtime")]
    public void Models_of_the_queue_that_are_called_alike_are_generated(string id)
    {
        var generated = new Project([Documents.FalOpenApi(id, Input)]).Run();

        Assert.DoesNotContain(generated.Diagnostics, diagnostic => diagnostic.Severity > DiagnosticSeverity.Info);
        Assert.Contains("Demo.Models.ModelIndex.g.cs", generated.Sources.Keys);
    }

    [Fact]
    public void Real_documents_of_such_endpoints_give_no_model()
    {
        var specs = TestFiles.Corpus("fal-openapi").Where(path => Path.GetFileNameWithoutExtension(path) is var name
            && (name.EndsWith("__stream", StringComparison.Ordinal) || name.EndsWith("__realtime", StringComparison.Ordinal)))
            .Select(path => new Spec(Path.GetFileName(path), File.ReadAllText(path), "fal")).ToList();

        var generated = new Project(specs).Run();

        Assert.Equal(5, specs.Count);
        Assert.Equal(specs.Select(spec => spec.Path), generated.Diagnostics
            .Where(diagnostic => diagnostic.Id == "ZT0119")
            .Select(diagnostic => diagnostic.Location.GetLineSpan().Path)
            .Order(StringComparer.Ordinal));
        Assert.Equal(["Demo.Models._.g.cs"], generated.Sources.Keys);
    }
}
