using System.Globalization;
using System.Reflection;
using System.Text;
using Zoetrope.Json;
using Zoetrope.Specs;
using Zoetrope.Specs.Rules;
using Zoetrope.Validation;

namespace Zoetrope.Generator.Tests;

/// <summary>
/// What counts as given, and what an absent value means, in rules that descriptions state in words: where a document leaves it open, the request is valid. The
/// evaluator, which decides what is enforced and what a simulator refuses, has the same opinion.
/// </summary>
public class WordedValueTests
{
    private const string Input = """
        {
          "prompt": {"type": "string", "description": "Minimum 10 characters."},
          "audio_url": {"type": "string"},
          "instrumental": {"type": "boolean", "default": true, "description": "Cannot be used with audio_url."},
          "looped": {"type": "boolean", "default": false, "description": "Cannot be used with audio_url."},
          "seed": {"type": "integer", "default": 7, "description": "Cannot be used with audio_url."},
          "guidance": {"type": "number", "description": "Cannot be used with audio_url."},
          "style": {"type": "string", "enum": ["none", "wide"], "description": "Cannot be used with audio_url."},
          "motion": {"type": "string", "enum": ["auto", "fast", "slow"], "default": "slow", "description": "Requires audio_url."},
          "bright": {"type": "boolean", "default": true, "description": "Can only be used with audio_url."},
          "resolution": {"type": "string", "enum": ["720p", "1080p"]},
          "duration": {"type": "string", "enum": ["5", "8", "10"], "description": "1080p videos are limited to 5 or 8 seconds"},
          "mode": {"type": "string", "enum": ["fast", "pro"], "description": "When resolution is 1080p, mode must be pro."},
          "fps": {"type": "integer", "default": 25},
          "seconds": {"type": "integer", "description": "Values greater than 10 are only supported with 30 FPS."},
          "loud": {"type": "boolean"},
          "lyrics": {"type": "string", "description": "Required when `loud` is provided."},
          "script": {"type": "string", "description": "Required when `loud` is false."},
          "draft": {"type": "boolean", "description": "Exactly one of `draft` and sketch_url must be set."},
          "sketch_url": {"type": "string"},
          "upscale": {"type": "boolean", "description": "Either `upscale` or scale_url must be provided."},
          "scale_url": {"type": "string"},
          "left": {"type": "integer", "description": "`left` and `right` must be provided together."},
          "right": {"type": "integer"},
          "image_urls": {"type": "array", "items": {"type": "string"}, "description": "The combined number of image_urls and video_urls must not exceed 3."},
          "video_urls": {"type": "array", "items": {"type": "string"}},
          "keywords": {"type": "array", "items": {"type": "string"}, "description": "Must match the length of image_urls."},
          "template": {"type": "string", "enum": ["one", "two", "any"]},
          "photos": {"type": "array", "items": {"type": "string"}, "description": "Number of photos varies by template: 'one' accepts only 1 photo, 'two' requires exactly 2 photos, all other templates accept 1-3 photos."},
          "elements": {"type": "array", "items": {"$ref": "#/components/schemas/Element"},
            "description": "Total duration of all elements must not exceed 25 seconds. When providing a preview, all elements must have a preview."},
          "title": {"type": "string", "description": "Max 3000000000 characters."},
          "start": {"type": "number"},
          "end": {"type": "number", "description": "Must be >= `start`."},
          "frames": {"type": "integer", "description": "Must satisfy frames % 8 == 1."},
          "strength": {"type": "number", "description": "Must be between 0 and 1 (exclusive)."},
          "image_size": {"$ref": "#/components/schemas/Size",
            "description": "Width and height must be between 64 and 2048. The total number of pixels must not exceed 1024x1024. The aspect ratio must be between 1:3 and 3:1."}
        }
        """;

    private const string Components = """
        {
          "Size": {"type": "object", "properties": {"width": {"type": "integer"}, "height": {"type": "integer"}}},
          "Element": {"type": "object", "properties": {
            "preview": {"type": "boolean"},
            "video_url": {"type": "string", "description": "A request can only have one element with a video."},
            "duration": {"type": "number"}}}
        }
        """;

    // Keeps to the rules that are about what is missing, and to which each case adds.
    private const string Rest = "\"sketch_url\":\"https://a.com/s\",\"scale_url\":\"https://a.com/u\"";

    private static readonly string[] _names = ["'instrumental'", "'bright'", "'title'"];

