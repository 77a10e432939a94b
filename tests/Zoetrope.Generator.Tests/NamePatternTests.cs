using System.Reflection;
using Zoetrope.Json;
using Zoetrope.Validation;

namespace Zoetrope.Generator.Tests;

/// <summary>Objects whose members are described by patterns of their names, compiled and run.</summary>
public class NamePatternTests
{
    private const string Input = """
        {
          "mixed": {"type": "object", "patternProperties": {"^n_": {"type": "integer"}}, "additionalProperties": {"type": "string"}},
          "open": {"type": "object", "patternProperties": {"^x-": {"type": "integer"}}},
          "stated": {"type": "object", "patternProperties": {"^x-": {"type": "integer"}}, "additionalProperties": true},
          "closed": {"type": "object", "patternProperties": {"^x-": {"type": "integer", "maximum": 9}}, "additionalProperties": false},
          "same": {"type": "object", "patternProperties": {"^x-": {"type": "integer", "maximum": 9}}, "additionalProperties": {"type": "integer", "minimum": 100}}
        }
        """;

    private static readonly Lazy<Assembly> _patterns = new(() => new Project([Documents.FalOpenApi("fal-ai/patterns", Input)]).Run().Load());

    [Theory]
    [InlineData("""{"mixed":{"n_a":1,"b":"c"}}""")]
    [InlineData("""{"open":{"x-a":1,"name":"foo"},"stated":{"x-a":1,"name":["foo"]}}""")]
    [InlineData("""{"closed":{"x-a":9},"same":{"x-a":9,"b":100}}""")]
    public void What_the_document_allows_is_valid_and_written_again(string json)
    {
        Assert.Empty(Generated.Endpoint(_patterns.Value, "Demo.Models.Patterns").Validate(RawJson.Parse(json)).Issues);
        Assert.Equal(json, Generated.RoundTrip(_patterns.Value, "Demo.Models.Patterns+Request", json));
    }

    [Theory]
    [InlineData("""{"mixed":[]}""", "mixed", ValidationRule.Type)]
    [InlineData("""{"open":"a"}""", "open", ValidationRule.Type)]
    [InlineData("""{"closed":{"x-a":"b"}}""", "closed", ValidationRule.Type)]
    [InlineData("""{"closed":{"x-a":10}}""", "closed[\"x-a\"]", ValidationRule.Maximum)]
    [InlineData("""{"same":{"b":"c"}}""", "same", ValidationRule.Type)]
    public void What_no_member_may_be_is_refused(string json, string path, ValidationRule rule)
    {
        var issue = Assert.Single(Generated.Endpoint(_patterns.Value, "Demo.Models.Patterns").Validate(RawJson.Parse(json)).Issues);

        Assert.Equal((path, rule), (issue.Path, issue.Rule));
    }
}
