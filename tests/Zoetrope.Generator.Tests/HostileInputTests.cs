using Zoetrope.Json;

namespace Zoetrope.Generator.Tests;

/// <summary>Whatever is in a document, it stays text.</summary>
public class HostileInputTests
{
    public static TheoryData<string> Texts =>
    [
        "\"", "\\", "\\\"; System.Environment.Exit(1); //", "*/ class Evil {} /*", "a\nb", "a\r\nb", "a\u2028b\u2029c\u0085d", "</summary><script>", "]]>",
        "&amp;<!--", "-->",
        "\\u0022", "{0}{1}", "{{x}}", "$\"{1}\"", "\"\"\"", "class", "@class", "string", "record", "field", "value", "_", "", " ", "0", "1a", "é", "名前", "😀",
        "İı", "ﬁ", "a.b", "a-b", "A", "a",
        "Request", "Result", "Equals", "GetHashCode", "ToString", "Read", "Write", "Validate", "ExtraProperties", "Value", "IsKnown", "#pragma warning disable",
        "#if", "\u0000", "\u001b[31m", "\ufeff", "\u202e",
    ];

    [Theory]
    [MemberData(nameof(Texts))]
    public void Text_in_every_slot_compiles_and_comes_back(string text)
    {
        var quoted = Documents.Quote(text);
        var properties = $$"""
            {
              {{Documents.Quote(text)}}: {"type": "string", "title": {{quoted}}, "description": {{quoted}}, "default": {{quoted}}, "examples": [{{quoted}}], "maxLength": 5},
              "choice": {"type": "string", "enum": [{{quoted}}, "other"], "description": {{quoted}}, "default": {{quoted}} },
              "list": {"type": "array", "items": {"type": "string", "enum": [{{quoted}}]}, "description": {{quoted}} },
              "inner": {"type": "object", "required": [{{quoted}}], "description": {{quoted}}, "properties": { {{quoted}}: {"type": "integer"}, "deep": {"type": "object", "properties": { {{quoted}}: {"type": "boolean"} } } } },
              "named": {"$ref": "#/components/schemas/Named"}
            }
            """;
        var document = Documents.FalOpenApi(
            "fal-ai/hostile",
            properties,
            [text],
            $$"""{"Named": {"type": "object", "description": {{quoted}}, "properties": { {{quoted}}: {"type": "number"} } } }""",
            $$"""{ {{quoted}}: {"type": "string", "description": {{quoted}} }, "count": {"type": "integer"} }""");

        var generated = new Project([document]).Run();
        Assert.True(generated.Sources.ContainsKey("Demo.Models.Hostile.g.cs"), string.Join("\n", generated.Diagnostics));
        var assembly = generated.Load();

        var value = quoted == "\"\"" ? "\"x\"" : quoted;
        var json = $$"""{ {{quoted}}:{{value}},"choice":{{quoted}},"list":[{{quoted}}],"inner":{ {{quoted}}:1,"deep":{ {{quoted}}:true} },"named":{ {{quoted}}:1.5} }""";
        AssertSame(json, Generated.RoundTrip(assembly, "Demo.Models.Hostile+Request", json));
        AssertSame($$"""{ {{quoted}}:"r","count":3}""", Generated.RoundTrip(assembly, "Demo.Models.Hostile+Result", $$"""{ {{quoted}}:"r","count":3}"""));
        var issues = Generated.Endpoint(assembly, "Demo.Models.Hostile").Validate(RawJson.Parse("""{"inner":{},"choice":"none"}""")).Issues;
        Assert.Contains(text, issues.Select(issue => issue.Path));
        Assert.Contains("choice", issues.Select(issue => issue.Path));
    }

    [Theory]
    [MemberData(nameof(Texts))]
    public void Hostile_endpoint_ids_compile(string text)
    {
        var document = Documents.FalOpenApi("x" + text, """{"prompt": {"type": "string"}}""") with { Path = "specs/a.json" };

        var generated = new Project(
            [document, new("catalog.json", $$"""{"models": { {{Documents.Quote("m" + text)}}: {"fal": {{Documents.Quote("x" + text)}} } } }""")]).Run();

        Assert.NotEmpty(generated.Image());
        Assert.NotEmpty(generated.Sources);
    }

    [Theory]
    [MemberData(nameof(Texts))]
    public void Hostile_file_names_compile(string text)
    {
        var document = Documents.FalOpenApi("fal-ai/a", """{"p": {"type": "string"}}""") with { Path = "specs/x" + text + ".json" };

        Assert.Contains("Demo.Models.A.g.cs", new Project([document]).Run().Sources.Keys);
        Assert.NotEmpty(new Project([document]).Run().Image());
    }

