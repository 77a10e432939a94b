using System.Reflection;
using Zoetrope.Json;
using Zoetrope.Models;
using Zoetrope.Validation;

namespace Zoetrope.Generator.Tests;

/// <summary>Members of requests that must be given and may be null, compiled and run.</summary>
public class RequiredNullTests
{
    private const string Input = """
        {
          "text": {"type": "string", "nullable": true, "maxLength": 3},
          "size": {"type": "integer", "nullable": true, "minimum": 1},
          "ratio": {"type": "number", "nullable": true},
          "loop": {"type": "boolean", "nullable": true},
          "seed": {"type": "integer", "nullable": true},
          "tone": {"type": "string", "nullable": true, "enum": ["warm", "cold"]},
          "tags": {"type": "array", "nullable": true, "items": {"type": "string"}},
          "names": {"type": "object", "nullable": true, "additionalProperties": {"type": "string"}},
          "spot": {"anyOf": [{"$ref": "#/components/schemas/Spot"}, {"type": "null"}]},
          "any": {"nullable": true},
          "choice": {"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}, {"type": "null"}]}
        }
        """;

    private const string Schemas = """{"Spot": {"type": "object", "required": ["x"], "properties": {"x": {"type": "integer", "nullable": true}}}}""";

    private const string Code = """
        #pragma warning disable CS1591 // It is test code.
        using Demo.Models;

        public static class Use
        {
            public static Needed.Request Nulls() => new()
            {
                Text = null, Size = null, Ratio = null, Loop = null, Seed = null, Tone = null, Tags = null, Names = null, Spot = null,
                Any = Zoetrope.Json.RawJson.Null, Choice = Zoetrope.Json.RawJson.Null,
            };

            public static Needed.Request Values() => new()
            {
                Text = "a", Size = 1, Ratio = 0.5, Loop = true, Seed = 2, Tone = Needed.Tone.Warm, Tags = new[] { "b" },
                Names = new System.Collections.Generic.Dictionary<string, string> { ["c"] = "d" }, Spot = new() { X = null }, Any = 5, Choice = "e",
            };
        }
        """;

    private const string Nulls =
        """{"text":null,"size":null,"ratio":null,"loop":null,"seed":null,"tone":null,"tags":null,"names":null,"spot":null,"any":null,"choice":null}""";

    private static readonly string[] Names = ["text", "size", "ratio", "loop", "seed", "tone", "tags", "names", "spot", "any", "choice"];

    private static readonly Lazy<Assembly> _assembly =
        new(() => new Project([Documents.FalOpenApi("fal-ai/needed", Input, Names, Schemas)], code: Code).Run().Load());

    [Fact]
    public void Null_is_given_and_sent()
    {
        var request = Use("Nulls");

        Assert.Equal(Nulls, Written(request));
        Assert.Empty(Validated(request).Issues);
    }

    [Fact]
    public void Values_are_sent_and_checked()
    {
        var request = Use("Values");

        Assert.Equal(
            """{"text":"a","size":1,"ratio":0.5,"loop":true,"seed":2,"tone":"warm","tags":["b"],"names":{"c":"d"},"spot":{"x":null},"any":5,"choice":"e"}""",
            Written(request));
        Assert.Empty(Validated(request).Issues);
        Assert.Equal("text", Assert.Single(Endpoint.Validate(RawJson.Parse(Nulls.Replace("\"text\":null", "\"text\":\"abcd\""))).Issues).Path);
    }

    [Theory]
    [InlineData(Nulls)]
    [InlineData("{}")]
    [InlineData("""{"text":5,"size":"x","tags":[null],"spot":{}}""")]
    [InlineData("""{"text":"a","size":2,"spot":{"x":3},"more":null}""")]
    public void What_is_read_is_written_as_it_came(string json) => Assert.Equal(json, Generated.RoundTrip(_assembly.Value, "Demo.Models.Needed+Request", json));

    [Fact]
    public void What_is_missing_in_JSON_is_reported_although_it_may_be_null()
    {
        var issues = Endpoint.Validate(RawJson.Parse("""{"text":null,"size":"x","spot":{}}""")).Issues;

        Assert.Equal(("size", ValidationRule.Type), (issues[0].Path, issues[0].Rule));
        Assert.Equal(Names.Except(["text", "size", "spot"]).Append("spot.x").Order(), issues.Skip(1).Select(issue => issue.Path).Order());
        Assert.All(issues.Skip(1), issue => Assert.Equal(ValidationRule.Required, issue.Rule));
    }

    [Fact]
    public void A_value_that_is_set_after_reading_counts()
    {
        var request = Generated.Read(_assembly.Value, "Demo.Models.Needed+Request", "{}");
        request.GetType().GetProperty("Text")!.SetValue(request, "a");

        Assert.DoesNotContain("text", Validated(request).Issues.Select(issue => issue.Path));
        Assert.Equal("""{"text":"a"}""", Written(request));
    }

    private static ModelEndpoint Endpoint => Generated.Endpoint(_assembly.Value, "Demo.Models.Needed");

    private static object Use(string method) => _assembly.Value.GetType("Use", throwOnError: true)!.GetMethod(method)!.Invoke(null, null)!;

    private static ValidationResult Validated(object request)
    {
        var context = new ValidationContext();
        ((IValidatable)request).Validate(ref context);
        return context.ToResult();
    }

    private static string Written(object model) => typeof(RawJson).GetMethod("From")!.MakeGenericMethod(model.GetType()).Invoke(null, [model])!.ToString()!;
}
