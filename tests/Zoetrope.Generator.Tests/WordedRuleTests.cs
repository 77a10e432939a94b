using System.Reflection;
using Microsoft.CodeAnalysis;
using Zoetrope.Json;
using Zoetrope.Validation;

namespace Zoetrope.Generator.Tests;

/// <summary>Rules that descriptions state in words, compiled and run.</summary>
public class WordedRuleTests
{
    private const string Input = """
        {
          "prompt": {"type": "string", "description": "A text. Max 20 characters. Required if `story` is not provided."},
          "story": {"type": "string", "description": "Cannot be used with sketch_url."},
          "sketch_url": {"type": "string", "description": "Max 1 MB."},
          "mask_url": {"type": "string", "description": "Requires image_url."},
          "image_url": {"type": "string"},
          "image_urls": {"type": "array", "items": {"type": "string"}, "description": "Up to 3 images. Combined with video_urls, total references cannot exceed 4."},
          "video_urls": {"type": "array", "items": {"type": "string"}, "description": "Supports up to 2 videos."},
          "keywords": {"type": "array", "items": {"type": "string"}, "description": "Max 5 characters each. Must match the length of image_urls."},
          "instrumental": {"type": "boolean", "default": false, "description": "Can only be used with `prompt`."},
          "lyrics": {"type": "string", "description": "Required when instrumental is false and mode is pro."},
          "mode": {"type": "string", "enum": ["fast", "pro"], "default": "fast"},
          "resolution": {"type": "string", "enum": ["720p", "1080p"], "default": "720p"},
          "duration": {"type": "string", "enum": ["5", "8", "10"], "default": "5", "description": "1080p videos are limited to 5 or 8 seconds"},
          "seconds": {"type": "integer", "description": "Values greater than 10 are only supported with 30 FPS."},
          "fps": {"type": "integer", "default": 25},
          "start": {"type": "number", "default": 0.1},
          "end": {"type": "number", "description": "Must be >= `start`."},
          "frames": {"type": "integer", "description": "Must satisfy frames % 8 == 1."},
          "steps": {"type": "integer", "description": "Must be a multiple of 4 (1-60)."},
          "strength": {"type": "number", "description": "Must be between 0 and 1 (exclusive)."},
          "left": {"type": "integer", "description": "left and right must be provided together."},
          "right": {"type": "integer"},
          "image_size": {"anyOf": [{"$ref": "#/components/schemas/Size"}, {"type": "string", "enum": ["square", "wide"]}],
            "description": "Width and height must be between 64 and 2048. Total pixels must be between 128x128 and 1024x1024. The aspect ratio must be between 1:3 and 3:1."},
          "canvas_size": {"type": "array", "items": {"type": "integer"}, "description": "Should have an area of less than 1000x1000 pixels."},
          "elements": {"type": "array", "items": {"$ref": "#/components/schemas/Element"},
            "description": "Total duration of all elements must not exceed 9 seconds. When providing an image, all elements must have an image."},
          "palette": {"$ref": "#/components/schemas/Palette", "description": "Must EITHER be specified via a preset (name) or via colors (members)."},
          "template": {"type": "string", "enum": ["one", "two", "any"]},
          "photos": {"type": "array", "items": {"type": "string"}, "description": "Number of photos varies by template: 'one' accepts only 1 photo, 'two' requires exactly 2 photos, all other templates accept 1-4 photos."},
          "picture_url": {"type": "string", "description": "Accepted formats: jpg, jpeg, png. Max 1 MB."},
          "clip_urls": {"type": "array", "items": {"type": "string"}, "description": "Supports MP4 and MOV."},
          "bounds": {"type": "string", "description": "Either low or high must be set, but not both."}
        }
        """;

    private const string Components = """
        "Size": {"type": "object", "required": ["width"], "properties": {"width": {"type": "integer"}, "height": {"type": "integer"}}},
        "Element": {"type": "object", "properties": {
          "image_url": {"type": "string", "description": "At most one of image_url and video_url can be given."},
          "video_url": {"type": "string", "description": "A request can only have one element with a video."},
          "duration": {"type": "number"}}},
        "Palette": {"type": "object", "properties": {"name": {"type": "string"}, "members": {"type": "array", "items": {"type": "string"}}}}
        """;

    private static readonly Lazy<(Generated Generated, Assembly Assembly)> _model = new(() =>
    {
        var generated = new Project([Documents.FalOpenApi("fal-ai/words", Input, schemas: "{" + Components + "}")]).Run();
        return (generated, generated.Load());
    });