    [Theory]
    [MemberData(nameof(Texts))]
    [InlineData("(?<")]
    [InlineData("^(a+)+$")]
    [InlineData("[\\w-]*/\u2028")]
    public void Hostile_patterns_and_constants_compile(string text)
    {
        var quoted = Documents.Quote(text);

        var generated = new Project([Documents.FalOpenApi(
            "fal-ai/a", $$"""{"p": {"type": "string", "pattern": {{quoted}}, "format": {{quoted}} }, "c": {"const": {{quoted}} }, "m": {"type": "object", "additionalProperties": {"type": "string", "pattern": {{quoted}} } } }""", [
                "c"
            ])]).Run();

        Assert.DoesNotContain(generated.Diagnostics, diagnostic => diagnostic.Id == "ZT0299");
        Assert.NotEmpty(generated.Image());
    }

    [Theory]
    [MemberData(nameof(Texts))]
    public void Hostile_words_in_every_slot_of_a_page_give_problems_or_compile(string text)
    {
        foreach (var slot in new[]
        {
            "Kling O3 Image to Video [Pro]",
            "URL of the start frame image.",
            "shot_type",
            "\"customize\"",
            "`list<KlingV3MultiPromptElement>`",
            "- Default: `false`"
        })
            Check(TestFiles.FalPage.Replace(slot, slot[0] == '"' ? Documents.Quote(text) : slot[0] == '`' ? "`" + text + "`" : text));
        foreach (var slot in new[] { "image_url", "| boolean |", "kling-o3-pro-image-to-video" })
            Check(TestFiles.EachlabsPage.Replace(slot, slot[0] == '|' ? "| " + text + " |" : text));

        static void Check(Spec page)
        {
            var generated = new Project([page]).Run();
            Assert.DoesNotContain(generated.Diagnostics, diagnostic => diagnostic.Id == "ZT0299");
            Assert.True(generated.Sources.Count > 0 || generated.Diagnostics.Length > 0);
            Assert.Empty(generated.Errors());
        }
    }

    [Fact]
    public void Hostile_words_of_a_page_compile()
    {
        var page = TestFiles.FalPage
            .Replace("URL of the start frame image.", "</summary> */ \" \\ {0} <c>\u2028#error")
            .Replace("Kling O3 Image to Video [Pro]", "\"Kling\" </summary>\\")
            .Replace("**Category**: image-to-video", "**Category**: \"\\u0022);//");

        Assert.NotEmpty(new Project([page]).Run().Image());
    }

    [Theory]
    [InlineData("request", "RequestModel")]
    [InlineData("result", "ResultModel")]
    [InlineData("endpoint", "EndpointModel")]
    [InlineData("info", "InfoModel")]
    [InlineData("model", "ModelModel")]
    [InlineData("neutral", "NeutralModel")]
    [InlineData("fal-client", "FalClientModel")]
    [InlineData("media-router", "MediaRouterModel")]
    public void An_endpoint_may_be_called_like_the_code_around_it(string id, string expected)
    {
        var document = Documents.FalOpenApi("fal-ai/" + id, """{"prompt": {"type": "string"}}""");

        var generated = new Project([document, new("catalog.json", $$"""{"models": {"{{id}}": {"fal": "fal-ai/{{id}}"} } }""")]).Run();

        Assert.Contains("Demo.Models." + expected + ".g.cs", generated.Sources.Keys);
        Assert.NotEmpty(generated.Image());
    }

    [Fact]
    public void Marks_of_direction_do_not_reach_the_code()
    {
        var marks = "\u202e\u2066\u200f\u061c";
        var document = Documents.FalOpenApi("fal-ai/a", $$"""{"p": {"type": "string", "description": "a{{marks}}b", "enum": ["x{{marks}}"]} }""");

        var source = new Project([document]).Run().Source("Demo.Models.A.g.cs");

        Assert.DoesNotContain(source, unit => marks.Contains(unit));
        Assert.Contains("\"x\\u202e\\u2066\\u200f\\u061c\"", source);
    }

    [Fact]
    public void Names_that_meet_get_numbers()
    {
        var document = Documents.FalOpenApi(
            "fal-ai/a", """{"image_url": {"type": "string"}, "imageUrl": {"type": "string"}, "imageurl": {"type": "string"}, "voice": {"type": "string", "enum": ["Hope", "Hope ", "hope", "Hélène (fr)", "+", "-1", "0.5", "05"]}}""");
        var generated = new Project([document]).Run();
        var source = generated.Source("Demo.Models.A.g.cs");

        Assert.Contains("string? ImageUrl {", source);
        Assert.Contains("string? ImageUrl_2 {", source);
        Assert.Contains("string? Imageurl_3 {", source);
        foreach (var member in new[]
        {
            "Hope => new(\"Hope\")",
            "Hope_2 => new(\"Hope \")",
            "Hope_3 => new(\"hope\")",
            "HélèneFr => ",
            "Sign002B => new(\"+\")",
            "Minus1 => new(\"-1\")",
            "Voice0_5 => ",
            "Voice05 => "
        })
            Assert.Contains("Voice " + member, source);
        Assert.NotEmpty(generated.Image());
    }

