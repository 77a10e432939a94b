using System.Reflection;
using Zoetrope.Json;
using Zoetrope.Validation;

namespace Zoetrope.Generator.Tests;

/// <summary>Limits that few documents have, compiled and run.</summary>
public class LimitTests
{
    private const string Input = """
        {
          "speaker": {"type": "string", "pattern": "^\\w+$"},
          "code": {"type": "string", "pattern": "^[a-z]{2}-\\d+(?:/.)?$"},
          "part": {"type": "string", "pattern": "b+"},
          "slow": {"type": "string", "pattern": "^(a+)+$"},
          "letters": {"type": "string", "pattern": "^\\p{Script=Greek}+$"},
          "broken": {"type": "string", "pattern": "(["},
          "steps": {"type": "integer", "multipleOf": 8, "exclusiveMinimum": 8, "exclusiveMaximum": 32},
          "half": {"type": "integer", "multipleOf": 0.5},
          "odd": {"type": "integer", "multipleOf": 1.5},
          "ratio": {"type": "number", "multipleOf": 0.05},
          "rate": {"type": "number", "enum": [0.5, 1, 1.0, 2.5e1]},
          "tags": {"type": "array", "uniqueItems": true, "items": {"type": "string"}},
          "numbers": {"type": "array", "uniqueItems": true, "items": {"type": "integer"}},
          "objects": {"type": "array", "uniqueItems": true, "items": {"type": "object", "properties": {"a": {"type": "string"}}}},
          "codes": {"type": "array", "items": {"type": "string", "pattern": "^x"}},
          "either": {"anyOf": [{"type": "string", "pattern": "^x"}, {"type": "integer", "multipleOf": 5}]}
        }
        """;

    private static readonly Lazy<(Generated Generated, Assembly Assembly)> _forms = new(() =>
    {
        var generated = new Project([Documents.FalOpenApi("fal-ai/limits", Input)]).Run();
        return (generated, generated.Load());
    });

    [Theory]
    [InlineData("""{"speaker":"a b"}""", "speaker", ValidationRule.Pattern)]
    [InlineData("""{"speaker":"a\n"}""", "speaker", ValidationRule.Pattern)]
    [InlineData("""{"speaker":"é"}""", "speaker", ValidationRule.Pattern)]
    [InlineData("""{"code":"abc-1"}""", "code", ValidationRule.Pattern)]
    [InlineData("""{"code":"ab-1/\u2028"}""", "code", ValidationRule.Pattern)]
    [InlineData("""{"part":"aca"}""", "part", ValidationRule.Pattern)]
    [InlineData("""{"codes":["x","y"]}""", "codes[1]", ValidationRule.Pattern)]
    [InlineData("""{"either":"y"}""", "either", ValidationRule.Pattern)]
    [InlineData("""{"either":6}""", "either", ValidationRule.MultipleOf)]
    [InlineData("""{"steps":17}""", "steps", ValidationRule.MultipleOf)]
    [InlineData("""{"odd":4}""", "odd", ValidationRule.MultipleOf)]
    [InlineData("""{"steps":8}""", "steps", ValidationRule.Minimum)]
    [InlineData("""{"steps":32}""", "steps", ValidationRule.Maximum)]
    [InlineData("""{"ratio":0.151}""", "ratio", ValidationRule.MultipleOf)]
    [InlineData("""{"rate":2}""", "rate", ValidationRule.Enum)]
    [InlineData("""{"tags":["a","b","a"]}""", "tags", ValidationRule.UniqueItems)]
    [InlineData("""{"numbers":[1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,1.0]}""", "numbers", ValidationRule.UniqueItems)]
    public void Each_limit_is_checked(string json, string path, ValidationRule rule)
    {
        var issue = Assert.Single(Generated.Endpoint(_forms.Value.Assembly, "Demo.Models.Limits").Validate(RawJson.Parse(json)).Issues);

        Assert.Equal((path, rule), (issue.Path, issue.Rule));
    }

    [Theory]
    [InlineData("""{"speaker":"a_1","code":"ab-1/x","part":"abba","letters":"1","broken":"x","steps":16,"half":3,"odd":6,"ratio":0.15,"rate":25}""")]
    [InlineData("""{"tags":["a","A"],"numbers":[1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18],"objects":[{"a":"x"},{"a":"x"}],"codes":["x"],"either":10,"rate":1,"ratio":-0.3}""")]
    [InlineData("""{"slow":"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!"}""")]
    public void What_is_inside_the_limits_or_cannot_be_computed_is_valid(string json) =>
        Assert.Empty(Generated.Endpoint(_forms.Value.Assembly, "Demo.Models.Limits").Validate(RawJson.Parse(json)).Issues);

    [Fact]
    public void Limits_that_are_not_checked_are_reported() => Assert.Equal(
        ["broken", "letters", "objects"],
        _forms.Value.Generated.Diagnostics.Where(diagnostic => diagnostic.Id == "ZT0118").Select(diagnostic => diagnostic.GetMessage().Split('\'')[1]).Order());
}