    [Theory]
    [InlineData("""{"prompt":"123456789012345678901"}""", "prompt", ValidationRule.MaxLength)]
    [InlineData("""{"prompt":""}""", "prompt", ValidationRule.AtLeastOne)]
    [InlineData("""{"prompt":"a","story":"b","sketch_url":"https://example.com/a"}""", "story", ValidationRule.Documented)]
    [InlineData("""{"prompt":"a","picture_url":"data:image/webp;base64,UklGRjAwMDBXRUJQVlA4IDAwMDA="}""", "picture_url", ValidationRule.File)]
    [InlineData("""{"prompt":"a","mask_url":"https://example.com/a"}""", "mask_url", ValidationRule.Documented)]
    [InlineData("""{"prompt":"a","image_urls":["https://a.com/1","https://a.com/2","https://a.com/3","https://a.com/4"]}""", "image_urls", ValidationRule.MaxItems)]
    [InlineData("""{"prompt":"a","image_urls":["https://a.com/1","https://a.com/2","https://a.com/3"],"video_urls":["https://a.com/4","https://a.com/5"]}""", "image_urls", ValidationRule.Documented)]
    [InlineData("""{"prompt":"a","keywords":["123456"]}""", "keywords[0]", ValidationRule.MaxLength)]
    [InlineData("""{"prompt":"a","image_urls":["https://a.com/1"],"keywords":["1","2"]}""", "keywords", ValidationRule.Documented)]
    [InlineData("""{"story":"a","instrumental":true}""", "instrumental", ValidationRule.Documented)]
    [InlineData("""{"prompt":"a","mode":"pro"}""", "lyrics", ValidationRule.Documented)]
    [InlineData("""{"prompt":"a","resolution":"1080p","duration":"10"}""", "duration", ValidationRule.Documented)]
    [InlineData("""{"prompt":"a","seconds":11}""", "seconds", ValidationRule.Documented)]
    [InlineData("""{"prompt":"a","start":0.5,"end":0.4}""", "end", ValidationRule.Documented)]
    [InlineData("""{"prompt":"a","frames":16}""", "frames", ValidationRule.Documented)]
    [InlineData("""{"prompt":"a","steps":6}""", "steps", ValidationRule.MultipleOf)]
    [InlineData("""{"prompt":"a","strength":1}""", "strength", ValidationRule.Maximum)]
    [InlineData("""{"prompt":"a","left":1}""", "left", ValidationRule.Documented)]
    [InlineData("""{"prompt":"a","image_size":{"width":3000,"height":300}}""", "image_size", ValidationRule.Documented)]
    [InlineData("""{"prompt":"a","image_size":{"width":1025,"height":1024}}""", "image_size", ValidationRule.Documented)]
    [InlineData("""{"prompt":"a","image_size":{"width":400,"height":100}}""", "image_size", ValidationRule.Documented)]
    [InlineData("""{"prompt":"a","elements":[{"duration":5},{"duration":4.5}]}""", "elements", ValidationRule.Documented)]
    [InlineData("""{"prompt":"a","elements":[{"image_url":"https://a.com/1"},{"duration":4.5}]}""", "elements", ValidationRule.Documented)]
    [InlineData("""{"prompt":"a","elements":[{"video_url":"https://a.com/1"},{"video_url":"https://a.com/2"}]}""", "elements", ValidationRule.Documented)]
    [InlineData("""{"prompt":"a","elements":[{"image_url":"https://a.com/1","video_url":"https://a.com/2"}]}""", "elements[0].image_url", ValidationRule.Documented)]
    [InlineData("""{"prompt":"a","palette":{"name":"x","members":["y"]}}""", "palette", ValidationRule.Documented)]
    [InlineData("""{"prompt":"a","palette":{}}""", "palette", ValidationRule.Documented)]
    [InlineData("""{"prompt":"a","template":"two","photos":["a"]}""", "photos", ValidationRule.Documented)]
    [InlineData("""{"prompt":"a","template":"any","photos":["a","b","c","d","e"]}""", "photos", ValidationRule.Documented)]
    [InlineData("""{"prompt":"a","sketch_url":"data:image/png;base64,LARGE"}""", "sketch_url", ValidationRule.File)]
    public void A_request_that_breaks_a_rule_in_words_is_refused(string json, string path, ValidationRule rule)
    {
        json = json.Replace("LARGE", new string('A', 1_500_000), StringComparison.Ordinal);

        var issues = Validate(json).Issues;

        Assert.Equal((path, rule), (Assert.Single(issues.DistinctBy(issue => issue.Path)).Path, issues[0].Rule));
    }

