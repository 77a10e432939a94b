using System.Reflection;
using System.Text.RegularExpressions;
using Zoetrope.Json;
using Zoetrope.Validation;

namespace Zoetrope.Generator.Tests;

/// <summary>Inputs that are URLs of files, compiled and run: what cannot be one is refused, and nothing that a document speaks of.</summary>
public partial class UrlInputTests(ITestOutputHelper output)
{
    private const string Input = """
        {
          "image_url": {"type": "string", "description": "URL of the image."},
          "end_image_url": {"anyOf": [{"type": "string"}, {"type": "null"}], "description": "The last frame."},
          "mask_url": {"type": "string"},
          "image_urls": {"type": "array", "items": {"type": "string"}, "description": "URLs of images.", "examples": [["https://example.com/a.png"]]},
          "data_url": {"type": "string", "description": "A public URL or a base64 data URI of the video."},
          "one_or_more_urls": {"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}], "description": "One URL or several."},
          "source": {"type": "string", "format": "uri", "description": "URL of the audio file."},
          "element": {"type": "object", "properties": {"front_url": {"type": "string", "description": "URL of the image."}}},
          "local_url": {"type": "string", "description": "Local filesystem path (or remote URL) to an audio file."},
          "raw_url": {"type": "string", "description": "URL or base64 image to start from."},
          "method_url": {"type": "string", "description": "URL of weights.", "examples": ["canny"]},
          "method_urls": {"type": "array", "items": {"type": "string"}, "description": "URLs of weights.", "examples": [["https://example.com/a", "canny"]]},
          "empty_url": {"type": "string", "description": "URL of the image.", "default": ""},
          "named_url": {"type": "string", "enum": ["a", "b"]},
          "imageUrl2": {"type": "string"},
          "image_url_3": {"type": "string", "description": "URL or data URI of the image."},
          "pair_url": {"type": "string", "description": "URL of the image. Either image_url or prompt has to be given."},
          "weights_url": {"type": "string", "description": "URL or Hugging Face id of the file."},
          "bucket_url": {"type": "string", "description": "An s3:// or https URL of the video."},
          "any_url": {"type": "string", "description": "The URL or the name of an image."},
          "webhook_url": {"type": "string"},
          "other_url": {"type": "string", "description": "What the service calls it."},
          "link": {"type": "string", "format": "uri"},
          "text": {"type": "string", "description": "The URL of a file."}
        }
        """;

    private static readonly Lazy<Assembly> _assembly = new(() => new Project([Documents.FalOpenApi("fal-ai/urls", Input, ["image_url"])]).Run().Load());

    private static readonly Lazy<ModelEndpoint> _eachlabs =
        new(() => Generated.Endpoint(new Project([TestFiles.EachlabsPage]).Run().Load(), "Demo.Models.KlingO3ProImageToVideo"));

    [Theory]
    [InlineData("""{"image_url":"a.png"}""", "image_url")]
    [InlineData("""{"image_url":""}""", "image_url")]
    [InlineData("""{"image_url":"ftp://example.com/a.png"}""", "image_url")]
    [InlineData("""{"image_url":"https://a/b","end_image_url":"./a.png"}""", "end_image_url")]
    [InlineData("""{"image_url":"https://a/b","mask_url":"/tmp/a.png"}""", "mask_url")]
    [InlineData("""{"image_url":"https://a/b","image_urls":["https://a/b","a.png"]}""", "image_urls[1]")]
    [InlineData("""{"image_url":"https://a/b","data_url":"a.mp4"}""", "data_url")]
    [InlineData("""{"image_url":"https://a/b","one_or_more_urls":"a"}""", "one_or_more_urls")]
    [InlineData("""{"image_url":"https://a/b","one_or_more_urls":["a"]}""", "one_or_more_urls[0]")]
    [InlineData("""{"image_url":"https://a/b","source":"a.wav"}""", "source")]
    [InlineData("""{"image_url":"https://a/b","element":{"front_url":"a.png"}}""", "element.front_url")]
    [InlineData("""{"image_url":"https://a/b","imageUrl2":"a.png"}""", "imageUrl2")]
    [InlineData("""{"image_url":"https://a/b","image_url_3":"a.png"}""", "image_url_3")]
    [InlineData("""{"image_url":"https://a/b","pair_url":"a.png"}""", "pair_url")]
    public void What_is_no_URL_is_refused(string json, string path)
    {
        var issue = Assert.Single(Issues(json));

        Assert.Equal((path, ValidationRule.Url), (issue.Path, issue.Rule));
    }

    [Theory]
    [InlineData("""{"image_url":"https://example.com/a.png","end_image_url":null,"mask_url":"data:image/png;base64,AA==","image_urls":["http://localhost/a.png"]}""")]
    [InlineData("""{"image_url":"https://a/b","local_url":"/tmp/a.wav","raw_url":"iVBORw0KGgo=","method_url":"canny","method_urls":["canny"],"empty_url":"","named_url":"a"}""")]
    [InlineData("""{"image_url":"https://a/b","other_url":"x","link":"a/b","text":"a.png"}""")]
    [InlineData("""{"image_url":"https://a/b","weights_url":"owner/repo","bucket_url":"s3://a/b","any_url":"first","webhook_url":"x"}""")]
    public void What_the_document_speaks_of_is_valid(string json) => Assert.Empty(Issues(json));

