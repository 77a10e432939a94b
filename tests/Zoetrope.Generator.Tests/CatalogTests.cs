using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Zoetrope.Json;
using Zoetrope.Routing;
using Zoetrope.Validation;

namespace Zoetrope.Generator.Tests;

/// <summary>Conversions that a catalog declares: what they send, what rules a provider out, and what the build says of those that cannot be right.</summary>
public class CatalogTests
{
    private static readonly Lazy<NeutralModel> _clip = new(() => ModelOf(CatalogFiles.Catalog, "Clip"));

    [Theory]
    [InlineData("""{"prompt":"p"}""", """{"prompt":"p"}""", """{"text":"p","mode":"slow"}""")]
    [InlineData("""{"prompt":"p","duration":5}""", """{"prompt":"p","duration":"5"}""", """{"text":"p","mode":"slow","length":"5s"}""")]
    [InlineData("""{"prompt":"p","duration":9.0}""", """{"prompt":"p","duration":"9"}""", """{"text":"p","mode":"slow","length":"9s"}""")]
    [InlineData("""{"prompt":"p","size":"small"}""", """{"prompt":"p","size":"s"}""", """{"text":"p","mode":"slow","dimensions":"640:480"}""")]
    [InlineData("""{"prompt":"p","size":"big"}""", """{"prompt":"p","size":"b"}""", """{"text":"p","mode":"slow","dimensions":"1280:960"}""")]
    [InlineData("""{"prompt":"p","count":4}""", """{"prompt":"p","count":4}""", """{"text":"p","mode":"slow","n":4}""")]
    [InlineData("""{"prompt":"p","tags":["a"]}""", """{"prompt":"p","tags":["a"]}""", """{"text":"p","mode":"slow","tag_1":"a"}""")]
    [InlineData("""{"prompt":"p","tags":["a","b"]}""", """{"prompt":"p","tags":["a","b"]}""", """{"text":"p","mode":"slow","tag_1":"a","tag_2":"b"}""")]
    [InlineData("""{"prompt":"p","fast":true}""", """{"prompt":"p","fast":true}""", """{"text":"p","mode":"quick"}""")]
    [InlineData("""{"prompt":"p","fast":false}""", """{"prompt":"p","fast":false}""", """{"text":"p","mode":"slow"}""")]
    [InlineData("""{"prompt":"p","width":64}""", """{"prompt":"p","image_size":{"width":64}}""", """{"text":"p","mode":"slow","pixels":[64]}""")]
    [InlineData("""{"prompt":"p","new":{"a":[1]}}""", """{"prompt":"p","new":{"a":[1]}}""", """{"text":"p","mode":"slow","new":{"a":[1]}}""")]
    [InlineData("""{"prompt":"p","own":"o"}""", """{"prompt":"p","own":"o"}""", """{"text":"p","mode":"slow","own":"o"}""")]
    [InlineData("""{"prompt":"\u00e9 \"q\""}""", """{"prompt":"é \"q\""}""", """{"text":"é \"q\"","mode":"slow"}""")]
    public void A_request_becomes_each_providers(string neutral, string fal, string acme)
    {
        foreach (var (provider, expected) in new[] { ("fal", fal), ("acme", acme) })
        {
            var warnings = new List<string>();
            Assert.Equal(expected, Text(_clip.Value.MapRequest(provider, RawJson.Parse(neutral), warnings)));
            Assert.Empty(warnings);
            Assert.Empty(_clip.Value.Validate(provider, RawJson.Parse(neutral)).Issues);
        }
    }

    [Fact]
    public void A_value_that_is_sent_with_a_parameter_selects_the_alternative()
    {
        var mapped = _clip.Value.MapRequest("acme", RawJson.Parse("""{"prompt":"p","image_url":"https://a.b/c.png"}"""), []);

        Assert.Equal("""{"text":"p","mode":"slow","frames":{"start":{"kind":"photo","url":"https://a.b/c.png"}}}""", Text(mapped));
    }