    private static readonly Spec _document = Documents.FalOpenApi("fal-ai/words", Input, schemas: Components);

    private static readonly Lazy<(Generated Generated, Assembly Assembly)> _model = new(() =>
    {
        var generated = new Project([_document]).Run();
        return (generated, generated.Load());
    });

    private static readonly Lazy<IReadOnlyList<Specs.Model.ParameterRule>> _rules = new(() =>
        RuleReader.RulesOf(SpecReader.Read(_document.Text).Document!.Endpoint!));

    [Theory]
    [InlineData("\"looped\":true,\"audio_url\":\"https://a.com/a\"", "looped")]
    [InlineData("\"seed\":8,\"audio_url\":\"https://a.com/a\"", "seed")]
    [InlineData("\"guidance\":0.5,\"audio_url\":\"https://a.com/a\"", "guidance")]
    [InlineData("\"style\":\"wide\",\"audio_url\":\"https://a.com/a\"", "style")]
    [InlineData("\"motion\":\"fast\"", "motion")]
    [InlineData("\"resolution\":\"1080p\",\"duration\":\"10\"", "duration")]
    [InlineData("\"resolution\":\"1080p\",\"mode\":\"fast\"", "mode")]
    [InlineData("\"seconds\":11", "seconds")]
    [InlineData("\"loud\":true", "lyrics")]
    [InlineData("\"loud\":false", "script")]
    [InlineData("\"draft\":true", "draft")]
    [InlineData("\"left\":1", "left")]
    [InlineData("\"keywords\":[\"a\"],\"image_urls\":[\"https://a.com/1\",\"https://a.com/2\"]", "keywords")]
    [InlineData("\"template\":\"any\",\"photos\":[\"a\",\"b\",\"c\",\"d\"]", "photos")]
    [InlineData("\"template\":\"two\",\"photos\":[\"a\"]", "photos")]
    [InlineData("\"elements\":[{\"duration\":14.3},{\"duration\":10.8}]", "elements")]
    [InlineData("\"elements\":[{\"preview\":true},{}]", "elements")]
    [InlineData("\"prompt\":\"short\"", "prompt")]
    public void What_surely_breaks_a_rule_is_refused(string members, string path)
    {
        var json = "{" + Rest + "," + members + "}";

        Assert.Equal([path], Validate(json).Issues.Select(issue => issue.Path));
        Assert.True(IsBroken(json));
    }

    [Theory]
    // A flag that is on by default: neither reading of it is sure.
    [InlineData("\"instrumental\":false,\"audio_url\":\"https://a.com/a\"")]
    [InlineData("\"instrumental\":true,\"audio_url\":\"https://a.com/a\"")]
    [InlineData("\"bright\":true")]
    [InlineData("\"bright\":false")]
    [InlineData("")]
    // What is off, zero, empty, the default or listed as none is not given.
    [InlineData("\"looped\":false,\"audio_url\":\"https://a.com/a\"")]
    [InlineData("\"seed\":7,\"audio_url\":\"https://a.com/a\"")]
    [InlineData("\"seed\":0,\"guidance\":0.0,\"audio_url\":\"https://a.com/a\"")]
    [InlineData("\"style\":\"none\",\"audio_url\":\"https://a.com/a\"")]
    [InlineData("\"motion\":\"auto\"")]
    [InlineData("\"motion\":\"slow\"")]
    [InlineData("\"draft\":false")]
    // The service may have a default that is right.
    [InlineData("\"resolution\":\"1080p\"")]
    [InlineData("\"resolution\":\"1080p\",\"duration\":\"8\",\"mode\":\"pro\"")]
    [InlineData("\"duration\":\"10\",\"mode\":\"fast\"")]
    [InlineData("\"photos\":[\"a\",\"b\",\"c\",\"d\"]")]
    [InlineData("\"loud\":false,\"script\":\"x\"")]
    // What is missing is empty in any reading.
    [InlineData("\"left\":0,\"right\":0")]
    [InlineData("\"left\":0")]
    // Limits of what may be left out are not about what is empty.
    [InlineData("\"prompt\":\"\"")]
    [InlineData("\"keywords\":[],\"image_urls\":[\"https://a.com/1\"]")]
    [InlineData("\"keywords\":[\"a\"],\"image_urls\":[]")]
    [InlineData("\"template\":\"two\",\"photos\":[]")]
    [InlineData("\"elements\":[{\"duration\":14.3},{\"duration\":5.4},{\"duration\":5.3}]")]
    [InlineData("\"elements\":[{\"preview\":true},{\"preview\":false}]")]
    [InlineData("\"elements\":[{\"preview\":false},{}]")]
    [InlineData("\"title\":\"a\"")]
    public void What_a_document_leaves_open_is_valid(string members)
    {
        var json = "{" + Rest + (members.Length > 0 ? "," : "") + members + "}";

        Assert.Empty(Validate(json).Issues);
        Assert.False(IsBroken(json));
    }

