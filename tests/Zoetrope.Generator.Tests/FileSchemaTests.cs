using System.Reflection;
using Zoetrope.Json;
using Zoetrope.Media;
using Zoetrope.Validation;

namespace Zoetrope.Generator.Tests;

/// <summary>Objects that look like the services' files, compiled and run: what they hold and what they must be counts, not their names alone.</summary>
public class FileSchemaTests
{
    private const string Schemas = """
        {
          "Track": {"type": "object", "required": ["url"], "properties": {"url": {"type": "string"}, "duration": {"type": "string"}, "channels": {"type": "string"}}},
          "Percent": {"type": "object", "required": ["url"], "properties": {"url": {"type": "string"}, "width": {"type": "string"}, "height": {"type": "number"}}},
          "Sized": {"type": "object", "required": ["url"], "properties": {"url": {"type": "string"}, "file_size": {"type": "string"}}},
          "Long": {"type": "object", "required": ["url"], "properties": {"url": {"type": "string"}, "duration": {"type": "object", "properties": {"seconds": {"type": "number"}}}}},
          "Strict": {"type": "object", "required": ["url", "width"], "properties": {"url": {"type": "string", "maxLength": 5},
            "width": {"type": "integer", "minimum": 10, "maximum": 20}, "height": {"type": "integer", "multipleOf": 8}}},
          "Plain": {"type": "object", "required": ["url"], "properties": {"url": {"type": "string", "format": "uri"}, "width": {"type": "integer", "nullable": true},
            "height": {"type": "integer"}, "file_size": {"anyOf": [{"type": "integer"}, {"type": "null"}]}, "content_type": {"type": "string"}}},
          "Sound": {"type": "object", "required": ["url"], "properties": {"url": {"type": "string"}, "duration": {"type": "integer"}, "bitrate": {"anyOf": [{"type": "string"}, {"type": "integer"}]}}}
        }
        """;

    private const string Members = """
        {"track": {"$ref": "#/components/schemas/Track"}, "percent": {"$ref": "#/components/schemas/Percent"}, "sized": {"$ref": "#/components/schemas/Sized"},
          "long": {"$ref": "#/components/schemas/Long"}, "strict": {"$ref": "#/components/schemas/Strict"}, "plain": {"$ref": "#/components/schemas/Plain"},
          "sound": {"$ref": "#/components/schemas/Sound"}}
        """;

    private static readonly Lazy<Assembly> _files =
        new(() => new Project([Documents.FalOpenApi("fal-ai/looks", Members, [], Schemas, Members)]).Run().Load());

    [Theory]
    [InlineData("Request", "Plain", typeof(ImageFile))]
    [InlineData("Request", "Sound", typeof(AudioFile))]
    [InlineData("Result", "Plain", typeof(ImageFile))]
    [InlineData("Result", "Strict", typeof(ImageFile))]
    [InlineData("Result", "Sound", typeof(AudioFile))]
    public void What_the_core_holds_and_checks_is_a_file(string type, string member, Type expected) => Assert.Equal(expected, TypeOf(type, member));

    [Theory]
    [InlineData("Request", "Track")]
    [InlineData("Request", "Percent")]
    [InlineData("Request", "Sized")]
    [InlineData("Request", "Long")]
    [InlineData("Request", "Strict")]
    [InlineData("Result", "Track")]
    [InlineData("Result", "Percent")]
    [InlineData("Result", "Sized")]
    [InlineData("Result", "Long")]
    public void What_it_does_not_is_an_object_of_its_own(string type, string member) =>
        Assert.StartsWith("Demo.Models.Looks+", TypeOf(type, member).FullName, StringComparison.Ordinal);

    [Theory]
    [InlineData("""{"track":{"url":"u","duration":"1:30","channels":"stereo"},"percent":{"url":"u","width":"100%","height":10.5},"sized":{"url":"u","file_size":"12 MB"}}""")]
    [InlineData("""{"long":{"url":"u","duration":{"seconds":1.5}},"strict":{"url":"u","width":10,"height":16},"plain":{"url":"u","width":1},"sound":{"url":"u","duration":2,"bitrate":"192k"}}""")]
    public void What_the_document_allows_is_valid_and_written_again(string json)
    {
        Assert.Empty(Generated.Endpoint(_files.Value, "Demo.Models.Looks").Validate(RawJson.Parse(json)).Issues);
        Assert.Equal(json, Generated.RoundTrip(_files.Value, "Demo.Models.Looks+Request", json));
        Assert.Equal(json, Generated.RoundTrip(_files.Value, "Demo.Models.Looks+Result", json));
    }

    [Theory]
    [InlineData("""{"strict":{"url":"u"}}""", "strict.width", ValidationRule.Required)]
    [InlineData("""{"strict":{"url":"longer","width":10}}""", "strict.url", ValidationRule.MaxLength)]
    [InlineData("""{"strict":{"url":"u","width":9}}""", "strict.width", ValidationRule.Minimum)]
    [InlineData("""{"strict":{"url":"u","width":10,"height":9}}""", "strict.height", ValidationRule.MultipleOf)]
    [InlineData("""{"track":{"url":"u","duration":1}}""", "track.duration", ValidationRule.Type)]
    public void No_rule_of_a_request_is_lost(string json, string path, ValidationRule rule)
    {
        var issue = Assert.Single(Generated.Endpoint(_files.Value, "Demo.Models.Looks").Validate(RawJson.Parse(json)).Issues);

        Assert.Equal((path, rule), (issue.Path, issue.Rule));
    }

    private static Type TypeOf(string type, string member) =>
        _files.Value.GetType("Demo.Models.Looks+" + type, throwOnError: true)!.GetProperty(member)!.PropertyType;
}