    [Fact]
    public void A_required_URL_that_is_missing_is_reported_as_that()
    {
        var issue = Assert.Single(Issues("{}"));

        Assert.Equal(("image_url", ValidationRule.Required), (issue.Path, issue.Rule));
    }

    [Theory]
    [InlineData("""{"image_url":"a.png"}""", "image_url")]
    [InlineData("""{"image_url":"data:image/png;base64,AA=="}""", "image_url")]
    [InlineData("""{"image_url":"https://example.com/a.png","end_image_url":"gs://a/b.png"}""", "end_image_url")]
    public void URLs_of_an_Eachlabs_page_are_checked(string json, string path)
    {
        var issue = Assert.Single(_eachlabs.Value.Validate(RawJson.Parse(json)).Issues, issue => issue.Rule == ValidationRule.Url);

        Assert.Equal((path, ValidationRule.Url, "a publicly reachable https URL"), (issue.Path, issue.Rule, issue.Limit));
    }

    [Fact]
    public void What_an_Eachlabs_page_says_of_other_forms_is_valid()
    {
        var page = TestFiles.EachlabsPage.Replace("URL of the end frame image (optional).", "URL or asset id of the end frame image.");
        var endpoint = Generated.Endpoint(new Project([page]).Run().Load(), "Demo.Models.KlingO3ProImageToVideo");

        Assert.Empty(endpoint.Validate(RawJson.Parse("""{"prompt":"p","image_url":"https://example.com/a.png","end_image_url":"asset-1"}""")).Issues);
    }

    [Fact]
    public void Of_all_members_that_are_named_as_URLs_few_are_not_checked()
    {
        var generated = new Project(FalDocuments(_ => true)).Run();

        var members = generated.Sources.Values.SelectMany(source => UrlCheck().Matches(source)).ToLookup(call => call.Groups["check"].Success, call => call.Groups["name"].Value);
        var unchecked_ = members[false].GroupBy(name => name).Select(group => $"{group.Key} {group.Count()}").Order();
        output.WriteLine($"{members[true].Count()} checked, {string.Join(", ", unchecked_)} not");
        Assert.Equal((697, 9), (members[true].Count(), members[false].Count()));
        var lines = generated.Sources.Values.SelectMany(source => source.Split('\n')).ToLookup(line => line.TrimStart().StartsWith("///", StringComparison.Ordinal), line => line.Length + 1L);
        var specs = (double)FalDocuments(_ => true).Sum(document => (long)document.Text.Length);
        output.WriteLine($"{lines[false].Sum() / specs:0.0000} characters of code and {lines[true].Sum() / specs:0.0000} of documentation a character of the documents");
        // Documentation costs a consumer's program nothing; code does.
        Assert.InRange(lines[false].Sum() / specs, 1, 1.54);
    }

    [Theory]
    [InlineData("fal-ai__flux-general__differential-diffusion", """{"easycontrols":[{"control_method_url":"canny","image_url":"https://a/b","image_control_type":"spatial"}]}""", null)]
    [InlineData("fal-ai__flux-general__differential-diffusion", """{"loras":[{"path":"owner/repo"}],"image_url":"a.png"}""", "image_url")]
    [InlineData("fal-ai__vidu__q3__image-to-video", """{"image_url":"iVBORw0KGgo="}""", null)]
    [InlineData("fal-ai__speech-to-text", """{"audio_url":"/tmp/a.wav"}""", null)]
    [InlineData("fal-ai__bria__product-shot", """{"ref_image_url":"","image_url":"b.png"}""", "image_url")]
    [InlineData("fal-ai__phota__edit", """{"image_urls":["data:image/png;base64,AA==","http://10.0.0.1/a.png","a.png"]}""", "image_urls[2]")]
    public void Real_documents_refuse_what_is_not_a_URL_and_nothing_else(string document, string json, string? path)
    {
        var assembly = new Project(FalDocuments(name => name == document)).Run().Load();
        var type = assembly.GetExportedTypes().Single(type => type.GetProperty("Endpoint") is not null);

        var issues = Generated.Endpoint(assembly, type.FullName!).Validate(RawJson.Parse(json)).Issues.Where(issue => issue.Rule == ValidationRule.Url);

        Assert.Equal(path is null ? [] : [path], issues.Select(issue => issue.Path));
    }

    /// <summary>What the validators ask of members that are named as URLs: a check of their own, or only that they are given and are texts.</summary>
    [GeneratedRegex("""context\.((?<check>(Required)?Urls?)|Required|Texts?)\([\w.]+, "(?<name>\w+_urls?)"[^;]*\);""")]
    private static partial Regex UrlCheck();

    private static Spec[] FalDocuments(Func<string, bool> isWanted) =>
        [.. TestFiles.Corpus("fal-openapi").Where(path => isWanted(Path.GetFileNameWithoutExtension(path))).Select(path => new Spec(Path.GetFileName(path), File.ReadAllText(path), "fal"))];

    private static IReadOnlyList<ValidationIssue> Issues(string json) => Generated.Endpoint(_assembly.Value, "Demo.Models.Urls").Validate(RawJson.Parse(json)).Issues;
}