    [Theory]
    [InlineData("""{"draft":false,"scale_url":"https://a.com/u"}""", "")]
    [InlineData("""{"sketch_url":"https://a.com/s","upscale":false}""", "")]
    [InlineData("""{"scale_url":"https://a.com/u"}""", "draft")]
    [InlineData("""{"sketch_url":"","scale_url":"https://a.com/u"}""", "draft")]
    [InlineData("""{"sketch_url":"https://a.com/s"}""", "upscale")]
    public void Whatever_is_not_empty_is_there_where_it_is_asked_for(string json, string path)
    {
        Assert.Equal(path, string.Join(",", Validate(json).Issues.Select(issue => issue.Path)));
        Assert.Equal(path.Length > 0, IsBroken(json));
    }

    [Fact]
    public void The_rules_of_a_flag_that_is_on_by_default_and_a_limit_beyond_any_text_are_reported()
    {
        var messages = _model.Value.Generated.Diagnostics.Where(one => one.Id == "ZT0112").Select(one => one.GetMessage(CultureInfo.InvariantCulture)).ToList();

        Assert.True(messages.Count == _names.Length, string.Join("\n", messages));
        Assert.All(_names, name => Assert.Contains(messages, one => one.Contains(name, StringComparison.Ordinal)));
        Assert.Contains(messages, one => one.Contains("on by default", StringComparison.Ordinal));
    }

    [Fact]
    public void A_limit_that_no_type_holds_refuses_nothing()
    {
        const string Members = """
            {
              "notes": {"type": "string", "description": "At least 3000000000 characters."},
              "images": {"type": "array", "items": {"type": "string"}, "description": "Max 3000000000 images. Must match the length of notes_list."},
              "notes_list": {"type": "array", "items": {"type": "string"}, "description": "Max 3000000000 characters each."},
              "steps": {"type": "integer", "description": "Must be a multiple of 0.5."},
              "total": {"type": "integer", "description": "Must satisfy total % 99999999999999999999 == 1."},
              "fps": {"type": "integer"},
              "seconds": {"type": "integer", "description": "Values greater than 99999999999999999999 are only supported with 30 FPS."},
              "duration": {"type": "string", "enum": ["5", "8"], "description": "Durations longer than 50 seconds are only supported with 30 FPS."},
              "image_size": {"$ref": "#/components/schemas/Size", "description": "Both dimensions must be at least 99999999999999999999 pixels."}
            }
            """;
        var assembly = new Project([Documents.FalOpenApi("fal-ai/words", Members, ["images", "notes"], Components)]).Run().Load();
        var request = RawJson.Parse(
            """{"notes":"a","images":["a"],"notes_list":["a"],"steps":3,"total":5,"fps":1,"seconds":9,"duration":"8","image_size":{"width":1,"height":1}}""");

        Assert.Empty(Generated.Endpoint(assembly, "Demo.Models.Words").Validate(request).Issues);
    }

    [Fact]
    public void The_least_length_of_what_is_required_applies_to_what_is_empty()
    {
        var assembly = new Project([Documents.FalOpenApi("fal-ai/words", """
            {
              "prompt": {"type": "string", "description": "Minimum 10 characters."},
              "images": {"type": "array", "items": {"type": "string"}, "description": "At least 2 images are required."}
            }
            """, ["prompt", "images"])]).Run().Load();

        var issues = Generated.Endpoint(assembly, "Demo.Models.Words").Validate(RawJson.Parse("""{"prompt":"","images":[]}""")).Issues;

        Assert.Equal([("prompt", ValidationRule.MinLength), ("images", ValidationRule.MinItems)], issues.Select(issue => (issue.Path, issue.Rule)));
    }