    [Theory]
    [InlineData("""{"prompt":"a"}""")]
    [InlineData("""{"story":"a"}""")]
    [InlineData("""{"prompt":"a","story":"","sketch_url":"https://example.com/a"}""")]
    [InlineData("""{"prompt":"a","mask_url":"https://example.com/a","image_url":"https://example.com/b"}""")]
    [InlineData("""{"prompt":"a","image_urls":["https://a.com/1","https://a.com/2"],"keywords":["1","12345"]}""")]
    [InlineData("""{"prompt":"a","instrumental":true,"mode":"pro"}""")]
    [InlineData("""{"story":"a","instrumental":false}""")]
    [InlineData("""{"prompt":"a","mode":"pro","lyrics":"la"}""")]
    [InlineData("""{"prompt":"a","resolution":"1080p","duration":"8"}""")]
    [InlineData("""{"prompt":"a","duration":"10"}""")]
    [InlineData("""{"prompt":"a","seconds":11,"fps":30}""")]
    [InlineData("""{"prompt":"a","seconds":10}""")]
    [InlineData("""{"prompt":"a","start":0.5,"end":0.5,"frames":17,"steps":8,"strength":0.5,"left":1,"right":2}""")]
    [InlineData("""{"prompt":"a","image_size":{"width":900,"height":300}}""")]
    [InlineData("""{"prompt":"a","image_size":"square"}""")]
    [InlineData("""{"prompt":"a","elements":[{"image_url":"https://a.com/1","duration":4.5},{"image_url":"https://a.com/1","duration":4.5}]}""")]
    [InlineData("""{"prompt":"a","elements":[{"video_url":"https://a.com/1"},{"duration":1}]}""")]
    [InlineData("""{"prompt":"a","palette":{"name":"x"},"template":"two","photos":["a","b"]}""")]
    [InlineData("""{"prompt":"a","palette":{"members":["x"]},"photos":["a","b","c","d"],"bounds":"x"}""")]
    [InlineData("""{"prompt":"a","picture_url":"data:image/webp;base64,/9j/4AAQSkZJRgABAQAAAQ=="}""")]
    [InlineData("""{"prompt":"a","picture_url":"data:image/jpg;base64,UklGRjAwMDBXRUJQVlA4IDAwMDA="}""")]
    [InlineData("""{"prompt":"a","picture_url":"https://a.com/1.webp","clip_urls":["data:video/mp4;base64,AAAAIGZ0eXBpc29tAAACAA=="]}""")]
    public void A_request_that_breaks_none_is_valid(string json)
    {
        var result = Validate(json);

        Assert.Empty(result.Issues);
        Assert.Empty(result.Warnings);
    }

    [Theory]
    [InlineData("""{"prompt":"a","video_urls":["https://a.com/1","https://a.com/2","https://a.com/3"]}""", "video_urls", ValidationRule.MaxItems)]
    [InlineData("""{"prompt":"a","steps":64}""", "steps", ValidationRule.Maximum)]
    [InlineData("""{"prompt":"a","canvas_size":[1000,1000]}""", "canvas_size", ValidationRule.Documented)]
    [InlineData("""{"prompt":"a","clip_urls":["data:video/webm;base64,GkXfo59ChoEBQveBAULygQRC84EIQoKEd2VibQ=="]}""", "clip_urls[0]", ValidationRule.File)]
    public void Soft_words_are_warnings(string json, string path, ValidationRule rule)
    {
        var result = Validate(json);

        Assert.True(result.IsValid);
        Assert.Empty(result.Issues);
        var warning = Assert.Single(result.Warnings);
        Assert.Equal((path, rule, true), (warning.Path, warning.Rule, warning.IsWarning));
        result.ThrowIfInvalid();
    }

    [Fact]
    public void The_message_quotes_the_sentence()
    {
        var issue = Assert.Single(Validate("""{"prompt":"a","mask_url":"https://example.com/a"}""").Issues);

        Assert.Equal("mask_url: violates the documented rule \"Requires image_url.\"", issue.ToString());
    }

