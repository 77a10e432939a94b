using System.Reflection;
using Zoetrope.Json;
using Zoetrope.Validation;

namespace Zoetrope.Generator.Tests;

/// <summary>Texts that are not valid Unicode are reported wherever they are in a request, before anything is sent; compiled and run.</summary>
public class UnicodeTests
{
    private const string Input = """
        {
          "plain": {"type": "string"},
          "short": {"type": "string", "maxLength": 50},
          "picture_url": {"type": "string"},
          "kind": {"type": "string", "enum": ["a", "b"]},
          "style": {"anyOf": [{"type": "string", "enum": ["Anime"]}, {"type": "string"}]},
          "tags": {"type": "array", "items": {"type": "string"}},
          "styles": {"type": "array", "items": {"anyOf": [{"type": "string", "enum": ["Anime"]}, {"type": "string"}]}},
          "rows": {"type": "array", "items": {"type": "array", "items": {"type": "string"}}},
          "names": {"type": "object", "additionalProperties": {"type": "string"}},
          "counts": {"type": "object", "additionalProperties": {"type": "integer"}},
          "choice": {"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]},
          "inner": {"$ref": "#/components/schemas/Inner"},
          "image": {"$ref": "#/components/schemas/Image"},
          "prompt": {"type": "string"}
        }
        """;

    private const string Schemas = """
        {
          "Inner": {"type": "object", "properties": {"text": {"type": "string"}}},
          "Image": {"type": "object", "required": ["url"], "properties": {"url": {"type": "string"}, "width": {"type": "integer"}, "height": {"type": "integer"}}}
        }
        """;

    private const string Code = """
        #pragma warning disable CS1591 // It is test code.
        using System.Collections.Generic;
        using Demo.Models;

        public static class Use
        {
            public static Texts.Request With(string where, string text)
            {
                var request = new Texts.Request { Prompt = where == "prompt" ? text : "p" };
                switch (where)
                {
                    case "plain": request.Plain = text; break;
                    case "short": request.Short = text; break;
                    case "kind": request.Kind = text; break;
                    case "style": request.Style = text; break;
                    case "tags[1]": request.Tags = new[] { "a", text }; break;
                    case "styles[0]": request.Styles = new Texts.Style[] { text }; break;
                    case "rows[1][0]": request.Rows = new[] { new[] { "a" }, new[] { text } }; break;
                    case "names[\"k\"]": request.Names = new Dictionary<string, string> { ["k"] = text }; break;
                    case "names": request.Names = new Dictionary<string, string> { [text] = "v" }; break;
                    case "counts": request.Counts = new Dictionary<string, long> { [text] = 1 }; break;
                    case "choice": request.Choice = text; break;
                    case "choice[0]": request.Choice = Texts.Choice.From(new[] { text }); break;
                    case "inner.text": request.Inner = new() { Text = text }; break;
                    case "image.url": request.Image = new() { Url = text }; break;
                    case "image.file_name": request.Image = new() { Url = "https://a.test/b", FileName = text }; break;
                    case "extra": request.ExtraProperties[text] = 1; break;
                }
                return request;
            }
        }
        """;

    private static readonly Lazy<Assembly> _assembly =
        new(() => new Project([Documents.FalOpenApi("fal-ai/texts", Input, ["prompt"], Schemas)], code: Code).Run().Load());

    [Theory]
    [InlineData("prompt")]
    [InlineData("plain")]
    [InlineData("short")]
    [InlineData("style")]
    [InlineData("tags[1]")]
    [InlineData("styles[0]")]
    [InlineData("rows[1][0]")]
    [InlineData("names[\"k\"]")]
    [InlineData("names")]
    [InlineData("counts")]
    [InlineData("choice")]
    [InlineData("choice[0]")]
    [InlineData("inner.text")]
    [InlineData("image.url")]
    [InlineData("image.file_name")]
    public void Half_a_surrogate_pair_is_reported_with_its_path(string where)
    {
        foreach (var text in new[] { "😀\ud83d", "\ude00", "a\ud83da", "😀\ude00\ud83d" })
        {
            var issue = Assert.Single(Validated(where, text).Issues);
            Assert.Equal((where, ValidationRule.Unicode), (issue.Path, issue.Rule));
            Assert.Contains("an unpaired surrogate", issue.ToString());
        }
        Assert.Empty(Validated(where, "😀é").Issues);
    }

    [Fact]
    public void Of_an_enum_it_is_not_a_known_value() => Assert.Equal(ValidationRule.Enum, Assert.Single(Validated("kind", "\ud83d").Issues).Rule);

    [Fact]
    public void The_name_of_an_undeclared_parameter_is_reported_too() =>
        Assert.Equal(ValidationRule.Unicode, Assert.Single(Validated("extra", "x\ud83d").Issues).Rule);

    [Fact]
    public void Raw_JSON_keeps_it_as_an_escape()
    {
        RawJson raw = "\"é\n\ud83d😀\ude00";

        Assert.Equal("""
            "\"é\n\ud83d
            """ + "😀" + """
            \ude00"
            """, raw.ToString().Replace("\\uD83D\\uDE00", "😀"));
        Assert.Null(raw.AsString());
    }

    private static ValidationResult Validated(string where, string text)
    {
        var request = _assembly.Value.GetType("Use", throwOnError: true)!.GetMethod("With")!.Invoke(null, [where, text])!;
        var context = new ValidationContext();
        ((IValidatable)request).Validate(ref context);
        return context.ToResult();
    }
}