    [Theory]
    [InlineData("fal", """{"prompt":"p","image_url":"https://a.b/c.png"}""", "image_url: is not a parameter of this model")]
    [InlineData("fal", """{"prompt":"p","size":"huge"}""", "size: must be one of \"small\", \"big\", but is \"huge\"")]
    [InlineData("fal", """{"prompt":"p","duration":7}""", "duration: must be one of 5, 9, but is 7")]
    [InlineData("acme", """{"prompt":"p","duration":7}""", "duration: must be one of 5, 9, but is 7")]
    [InlineData("acme", """{"prompt":"p","duration":"long"}""", "duration: must be a whole number, but is \"long\"")]
    [InlineData("acme", """{"prompt":"p","count":5}""", "count: must be at most 4, but is 5")]
    [InlineData("acme", """{"prompt":"p","tags":["a","b","c"]}""", "tags: must have at most 2 items, but has 3")]
    [InlineData("acme", """{"prompt":"p","width":0}""", "width: must be at least 1, but is 0")]
    [InlineData("acme", """{"duration":5}""", "prompt: is required")]
    public void What_a_provider_cannot_take_is_an_issue_at_the_neutral_parameter(string provider, string neutral, string issue)
    {
        var issues = _clip.Value.Validate(provider, RawJson.Parse(neutral)).Issues;

        Assert.StartsWith(issue, Assert.Single(issues).ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("fal", """{"file":"https://a.b/c.mp4","seed":3}""", """{"videos":[{"url":"https://a.b/c.mp4"}],"seed":3}""")]
    [InlineData("acme", """{"clips":["https://a.b/c.mp4","https://a.b/d.mp4"],"cost":0.1}""",
        """{"videos":[{"url":"https://a.b/c.mp4"},{"url":"https://a.b/d.mp4"}],"cost":0.1}""")]
    [InlineData("acme", """{"clips":[]}""", """{"videos":[]}""")]
    public void A_result_becomes_the_neutral_one_and_loses_nothing(string provider, string output, string neutral) =>
        Assert.Equal(neutral, Text(_clip.Value.MapResult(provider, RawJson.Parse(output))));

    [Fact]
    public void The_listing_has_the_neutral_parameters()
    {
        Assert.Equal(["prompt", "image_url", "duration", "size", "count", "tags", "fast", "width"], _clip.Value.Parameters.Select(one => one.Name));
        Assert.True(_clip.Value.Parameters[0].Required);
        Assert.Equal(["small", "big"], _clip.Value.Parameters[3].Values);
    }

    [Theory]
    // What does not exist.
    [InlineData("\"prompt\": \"text\"", "\"prompt\": \"txt\"", "ZT0122", "\"prompt\": \"txt\"", "'clip': acme has no parameter 'txt'; it has text, mode, ")]
    [InlineData("\"/frames/start/url\"", "\"/frames/begin/url\"", "ZT0122", "\"/frames/begin/url\"", "'clip': acme has no parameter '/frames/begin/url'; ")]
    [InlineData("\"/pixels/0\"", "\"/pixels/first\"", "ZT0122", "\"/pixels/first\"", "'clip': acme has no parameter '/pixels/first'; ")]
    [InlineData("\"count\": \"n\"", "\"count\": \"n\", \"kount\": \"n\"", "ZT0122", "\"kount\": \"n\"",
        "'clip': the model has no parameter 'kount'; it has prompt, ")]
    [InlineData("{\"videos\": \"/clips\"}", "{\"videos\": \"/clip\"}", "ZT0122", "{\"videos\": \"/clip\"}",
        "'clip': acme has no result '/clip'; it has clips, cost")]
    [InlineData("{\"videos\": \"/clips\"}", "{\"films\": \"/clips\"}", "ZT0122", "{\"films\": \"/clips\"}",
        "'clip': the model has no result 'films'; it has videos")]
    [InlineData("\"result\": {\"videos\": \"/clips\"}", "\"result\": {}", "ZT0122", "\"result\": {\"videos\": \"video[]\"}",
        "'clip': acme has no result 'videos'; ")]
    // What does not hold every value.
    [InlineData("\"small\": \"640:480\", ", "", "ZT0123", "\"dimensions\", ", "'clip': acme cannot take 'small' of 'size'; narrow the parameter ")]
    [InlineData("\"true\": \"quick\", ", "", "ZT0123", "\"to\": \"mode\"", "'clip': acme cannot take 'true' of 'fast'; ")]
    [InlineData("\"{value}s\"", "\"{value} s\"", "ZT0123", "\"to\": \"length\"", "'clip': acme cannot take '5', '9' of 'duration'; ")]
    [InlineData("\"enum\": [5, 9]", "\"enum\": [5, 9, 12]", "ZT0123", "\"duration\": {\"type\"", "'clip': fal cannot take '12' of 'duration'; ")]
    [InlineData("\"minimum\": 1, \"maximum\": 4", "\"minimum\": 0, \"maximum\": 4", "ZT0123", "\"count\": {\"type\"",
        "'clip': fal cannot take '0' of 'count'; ")]
    [InlineData("\"minimum\": 1, \"maximum\": 4", "\"maximum\": 4", "ZT0123", "\"count\": {\"type\"", "'clip': fal cannot take numbers below 1 of 'count'; ")]
    [InlineData("\"type\": \"integer\", \"minimum\": 1, \"maximum\": 4", "\"type\": \"number\", \"minimum\": 1, \"maximum\": 4", "ZT0123",
        "\"count\": {\"type\"",
        "'clip': fal cannot take fractions of 'count'; ")]
    [InlineData("\"maxLength\": 100},", "\"maxLength\": 101},", "ZT0123", "\"prompt\": {\"type\"",
        "'clip': fal cannot take more than 100 characters of 'prompt'; ")]
    [InlineData("\"maxItems\": 2, ", "", "ZT0123", "\"tags\": [\"tag_1\"", "'clip': acme cannot take more than 2 items of 'tags'; ")]
    [InlineData("{\"to\": \"length\", \"format\": \"{value}s\"}", "\"n\"", "ZT0123", "\"duration\": \"n\"",
        "'clip': acme cannot take '5', '9' of 'duration'; ")]
    [InlineData("\"fast\": {\"type\": \"boolean\"}", "\"fast\": {\"type\": \"string\"}", "ZT0123", "\"fast\": {\"type\"",
        "'clip': fal cannot take values of type string of 'fast'; ")]
    // Values that are not valid.
    [InlineData("\"big\": \"1280:960\"", "\"big\": \"1280:961\"", "ZT0124", "\"1280:961\"",
        "'clip': \"1280:961\" is not a valid value of 'dimensions' at acme; it has '640:480', '1280:960'")]
    [InlineData("\"big\": \"1280:960\"", "\"big\": \"1280:960\", \"huge\": \"1280:960\"", "ZT0124", "\"1280:960\"}",
        "'clip': 'huge' is not a valid value of 'size'; it has 'small', 'big'")]
    [InlineData("\"default\": \"slow\"", "\"default\": \"medium\"", "ZT0124", "\"medium\"", "'clip': \"medium\" is not a valid value of 'mode' at acme; ")]
    [InlineData("\"endpoint\": \"clip\",", "\"endpoint\": \"clip\", \"constants\": {\"pixels\": 5},", "ZT0124", "5}",
        "'clip': 5 is not a valid value of 'pixels' at acme; ")]
    [InlineData("\"/frames/start/kind\": \"photo\"", "\"/frames/start/kind\": \"film\"", "ZT0124", "\"film\"",
        "'clip': \"film\" is not a valid value of '/frames/start/kind' at acme; ")]
    // What is filled twice, or not at all.
    [InlineData("\"count\": \"n\"", "\"count\": \"/pixels/0\"", "ZT0125", "\"width\": \"/pixels/0\"\n",
        "'clip': '/pixels/0' of acme is filled by 'count' already; ")]
    [InlineData("\"endpoint\": \"clip\",", "\"endpoint\": \"clip\", \"constants\": {\"n\": 2},", "ZT0125", "\"count\": \"n\"",
        "'clip': 'n' of acme is filled by a constant already; ")]
    [InlineData(", \"default\": \"slow\"", "", "ZT0126", "\"acme\": {",
        "'clip': acme requires 'mode', which only the optional 'fast' fills; make that required, ")]
    [InlineData("\"required\": [\"prompt\"],", "", "ZT0126", "\"fal\": {", "'clip': fal requires 'prompt', which only the optional 'prompt' fills; ")]
    [InlineData(", \"with\": {\"/frames/start/kind\": \"photo\"}", "", "ZT0126", "{\"to\": \"/frames/start/url\"",
        "'clip': acme requires '/frames/start/kind', which nothing fills where '/frames/start/url' is sent; give its value in 'with'")]
    public void What_is_wrong_is_an_error_at_its_line_with_the_cure(string old, string replacement, string id, string at, string message)
    {
        var changed = CatalogFiles.Catalog.Replace(old, replacement);

        var generated = new Project(CatalogFiles.With(changed)).Run();

        var errors = generated.Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).ToList();
        Assert.All(errors, error => Assert.StartsWith("ZT01", error.Id, StringComparison.Ordinal));
        var diagnostic = Assert.Single(errors, error => error.GetMessage().StartsWith(message, StringComparison.Ordinal));
        Assert.Equal(id, diagnostic.Id);
        var span = diagnostic.Location.GetLineSpan();
        Assert.Equal((changed.Path, changed.PlaceOf(at).Line), (span.Path, span.StartLinePosition.Line + 1));
        Assert.Empty(generated.Errors());
    }