    [Fact]
    public void The_evaluator_and_the_validator_agree()
    {
        var random = new Random(20261129);
        var (valid, refused) = (0, 0);
        for (var i = 0; i < 4000; i++)
        {
            var json = Request(random);

            var issues = Validate(json).Issues;

            var broken = _rules.Value.Where(rule => RuleEvaluator.IsBroken(rule, json)).Select(rule => rule.Formula).ToList();
            Assert.True(issues.Count > 0 == broken.Count > 0, $"{json}\nvalidator: {string.Join("; ", issues)}\nevaluator: {string.Join("; ", broken)}");
            if (issues.Count > 0)
                refused++;
            else
                valid++;
        }
        Assert.True(valid > 400 && refused > 400, $"{valid} valid, {refused} refused");
    }

    /// <summary>A request with few members of values that rules may or may not mean.</summary>
    private static string Request(Random random)
    {
        var names = Values.Keys.ToArray();
        random.Shuffle(names);
        var text = new StringBuilder();
        foreach (var name in names.Take(random.Next(1, 6)))
            text.Append(CultureInfo.InvariantCulture, $",\"{name}\":{Values[name][random.Next(Values[name].Length)]}");
        return "{" + (random.Next(8) == 0 ? "\"upscale\":" + (random.Next(2) == 0 ? "true" : "false") : Rest) + text + "}";
    }

    private static readonly Dictionary<string, string[]> Values = new()
    {
        ["prompt"] = ["\"\"", "\"short\"", "\"long enough\"", "\"\\ud83d\\ude00 nine..\""],
        ["audio_url"] = ["\"https://a.com/a\""],
        ["instrumental"] = ["true", "false"],
        ["looped"] = ["true", "false"],
        ["seed"] = ["0", "7", "8", "7.0"],
        ["guidance"] = ["0", "0.0", "-0.0", "0.5"],
        ["style"] = ["\"none\"", "\"wide\""],
        ["motion"] = ["\"auto\"", "\"fast\"", "\"slow\""],
        ["bright"] = ["true", "false"],
        ["resolution"] = ["\"720p\"", "\"1080p\""],
        ["duration"] = ["\"5\"", "\"8\"", "\"10\""],
        ["mode"] = ["\"fast\"", "\"pro\""],
        ["fps"] = ["25", "30", "30.0"],
        ["seconds"] = ["10", "11"],
        ["loud"] = ["true", "false"],
        ["lyrics"] = ["\"\"", "\"la\""],
        ["script"] = ["\"\"", "\"x\""],
        ["draft"] = ["true", "false"],
        ["left"] = ["0", "1"],
        ["right"] = ["0", "1"],
        ["image_urls"] = ["[]", "[\"https://a.com/1\"]", "[\"https://a.com/1\",\"https://a.com/2\"]"],
        ["video_urls"] = ["[]", "[\"https://a.com/3\",\"https://a.com/4\"]"],
        ["keywords"] = ["[]", "[\"a\"]", "[\"a\",\"b\"]"],
        ["template"] = ["\"one\"", "\"two\"", "\"any\""],
        ["photos"] = ["[]", "[\"a\"]", "[\"a\",\"b\"]", "[\"a\",\"b\",\"c\",\"d\"]"],
        ["elements"] =
        [
            "[]", "[{}]", "[{\"preview\":true},{\"preview\":false}]", "[{\"preview\":true},{}]", "[{\"duration\":14.3},{\"duration\":5.4},{\"duration\":5.3}]",
            "[{\"duration\":25},{\"duration\":0.001}]", "[{\"video_url\":\"https://a.com/1\"},{}]",
            "[{\"video_url\":\"https://a.com/1\"},{\"video_url\":\"https://a.com/2\"}]",
        ],
        ["title"] = ["\"\"", "\"a\""],
        ["start"] = ["0", "0.5"],
        ["end"] = ["0", "0.5", "1e300"],
        ["frames"] = ["9", "16", "0"],
        ["strength"] = ["0", "0.5", "1", "1e300"],
        ["image_size"] =
        [
            "{}", "{\"width\":100}", "{\"width\":64,\"height\":64}", "{\"width\":63,\"height\":64}", "{\"width\":300,\"height\":100}",
            "{\"width\":301,\"height\":100}", "{\"width\":1024,\"height\":1024}", "{\"width\":1025,\"height\":1024}",
            "{\"width\":4000000000000000000,\"height\":4000000000000000000}",
        ],
    };

    private static bool IsBroken(string json) => _rules.Value.Any(rule => RuleEvaluator.IsBroken(rule, json));

    private static ValidationResult Validate(string json) =>
        Generated.Endpoint(_model.Value.Assembly, "Demo.Models.Words").Validate(RawJson.Parse(json));
}
