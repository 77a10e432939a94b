using Zoetrope.Specs.Diagnostics;
using Zoetrope.Specs.Model;

namespace Zoetrope.Specs.Tests;

public class CorpusTests
{
    [Fact]
    public void Every_fal_document_is_read()
    {
        foreach (var path in TestFiles.Corpus("fal-openapi"))
        {
            var reading = SpecReader.Read(File.ReadAllText(path));
            var endpoint = reading.Document?.Endpoint;

            Assert.DoesNotContain(reading.Problems, problem => problem.Kind.Severity == ProblemSeverity.Error);
            Assert.DoesNotContain(reading.Problems, problem =>
                problem.Kind.Severity == ProblemSeverity.Warning && problem.Kind != Problems.DanglingReference && problem.Kind != Problems.EmptyInput);
            // Of two documents the schema of the request is a placeholder.
            Assert.Equal(
                endpoint!.Id.StartsWith("openrouter/router/openai/v1/", StringComparison.Ordinal),
                reading.Problems.Any(problem => problem.Kind == Problems.EmptyInput));
            Assert.Equal(Path.GetFileNameWithoutExtension(path).Replace("__", "/", StringComparison.Ordinal), endpoint!.Id);
            Assert.Equal("fal", endpoint.Provider);
            Assert.NotNull(endpoint.Category);
            Assert.NotNull(endpoint.Input);
            Assert.NotNull(endpoint.Output);
            Assert.All(Readings.References([endpoint.Input!, endpoint.Output!, .. endpoint.Schemas.Select(schema => schema.Schema)]), name => Assert.True(
                endpoint.Schemas.Any(schema => schema.Name == name)
                    || reading.Problems.Any(problem => problem.Message.Contains(name, StringComparison.Ordinal)), path + ": " + name));
        }
    }

    [Fact]
    public void Every_location_in_a_fal_document_is_found_again()
    {
        foreach (var path in TestFiles.Corpus("fal-openapi").Where((_, index) => index % 20 == 0))
        {
            var text = File.ReadAllText(path);
            foreach (var property in SpecReader.Read(text).Document!.Endpoint!.Input!.Properties)
                Assert.Equal('"' + property.Name + '"', Readings.LocatedText(text, property.Schema.Pointer));
        }
    }

    [Fact]
    public void Every_fal_page_is_read_without_a_problem()
    {
        foreach (var path in TestFiles.Corpus("fal-pages"))
        {
            var endpoint = Readings.Clean(File.ReadAllText(path));

            Assert.Equal(Path.GetFileNameWithoutExtension(path).Replace("__", "/", StringComparison.Ordinal), endpoint.Id);
            Assert.All(endpoint.Input!.Properties, property => Assert.NotNull(property.Schema.Description));
            Assert.All(endpoint.Input.Properties, property => Assert.DoesNotContain("Default value:", property.Schema.Description!, StringComparison.Ordinal));
            Assert.NotEmpty(endpoint.Output!.Properties);
            Assert.True(endpoint.RequiredExample is not null && endpoint.RequestExample is not null && endpoint.ResponseExample is not null);
        }
    }

    [Fact]
    public void A_rule_on_a_real_page_counts_once()
    {
        var path = TestFiles.Corpus("fal-pages").Single(path => path.Contains("scale-video", StringComparison.Ordinal));
        var rule = Assert.Single(Readings.Clean(File.ReadAllText(path)).WordedRules());

        Assert.Equal((ParameterRuleKind.AtLeastOne, "/input/width"), (rule.Kind, rule.Pointer));
        Assert.Equal(["width", "height"], rule.Parameters);
    }

    [Fact]
    public void Every_cut_eachlabs_page_gives_what_it_holds_and_says_that_it_is_cut()
    {
        foreach (var path in TestFiles.Corpus("eachlabs-pages"))
        {
            var reading = SpecReader.Read(File.ReadAllText(path));
            var endpoint = reading.Document!.Endpoint!;
            var isOlder = path.EndsWith(".OLDFORM.md", StringComparison.Ordinal);

            Assert.Equal(Path.GetFileName(path).Split('.')[0], endpoint.Id);
            Assert.True(endpoint.Title is { Length: < 60 } && endpoint.Description!.Length > 5);
            Assert.NotNull(endpoint.Output);
            Assert.Equal(isOlder, endpoint.Input is null);
            Assert.Contains(reading.Problems, problem => problem.Kind == Problems.PageCut);
            Assert.Equal(isOlder, reading.Problems.Any(problem => problem.Kind == Problems.PageOlder));
            Assert.All(reading.Problems, problem => Assert.NotEqual(ProblemSeverity.Error, problem.Kind.Severity));
        }
    }

    [Fact]
    public void A_page_of_the_older_form_gives_its_facts()
    {
        var path = TestFiles.Corpus("eachlabs-pages").Single(path => path.Contains("OLDFORM", StringComparison.Ordinal));
        var endpoint = Readings.Endpoint(File.ReadAllText(path));

        Assert.Equal(
            ("Veo 3.1 | Text to Video", "Text to Video", "video", 85),
            (endpoint.Title, endpoint.Category, endpoint.OutputType, endpoint.EstimatedSeconds));
        Assert.Contains("\"aspect_ratio\":\"16:9\",\"duration\":\"8\"", endpoint.RequestExample!.Json, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("bfl.json", 21, null, "https://api.bfl.ai")]
    [InlineData("eachlabs-models.json", 20, "eachlabs", "https://api.eachlabs.ai")]
    [InlineData("eachlabs-workflows.json", 6, "eachlabs", "https://api.eachlabs.ai/v1")]
    [InlineData("fal-platform.json", 82, "fal", "https://api.fal.ai/v1")]
    [InlineData("ideogram.json", 56, null, null)]
    [InlineData("replicate.json", 37, null, "https://api.replicate.com/v1")]
    public void Whole_documents_of_providers_give_every_operation(string file, int operations, string? provider, string? server)
    {
        var text = File.ReadAllText(TestFiles.Corpus("openapi").Single(path => Path.GetFileName(path) == file));
        var reading = SpecReader.Read(text);
        var api = reading.Document!.Api!;

        Assert.DoesNotContain(reading.Problems, problem => problem.Kind.Severity == ProblemSeverity.Error);
        Assert.Equal(operations, api.Operations.Count);
        Assert.Equal((provider, server), (api.Provider, api.Servers.FirstOrDefault()));
        Assert.All(api.Operations, operation => Assert.NotEmpty(operation.Responses));
        Assert.All(api.Operations, operation => Assert.Equal('"' + operation.Method.ToLowerInvariant() + '"', Readings.LocatedText(text, operation.Pointer)));
        Assert.All(Readings.References(api), name => Assert.Contains(api.Schemas, schema => schema.Name == name));
    }
}