    [Fact]
    public void A_route_to_a_deprecated_endpoint_is_a_warning_at_its_line()
    {
        var deprecated = CatalogFiles.Fal.Replace("\"x-fal-metadata\": {", "\"x-deprecated-message\": \"Use fal-ai/b.\", \"x-fal-metadata\": {");
        var files = CatalogFiles.With(CatalogFiles.Catalog).Select(file => file.Path == CatalogFiles.Fal.Path ? deprecated : file).ToArray();

        var diagnostic = Assert.Single(new Project(files).Run().Diagnostics, diagnostic => diagnostic.Id == "ZT0145");

        Assert.Equal(DiagnosticSeverity.Warning, diagnostic.DefaultSeverity);
        Assert.Equal("'clip' routes to 'fal-ai/a' of fal, which is deprecated: Deprecated by the provider: Use fal-ai/b.", diagnostic.GetMessage());
        Assert.Equal(CatalogFiles.Catalog.PlaceOf("\"fal\": {").Line, diagnostic.Location.GetLineSpan().StartLinePosition.Line + 1);
        Assert.DoesNotContain(new Project(CatalogFiles.With(CatalogFiles.Catalog)).Run().Diagnostics, diagnostic => diagnostic.Id == "ZT0145");
    }

    [Theory]
    [InlineData("\"endpoint\": \"clip\"", "\"endpoint\": \"\"", "\"\"", "'endpoint' must be the endpoint's id at this provider, a string")]
    [InlineData("\"format\": \"{value}s\"", "\"format\": \"s\"", "\"format\": \"s\"", "'format' must be a text with '{value}' in it once")]
    [InlineData("\"count\": \"n\"", "\"count\": 5", "\"count\": 5", "'count' must be a member of the provider's request or a JSON Pointer to one, ")]
    [InlineData("\"required\": [\"prompt\"]", "\"required\": [\"promt\"]", "\"promt\"", "'required' must be names of 'parameters'; \"promt\" is not one")]
    [InlineData("\"video[]\"", "\"movie\"", "\"movie\"", "'videos' must be the kind of a result: ")]
    [InlineData("{\"videos\": \"/clips\"}", "{\"videos\": \"clips\"}", "\"clips\"}", "'videos' must be a JSON Pointer into the provider's result; ")]
    [InlineData("\"default\": \"slow\"", "\"partial\": \"yes\"", "\"yes\"", "'partial' must be true or false")]
    [InlineData("\"endpoint\": \"clip\",",
        "\"endpoint\": \"clip\", \"price\": {\"amount\": 1, \"currency\": \"credits\", \"per\": \"job\", \"source\": \"s\", \"date\": \"d\"},",
        "\"credits\"",
        "'currency' must be the code of a currency, such as 'USD'; credits cannot be compared")]
    [InlineData("\"endpoint\": \"clip\",", "\"endpoint\": \"clip\", \"price\": {\"amount\": 1, \"currency\": \"USD\", \"per\": \"job\"},", "\"price\"",
        "'source' must be where the price is published, with the 'date' on which it was")]
    public void A_member_of_another_form_is_an_error_at_its_line(string old, string replacement, string at, string message)
    {
        var changed = CatalogFiles.Catalog.Replace(old, replacement);

        var errors = new Project(CatalogFiles.With(changed)).Run().Diagnostics.Where(diagnostic => diagnostic.Id == "ZT0050").ToList();

        var diagnostic = Assert.Single(errors);
        Assert.StartsWith(message, diagnostic.GetMessage(), StringComparison.Ordinal);
        Assert.Equal(changed.PlaceOf(at).Line, diagnostic.Location.GetLineSpan().StartLinePosition.Line + 1);
    }