    [Fact]
    public void What_is_not_enforced_is_reported_at_its_line()
    {
        var document = Documents.FalOpenApi("fal-ai/words", Input, schemas: "{" + Components + "}");

        var diagnostic = Assert.Single(new Project([document]).Run().Diagnostics, diagnostic => diagnostic.Id == "ZT0112");

        Assert.Equal(DiagnosticSeverity.Info, diagnostic.Severity);
        Assert.Contains("'bounds'", diagnostic.GetMessage(), StringComparison.Ordinal);
        var start = diagnostic.Location.GetLineSpan().StartLinePosition;
        Assert.Equal(document.PlaceOf("Either low or high"), (start.Line + 1, start.Character + 1));
    }

    [Theory]
    [InlineData("The first words.\n  More of them. Either low\n  or high must be set, but not both.", "Either low")]
    [InlineData("Either low or high must be set, but not both.", "Either low")]
    public void What_a_page_says_is_reported_at_its_sentence(string description, string at)
    {
        var page = TestFiles.FalPage with { Text = TestFiles.FalPage.Text.Replace("\r", "", StringComparison.Ordinal) };
        var begin = page.Text.IndexOf("- **`prompt`**", StringComparison.Ordinal);
        var line = page.Text.IndexOf('\n', begin) + 1;
        var changed = page with { Text = page.Text[..line] + "  " + description + "\n" + page.Text[(page.Text.IndexOf('\n', line) + 1)..] };

        var diagnostic = Assert.Single(
            new Project([changed]).Run().Diagnostics, diagnostic => diagnostic.Id == "ZT0112" && diagnostic.GetMessage().Contains("low", StringComparison.Ordinal));

        var start = diagnostic.Location.GetLineSpan().StartLinePosition;
        Assert.Equal(changed.PlaceOf(at), (start.Line + 1, start.Character + 1));
    }

    [Theory]
    [InlineData("Some \\\"words\\\".\\nEither \\\"low\\\" or\\thigh must be set, but not both.", "Either \\\"low")]
    [InlineData("\\u0045ither low or high must be set, but not both.", "\"\\u0045ither")]
    public void What_JSON_says_is_reported_at_its_sentence(string description, string at)
    {
        var document = Documents.FalOpenApi("fal-ai/words", "{\"bounds\": {\"type\": \"string\",\n\"description\":\n\"" + description + "\"}}");

        var start = Assert.Single(new Project([document]).Run().Diagnostics, one => one.Id == "ZT0112").Location.GetLineSpan().StartLinePosition;

        Assert.Equal(document.PlaceOf(at), (start.Line + 1, start.Character + 1));
    }

    [Fact]
    public void Strict_rules_refuse_soft_words_and_warn_about_what_is_not_enforced()
    {
        var generated = new Project([Documents.FalOpenApi("fal-ai/words", Input, schemas: "{" + Components + "}") with { Rules = "Strict" }]).Run();

        var issue = Assert.Single(Validate("""{"prompt":"a","steps":64}""", generated.Load()).Issues);
        Assert.Equal(("steps", ValidationRule.Maximum), (issue.Path, issue.Rule));
        Assert.Equal(DiagnosticSeverity.Warning, Assert.Single(generated.Diagnostics, diagnostic => diagnostic.Id == "ZT0139").DefaultSeverity);
    }

    [Fact]
    public void Rules_can_be_turned_off()
    {
        var generated = new Project([Documents.FalOpenApi("fal-ai/words", Input, schemas: "{" + Components + "}") with { Rules = "off" }]).Run();

        Assert.True(Validate("""{"mask_url":"https://example.com/a","steps":7,"left":1}""", generated.Load()).IsValid);
        Assert.DoesNotContain(generated.Diagnostics, diagnostic => diagnostic.Id is "ZT0112" or "ZT0139");
    }

    [Fact]
    public void Another_mode_is_an_error()
    {
        var generated = new Project([Documents.FalOpenApi("fal-ai/words", Input, schemas: "{" + Components + "}") with { Rules = "some" }]).Run();

        Assert.Contains("'some'", Assert.Single(generated.Diagnostics, diagnostic => diagnostic.Id == "ZT0205").GetMessage(), StringComparison.Ordinal);
    }

    private static ValidationResult Validate(string json, Assembly? assembly = null) =>
        Generated.Endpoint(assembly ?? _model.Value.Assembly, "Demo.Models.Words").Validate(RawJson.Parse(json));
}
