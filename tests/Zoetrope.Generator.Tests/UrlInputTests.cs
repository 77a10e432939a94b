using System.Reflection;
using System.Text.RegularExpressions;
using Zoetrope.Json;
using Zoetrope.Models;
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
    public void What_is_not_a_URL_is_refused(string json, string path)
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

    [Theory]
    [InlineData("URL of the image. Data URIs are accepted too.", "data:image/png;base64,AA==")]
    [InlineData("An http or https URL of the image.", "http://example.com/a.png")]
    public void Other_URLs_that_an_Eachlabs_page_speaks_of_are_valid_and_no_others(string description, string url)
    {
        var page = TestFiles.EachlabsPage.Replace("URL of the end frame image (optional).", description);
        var endpoint = Generated.Endpoint(new Project([page]).Run().Load(), "Demo.Models.KlingO3ProImageToVideo");

        Assert.Empty(endpoint.Validate(RawJson.Parse($$"""{"prompt":"p","image_url":"https://example.com/a.png","end_image_url":"{{url}}"}""")).Issues);
        Assert.Equal(
            "end_image_url",
            Assert.Single(endpoint.Validate(RawJson.Parse("""{"prompt":"p","image_url":"https://example.com/a.png","end_image_url":"a"}""")).Issues).Path);
    }

    [Theory]
    [InlineData("| end_image_url | string | No | http://example.com/a.png | - | URL of the end frame image. |", "end_image_url", "http://example.com/a.png")]
    [InlineData("| website_url | string | No | - | - | URL of the website to film. |", "website_url", "example.com/shoes")]
    [InlineData("| product_url | string | No | - | - | URL of the product. |", "product_url", "example.com/shoes")]
    public void Defaults_and_web_pages_of_an_Eachlabs_page_are_valid(string row, string name, string value)
    {
        var page = TestFiles.EachlabsPage.Replace("| end_image_url | string | No | - | - | URL of the end frame image (optional). |", row);
        Assert.NotEqual(TestFiles.EachlabsPage.Text, page.Text);
        var endpoint = Generated.Endpoint(new Project([page]).Run().Load(), "Demo.Models.KlingO3ProImageToVideo");

        Assert.Empty(endpoint.Validate(RawJson.Parse($$"""{"prompt":"p","image_url":"https://example.com/a.png","{{name}}":"{{value}}"}""")).Issues);
    }

    [Fact]
    public void Whatever_a_description_may_speak_of_is_valid()
    {
        string[] descriptions =
        [
            "URL or base64 of the image", "URL or asset id", "an upload id or base64 string", "URL, S3 path or file id", "Image ID or URL",
            "The name of a preset image or the URL",
            "Storage key or URL of the image", "Image URLs or names", "URL of the video, or the task id", "Image URL/ID",
            "URL of the image (or a file_id from the upload)",
            "URL of the image. A request_id of an earlier job is accepted as well.", "An rtmp:// URL of the video", "URL of the image, or fal://abc",
            "URL of the image. Use `none` to skip.",
            "Base-64 of the image", "TikTok handle of the video", "URL of the image. Blank to use none.", "JSON list of image URLs",
            "URL of the image. Use \"\" to leave empty.",
            "URL of the image or what the service calls it", "The image, or a prompt that describes it",
        ];
        var input = string.Join(",", descriptions.Select((text, i) => $$"""
            "a{{i}}_image_url": {"type": "string", "description": {{System.Text.Json.JsonSerializer.Serialize(text)}} },
            "b{{i}}": {"type": "string", "description": {{System.Text.Json.JsonSerializer.Serialize(text)}}, "x-fal": {"max_file_size": 1000} }
            """));
        var endpoint = Generated.Endpoint(new Project([Documents.FalOpenApi("fal-ai/urls", "{" + input + "}")]).Run().Load(), "Demo.Models.Urls");

        var issues =
            endpoint.Validate(RawJson.Parse("{" + string.Join(",", descriptions.Select((_, i) => $"\"a{i}_image_url\":\"x\",\"b{i}\":\"x\"")) + "}")).Issues;

        Assert.Empty(issues.Select(issue => issue.Path));
    }

    [Theory]
    [InlineData("""{"anyOf": [{"type": "string", "format": "uri"}, {"type": "string", "pattern": "^asset-"}], "description": "URL of the image."}""")]
    [InlineData("""{"anyOf": [{"type": "string", "format": "uri"}, {"type": "string", "format": "binary"}], "description": "URL of the image."}""")]
    [InlineData("""{"anyOf": [{"type": "string", "format": "uri"}, {"type": "string", "format": "uri", "description": "An asset handle."}], "description": "URL of the image."}""")]
    [InlineData("""{"anyOf": [{"type": "string", "x-fal": {"max_file_size": 9}}, {"type": "null"}], "description": "URL, S3 path or file id"}""")]
    [InlineData("""{"anyOf": [{"type": "string", "description": "The image."}, {"type": "null"}], "description": "URL or file id"}""")]
    [InlineData("""{"type": "string", "pattern": "^(https?://|asset-).*", "description": "URL of the image."}""")]
    [InlineData("""{"type": "string", "minLength": 0, "description": "URL of the image."}""")]
    [InlineData("""{"allOf": [{"$ref": "#/components/schemas/Text"}], "description": "The image."}""")]
    [InlineData("""{"oneOf": [{"$ref": "#/components/schemas/Text"}, {"type": "null"}], "description": "The image."}""")]
    [InlineData("""{"$ref": "#/components/schemas/Text", "description": "The image."}""")]
    [InlineData("""{"type": "string", "description": "URL of the image.", "x-fal": {"max_file_size": 9}, "default": ""}""")]
    [InlineData("""{"type": "string", "description": "URL of the image.", "x-fal": {"max_file_size": 9}, "examples": ["sample.png"]}""")]
    public void Other_forms_that_the_schema_shows_are_valid(string schema)
    {
        var spec = Documents.FalOpenApi(
            "fal-ai/urls",
            $$"""{"image_url": {{schema}} }""",
            schemas: """{"Text": {"type": "string", "description": "A URL or an asset handle."}}""");

        Assert.Empty(Generated.Endpoint(new Project([spec]).Run().Load(), "Demo.Models.Urls").Validate(RawJson.Parse("""{"image_url":"asset-1"}""")).Issues);
    }

    /// <summary>Sentences of real documents that have words of other forms, and speak of something else.</summary>
    [Theory]
    [InlineData("URL to zip archive with images. In addition to images the archive can contain text files. Each text file should have the same name as the image file it corresponds to.")]
    [InlineData("URL to the zip archive. The zip can also contain a text file for each image. The text file should be named: ROOT.txt")]
    [InlineData("URL to zip archive with videos or images. The dataset must contain ONLY videos OR ONLY images.")]
    [InlineData("URL to zip archive with images. Try to use at least 10 images and/or videos.")]
    [InlineData("URL of a ZIP archive of images. Captions are matched to images by filename stem.")]
    [InlineData("The URL of the image the video ends with. Defaults to None.")]
    [InlineData("The URL of the image (default: none).")]
    [InlineData("Reference image (file or URL).")]
    [InlineData("The URLs of the images to use for image-to-image generation or image editing.")]
    [InlineData("Reference images for image editing or subject-driven personalization.")]
    [InlineData("URLs of files to include as assets in the video (images, videos, audio, PDFs).")]
    [InlineData("The URL to the image. The image must be 960x544 or it will get cropped and resized to that size.")]
    [InlineData("URL of the old or damaged photo to restore.")]
    [InlineData("URL to a voice sample audio file. If provided, `preset` will be ignored.")]
    [InlineData("URL to zip archive with images of faces. They make a more accurate face id.")]
    [InlineData("Reference video URL. Should contain a character with entire body or upper body visible.")]
    [InlineData("Optional reference image URL to use for pose control or as a starting frame")]
    [InlineData("URL of a mask image. When provided, skips auto human detection and uses this mask instead.")]
    [InlineData("List of mask URLs. If not provided, use box_prompts to auto-segment, or entire image will be used.")]
    public void Words_of_other_forms_that_speak_of_something_else_leave_the_check(string description)
    {
        var spec = Documents.FalOpenApi("fal-ai/urls", $$"""{"image_url": {"type": "string", "description": "{{description}}"} }""");

        Assert.Equal(
            ValidationRule.Url, Assert.Single(
                Generated.Endpoint(new Project([spec]).Run().Load(), "Demo.Models.Urls").Validate(RawJson.Parse("""{"image_url":"a.png"}""")).Issues).Rule);
    }

    [Theory]
    [InlineData("URL of the image. It can also be a name.")]
    [InlineData("URL of the image. The name must be the same as that of the mask.")]
    [InlineData("URL of the image, or None for the default one. Defaults to auto.")]
    [InlineData("The image, a file or URL.")]
    [InlineData("URL of the image or text.")]
    [InlineData("URL of the image or as text.")]
    [InlineData("URL of the image. Assets in the library are valid.")]
    [InlineData("URL of the image, or auto.")]
    [InlineData("The face id.")]
    [InlineData("URL of an image or a `preset`.")]
    [InlineData("URL of an archive or only its index.")]
    [InlineData("URLs of images. The list can also contain prompts.")]
    [InlineData("URLs of images and/or text.")]
    [InlineData("URL of the image or text that will be drawn.")]
    [InlineData("A URL or plain text will be used.")]
    public void Words_of_other_forms_that_may_speak_of_the_value_do_not(string description)
    {
        var spec = Documents.FalOpenApi("fal-ai/urls", $$"""{"image_url": {"type": "string", "description": "{{description}}"} }""");

        Assert.Empty(Generated.Endpoint(new Project([spec]).Run().Load(), "Demo.Models.Urls").Validate(RawJson.Parse("""{"image_url":"a.png"}""")).Issues);
    }

    [Theory]
    [InlineData("""{"type": "string", "x-fal": {"max_file_size": 1000}}""")]
    [InlineData("""{"anyOf": [{"type": "string", "format": "uri", "description": "The image."}, {"type": "null"}], "description": "URL or data URI of the image."}""")]
    [InlineData("""{"$ref": "#/components/schemas/Text", "description": "The image."}""")]
    [InlineData("""{"type": "string", "description": "URL of the image. Either image_url or prompt is needed. JPEG, PNG or WebP, 1080p or 720p, 10 MB or less."}""")]
    public void URLs_beyond_doubt_are_checked_and_may_hold_a_password(string schema)
    {
        var spec = Documents.FalOpenApi(
            "fal-ai/urls",
            $$"""{"image_url": {{schema}} }""",
            schemas: """{"Text": {"type": "string", "description": "URL of an image."}}""");
        var endpoint = Generated.Endpoint(new Project([spec]).Run().Load(), "Demo.Models.Urls");

        Assert.Equal(ValidationRule.Url, Assert.Single(endpoint.Validate(RawJson.Parse("""{"image_url":"a.png"}""")).Issues).Rule);
        Assert.Empty(endpoint.Validate(RawJson.Parse("""{"image_url":"https://user:pw@host/a.png"}""")).Issues);
    }

    [Theory]
    [InlineData("https://example.com/a.gif")]
    [InlineData("http://user:pw@localhost/a.gif")]
    [InlineData("data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///w==", "at most 9 bytes", "the format jpeg or png")]
    [InlineData("data:image/jpeg;base64,/9j/4AAQSkZJRgAB", "at most 9 bytes")]
    [InlineData("data:image/gif;base64,/", "base64 data")]
    public void A_file_that_a_URL_contains_is_checked_against_all_its_limits(string url, params string[] limits)
    {
        const string Image = """{"type": "string", "description": "URL of the image. Accepted formats: JPEG and PNG.", "x-fal": {"max_file_size": 9}}""";
        var spec = Documents.FalOpenApi("fal-ai/urls", $$"""{"image_url": {{Image}}, "end_image_url": {{Image}} }""", ["image_url"]);
        var endpoint = Generated.Endpoint(new Project([spec]).Run().Load(), "Demo.Models.Urls");

        var issues = endpoint.Validate(RawJson.Parse($$"""{"image_url":"{{url}}","end_image_url":"{{url}}"}""")).Issues;

        Assert.All(issues, issue => Assert.Equal(ValidationRule.File, issue.Rule));
        Assert.Equal([.. limits, .. limits], issues.Select(issue => issue.Limit));
    }

    [Fact]
    public void Of_all_members_that_are_named_as_URLs_few_are_not_checked()
    {
        var generated = new Project(FalDocuments(_ => true)).Run();

        var members = generated.Sources.Values
            .SelectMany(source => UrlCheck().Matches(source))
            .ToLookup(call => call.Groups["check"].Success, call => call.Groups["name"].Value);
        var unchecked_ = members[false].GroupBy(name => name).Select(group => $"{group.Key} {group.Count()}").Order();
        output.WriteLine($"{members[true].Count()} checked, {string.Join(", ", unchecked_)} not");
        Assert.Equal((696, 9), (members[true].Count(), members[false].Count()));
        var lines = generated.Sources.Values
            .SelectMany(source => source.Split('\n'))
            .ToLookup(line => line.TrimStart().StartsWith("///", StringComparison.Ordinal), line => line.Length + 1L);
        var specs = (double)FalDocuments(_ => true).Sum(document => (long)document.Text.Length);
        output.WriteLine(
            $"{lines[false].Sum() / specs:0.0000} characters of code and {lines[true].Sum() / specs:0.0000} of documentation a character of the documents");
        // Documentation costs a consumer's program nothing; code does.
        Assert.InRange(lines[false].Sum() / specs, 1, 1.55);
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
        [.. TestFiles.Corpus("fal-openapi")
            .Where(path => isWanted(Path.GetFileNameWithoutExtension(path)))
            .Select(path => new Spec(Path.GetFileName(path), File.ReadAllText(path), "fal"))];

    private static IReadOnlyList<ValidationIssue> Issues(string json) =>
        Generated.Endpoint(_assembly.Value, "Demo.Models.Urls").Validate(RawJson.Parse(json)).Issues;
}
