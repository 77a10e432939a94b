using System.Text.RegularExpressions;

namespace Zoetrope.Generator.Tests;

/// <summary>What generated members say of themselves.</summary>
public class DocumentationTests
{
    private const string Long =
        "The first sentence of a text that goes on for a long time and names what the service does with it. Then it lists the exceptions, which users have to know about, and shows <tags> & more. The end.";

    private static readonly string _oneSentence = $"Height{string.Concat(Enumerable.Repeat(" and", 60))} width.";

    private static readonly string _source = Generate();

    [Fact]
    public void Prose_that_is_cut_after_a_sentence_continues_in_the_remarks()
    {
        Assert.Contains("/// <summary>The first sentence of a text that goes on for a long time and names what the service does with it.</summary>\n", _source);
        const string Remarks = "/// <remarks>Then it lists the exceptions, which users have to know about, and shows &lt;tags&gt; &amp; more. The end.</remarks>";
        Assert.Matches(Regex.Escape(Remarks) + @"\s+public string\? Prompt", _source);
        Assert.Matches(Regex.Escape(Remarks) + @"\s+\[[^\n]+\n\s+public readonly partial struct Mode", _source);
    }

    [Fact]
    public void Prose_that_is_cut_within_a_sentence_is_whole_in_the_remarks()
    {
        Assert.Matches("/// <summary>Height and( and)+…</summary>\n", _source);
        Assert.Contains($"/// <remarks>{_oneSentence}</remarks>\n", _source);
    }

    [Fact]
    public void Prose_that_is_not_cut_has_no_remarks() => Assert.Matches(@"<summary>Short\.</summary>\s+public long\? Width", _source);

    [Fact]
    public void Requests_results_and_what_they_hold_say_what_they_are()
    {
        Assert.Contains("/// <summary>The input of fal-ai/documented.</summary>\n    [", _source);
        Assert.Contains("/// <summary>The result of fal-ai/documented.</summary>\n    [", _source);
        Assert.Contains("/// <summary>An input with 'width' and 'height'.</summary>\n    [", _source);
        Assert.DoesNotContain("put of the model.", _source);
    }

    [Fact]
    public void A_model_on_the_client_says_what_it_is_and_where_its_page_is() => Assert.Contains(
        "/// <summary>Runs <c>fal-ai/documented</c> (text-to-image): see <see href=\"https://fal.ai/models/a%22b?x=1&amp;y=2\">its page</see>.</summary>", _source);

    [Theory]
    [InlineData("javascript:alert(1)")]
    [InlineData("no address")]
    [InlineData("")]
    public void What_is_not_an_address_is_not_shown(string page) =>
        Assert.Contains("/// <summary>Runs <c>fal-ai/documented</c> (text-to-image).</summary>", Generate(page));

    [Theory]
    [InlineData("audio", """{"$ref": "#/components/schemas/File"}""", "AudioFile")]
    [InlineData("audio", """{"anyOf": [{"$ref": "#/components/schemas/File"}, {"type": "null"}]}""", "AudioFile")]
    [InlineData("speech", """{"$ref": "#/components/schemas/File", "examples": [{"url": "https://a/b.mp3?c=d"}]}""", "AudioFile")]
    [InlineData("speech", """{"$ref": "#/components/schemas/File", "examples": [{"url": "https://a/b", "content_type": "audio/wav"}]}""", "AudioFile")]
    [InlineData("audio", """{"$ref": "#/components/schemas/File", "examples": [{"url": "https://a/b.zip"}]}""", "MediaFile")]
    [InlineData("speech", """{"$ref": "#/components/schemas/File"}""", "MediaFile")]
    public void A_result_that_is_shown_to_be_a_sound_is_an_audio_file(string name, string schema, string type)
    {
        const string File =
            """{"File": {"type": "object", "required": ["url"], "properties": {"url": {"type": "string"}, "content_type": {"type": "string", "examples": ["image/png"]}, "file_size": {"type": "integer"}}}}""";
        var spec = Documents.FalOpenApi("fal-ai/sound", $$"""{"{{name}}": {{schema}} }""", schemas: File, output: $$"""{"{{name}}": {{schema}} }""");

        var assembly = new Project([spec]).Run().Load();

        var member = char.ToUpperInvariant(name[0]) + name[1..];
        Assert.Equal(type, assembly.GetType("Demo.Models.Sound+Result")!.GetProperty(member)!.PropertyType.Name);
        Assert.Equal("MediaFile", assembly.GetType("Demo.Models.Sound+Request")!.GetProperty(member)!.PropertyType.Name);
    }

    private static string Generate(string page = "https://fal.ai/models/a\\\"b?x=1&y=2")
    {
        var spec = Documents.FalOpenApi("fal-ai/documented", $$"""
            {
              "prompt": {"type": "string", "description": {{Documents.Quote(Long)}} },
              "mode": {"type": "string", "enum": ["a", "b"], "description": {{Documents.Quote(Long)}} },
              "size": {"type": "object", "properties": {"width": {"type": "integer", "description": "Short."}, "height": {"type": "integer", "description": {{Documents.Quote(_oneSentence)}} } } }
            }
            """).Replace("\"category\": \"x\"", $"\"category\": \"text-to-image\", \"documentationUrl\": \"{page}\"");
        var generated = new Project([spec]).Run();
        Assert.Empty(generated.Errors());
        return generated.Source("Demo.Models.Documented.g.cs");
    }
}