    [Fact]
    public void A_partial_conversion_rules_out_the_provider_for_the_other_values()
    {
        var catalog = CatalogFiles.Catalog
            .Replace("\"enum\": [5, 9]", "\"enum\": [5, 9, 12]")
            .Replace("{\"to\": \"length\", \"format\": \"{value}s\"}", "{\"to\": \"length\", \"format\": \"{value}s\", \"partial\": true}")
            .Replace("\"image_url\": null,", "\"image_url\": null, \"duration\": {\"values\": {\"5\": \"5\"}, \"partial\": true},");
        var generated = new Project(CatalogFiles.With(catalog)).Run();
        Assert.DoesNotContain(generated.Diagnostics, diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
        var model = ModelOf(catalog, "Clip");

        Assert.True(model.Validate("fal", RawJson.Parse("""{"prompt":"p","duration":5}""")).IsValid);
        Assert.Equal(
            "duration: must be one of \"5\", but is 12",
            Assert.Single(model.Validate("fal", RawJson.Parse("""{"prompt":"p","duration":12}""")).Issues).ToString());
        Assert.Equal(
            ("duration", ValidationRule.Enum),
            model.Validate("acme", RawJson.Parse("""{"prompt":"p","duration":12}""")).Issues.Select(issue => (issue.Path, issue.Rule)).Single());
        Assert.Contains("fal does not take all of these values.", generated.Source("Demo.Models.Neutral.Clip.g.cs"), StringComparison.Ordinal);
    }

    [Fact]
    public void Parameters_of_documents_alone_have_aliases_too()
    {
        var catalog = new Spec(
            "specs/catalog.json",
            """
            {"models": {"clip": {
              "fal": "fal-ai/a",
              "acme": {"endpoint": "clip", "parameters": {"prompt": "text", "count": "n"}, "constants": {"mode": "slow"}}
            }}}
            """);
        var generated = new Project(CatalogFiles.With(catalog)).Run();

        // fal counts to eight: what acme cannot hold is an error where it is mapped.
        Assert.Contains("'5', '6', '7', '8' of 'count'", Assert.Single(generated.Diagnostics, diagnostic => diagnostic.Id == "ZT0123").GetMessage());
        var model = ModelOf(catalog.Replace("\"count\": \"n\"", "\"count\": {\"to\": \"n\", \"partial\": true}"), "Clip");
        Assert.Equal("""{"text":"p","mode":"slow","n":2}""", Text(model.MapRequest("acme", RawJson.Parse("""{"prompt":"p","count":2}"""), [])));
        Assert.Equal("""{"prompt":"p","count":8}""", Text(model.MapRequest("fal", RawJson.Parse("""{"prompt":"p","count":8}"""), [])));
        Assert.Equal(["count"], model.Validate("acme", RawJson.Parse("""{"prompt":"p","count":8}""")).Issues.Select(issue => issue.Path));
    }

    [Theory]
    [InlineData(LanguageVersion.CSharp11)]
    [InlineData(LanguageVersion.CSharp14)]
    public void The_code_compiles_in_each_language_version(LanguageVersion version) =>
        Assert.Empty(new Project(CatalogFiles.With(CatalogFiles.Catalog), version).Run().Errors());

    private static NeutralModel ModelOf(Spec catalog, string name)
    {
        var assembly = new Project(CatalogFiles.With(catalog)).Run().Load();
        return (NeutralModel)assembly.GetType("Demo.Models.Neutral." + name, throwOnError: true)!.GetProperty("Model")!.GetValue(null)!;
    }

    /// <summary>The JSON without the escapes that its writer is free to choose.</summary>
    private static string Text(RawJson json) => System.Text.Json.Nodes.JsonNode.Parse(json.Utf8)!
        .ToJsonString(new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}