    [Fact]
    public void Two_endpoints_that_ask_for_one_class_both_get_it_with_a_hash_unless_locked()
    {
        var one = Documents.FalOpenApi("fal-ai/a/b", """{"p": {"type": "string"}}""") with { Path = "1.json" };
        var two = Documents.FalOpenApi("fal-ai/a-b", """{"p": {"type": "string"}}""") with { Path = "2.json" };
        var locked = new Spec("specs.lock.json", """{"names": {"fal:fal-ai/a-b": "AB"}}""");

        var free = new Project([one, two]).Run();
        var settled = new Project([one, two, locked]).Run();

        Assert.Equal(2, free.Diagnostics.Count(diagnostic => diagnostic.Id == "ZT0114"));
        Assert.NotEmpty(free.Image());
        Assert.Single(settled.Diagnostics, diagnostic => diagnostic.Id == "ZT0114");
        Assert.Contains("\"fal-ai/a-b\"", settled.Source("Demo.Models.AB.g.cs"));
        Assert.NotEmpty(settled.Image());
    }

    [Fact]
    public void Namespaces_that_differ_by_case_alone_live_side_by_side()
    {
        var one = Documents.FalOpenApi("fal-ai/a/b", """{"p": {"type": "string"}}""") with { Path = "1.json", Namespace = "Demo.Models" };
        var two = Documents.FalOpenApi("fal-ai/a-b", """{"p": {"type": "string"}}""") with { Path = "2.json", Namespace = "Demo.MODELS" };
        var three = ApiDocuments.Of(ApiDocuments.Get("/a", "a"), title: "Other") with { Path = "3.json" };
        var four = ApiDocuments.Of(ApiDocuments.Get("/a", "a"), title: "other") with { Path = "4.json", Namespace = "Demo.mODELS" };

        var generated = new Project([one, two, three, four]).Run();

        Assert.Equal(generated.Sources.Count, generated.Sources.Keys.Distinct(StringComparer.OrdinalIgnoreCase).Count());
        Assert.Equal(2, generated.Sources.Keys.Count(name => name.Contains("ModelIndex", StringComparison.Ordinal)));
        Assert.Equal(2, generated.Sources.Keys.Count(name => name.EndsWith("Client.g.cs", StringComparison.Ordinal)));
        Assert.NotEmpty(generated.Image());
    }

    [Theory]
    [InlineData("header")]
    [InlineData("record")]
    [InlineData("required")]
    [InlineData("var")]
    public void Names_that_csharp_keeps_for_itself_are_not_types(string name)
    {
        var document = Documents.FalOpenApi(
            "fal-ai/a",
            """{"mode": {"type": "string", "enum": ["x"]}, "inner": {"type": "object", "properties": {"p": {"type": "string"} } } }""");
        var locks = new Spec(
            "specs.lock.json",
            $$"""{"names": {"fal:fal-ai/a": "{{name}}", "fal:fal-ai/a#/$input.mode": "{{name}}", "fal:fal-ai/a#/$input.inner": "{{name}}"} }""");

        var generated = new Project([document, locks]).Run();

        Assert.Equal(3, generated.Diagnostics.Count(diagnostic => diagnostic.Id == "ZT0115"));
        Assert.NotEmpty(generated.Image());
    }

    [Fact]
    public void Neutral_models_and_endpoints_may_share_a_namespace()
    {
        var specs = TestFiles.Kling.Select(spec => spec with { Namespace = null });

        var generated = new Project(specs, properties: [("ZoetropeNamespace", "Demo.All"), ("ZoetropeCatalogNamespace", "Demo.All")]).Run();

        Assert.Contains("Demo.All.KlingO3ProImageToVideoNeutral.g.cs", generated.Sources.Keys);
        Assert.NotEmpty(generated.Image());
    }

    private static void AssertSame(string expected, string actual) =>
        Assert.True(
            System.Text.Json.Nodes.JsonNode.DeepEquals(System.Text.Json.Nodes.JsonNode.Parse(expected), System.Text.Json.Nodes.JsonNode.Parse(actual)),
            $"Expected {expected}, got {actual}.");
}
