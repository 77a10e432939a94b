using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Zoetrope.Generator.Tests;

/// <summary>Documents that are hostile as a whole: by their depth, size, numbers or references.</summary>
public class HostileDocumentTests
{
    private const int Garbage = 20_000_000;

    public static TheoryData<string, string> Recursions => new()
    {
        { "itself", """{"R": {"$ref": "#/components/schemas/R"}}""" },
        { "a circle", """{"R": {"$ref": "#/components/schemas/S"}, "S": {"$ref": "#/components/schemas/R"}}""" },
        { "its property", """{"R": {"type": "object", "properties": {"r": {"$ref": "#/components/schemas/R"}}}}""" },
        { "its required property", """{"R": {"type": "object", "required": ["r"], "properties": {"r": {"$ref": "#/components/schemas/R"}}}}""" },
        { "its items", """{"R": {"type": "array", "items": {"$ref": "#/components/schemas/R"}}}""" },
        { "its map", """{"R": {"type": "object", "additionalProperties": {"$ref": "#/components/schemas/R"}}}""" },
        { "its alternative", """{"R": {"anyOf": [{"type": "string"}, {"$ref": "#/components/schemas/R"}]}}""" },
        { "its only alternative", """{"R": {"oneOf": [{"$ref": "#/components/schemas/R"}]}}""" },
        { "its part", """{"R": {"allOf": [{"$ref": "#/components/schemas/R"}, {"type": "object"}]}}""" },
        {
            "the items of an alternative",
            """{"R": {"anyOf": [{"type": "array", "items": {"$ref": "#/components/schemas/R"}}, {"type": "object", "properties": {"r": {"$ref": "#/components/schemas/R"}}}]}}"""
        },
        {
            "an object of its alternatives",
            """{"R": {"anyOf": [{"type": "string"}, {"type": "object", "properties": {"r": {"$ref": "#/components/schemas/R"}}}]}}"""
        },
        {
            "the objects of a map",
            """{"R": {"type": "object", "additionalProperties": {"type": "object", "properties": {"r": {"$ref": "#/components/schemas/R"}}}}}"""
        },
        { "everything", "{" + string.Join(",", Enumerable.Range(0, 6).Select(i => $$"""
            "{{(i == 0 ? "R" : "S" + i)}}": {"anyOf": [{"type": "string"}, {"type": "object", "properties": {
            """ + string.Join(",", Enumerable.Range(0, 6).Select(j => $$"""
                "p{{j}}": {"$ref": "#/components/schemas/{{(j == 0 ? "R" : "S" + j)}}"}
                """)) + "}}]}")) + "}" },
        { "the document", """{"R": {"$ref": "#"}}""" },
        { "the path that leads to it", """{"R": {"$ref": "#/paths"}}""" },
    };

    public static TheoryData<string> Numbers =>
    [
        "1e400", "-1e400", "1e-400", "9223372036854775807", "9223372036854775808", "-9223372036854775809", "17454220438242315174",
        "340282366920938463463374607431768211456", "-0", "0.1e1", "1"
            + new string('0', 5000),
        "0." + new string('3', 5000), "1e999999999999999999999",
    ];

    [Theory]
    [MemberData(nameof(Recursions))]
    public void References_that_lead_back_end(string what, string schemas)
    {
        var generated = new Project([Documents.FalOpenApi(
            "fal-ai/a",
            """{"p": {"$ref": "#/components/schemas/R"}, "q": {"type": "array", "items": {"$ref": "#/components/schemas/R"}}}""",
            ["p"],
            schemas)]).Run();

        Assert.NotEmpty(what);
        Assert.NotEmpty(generated.Image());
        Assert.DoesNotContain(generated.Diagnostics, diagnostic => diagnostic.Id == "ZT0299");
    }

    [Theory]
    [MemberData(nameof(Numbers))]
    public void Numbers_of_any_size_compile(string number)
    {
        var everywhere = $$"""
            "minimum": {{number}}, "maximum": {{number}}, "exclusiveMinimum": {{number}}, "multipleOf": {{number}}, "minLength": {{number}}, "maxLength": {{number}}, "minItems": {{number}}, "maxItems": {{number}},
            "default": {{number}}, "examples": [{{number}}], "enum": [{{number}}, 1]
            """;
        var limits = everywhere[..everywhere.IndexOf(", \"enum\"", StringComparison.Ordinal)];
        var generated = new Project([Documents.FalOpenApi("fal-ai/a", $$"""
            {
              "i": {"type": "integer", {{limits}} }, "n": {"type": "number", {{limits}} }, "s": {"type": "string", {{limits}} }, "l": {"type": "array", "items": {"type": "integer", {{limits}} }, {{limits}} },
              "e": {"type": "integer", {{everywhere}} }, "f": {"type": "number", {{everywhere}} }, "seed": {"type": "integer", {{limits}} }, "c": {"const": {{number}} }, "u": {"x-fal": {"max_file_size": {{number}}, "min_width": {{number}} }, "type": "string"}
            }
            """)]).Run();

        Assert.NotEmpty(generated.Image());
        Assert.DoesNotContain(generated.Diagnostics, diagnostic => diagnostic.Id == "ZT0299");
    }

    [Theory]
    [InlineData("[")]
    [InlineData("{\"a\":")]
    [InlineData("{\"openapi\":\"3.1.0\",\"a\":[")]
    public void Deep_json_is_one_problem_and_no_code(string opening)
    {
        var generated = new Project([new("a.json", string.Concat(Enumerable.Repeat(opening, 200_000)))]).Run();

        Assert.Equal("ZT0010", Assert.Single(generated.Diagnostics).Id);
        Assert.Equal(["Demo.Models._.g.cs"], generated.Sources.Keys);
    }

    [Theory]
    [InlineData("{\"type\": \"array\", \"items\": ", "}")]
    [InlineData("{\"type\": \"object\", \"properties\": {\"p\": ", "}}")]
    [InlineData("{\"type\": \"object\", \"additionalProperties\": ", "}")]
    [InlineData("{\"anyOf\": [{\"type\": \"string\"}, ", "]}")]
    [InlineData("{\"allOf\": [{\"type\": \"object\"}, ", "]}")]
    [InlineData("{\"not\": ", "}")]
    public void Deep_schemas_compile(string opening, string closing)
    {
        // As deep as JSON may be; the document itself takes some levels.
        var depth = 110 / opening.Count(unit => unit is '{' or '[');
        var schema = string.Concat(Enumerable.Repeat(opening, depth)) + "{\"type\": \"string\"}" + string.Concat(Enumerable.Repeat(closing, depth));

        var generated = new Project([Documents.FalOpenApi("fal-ai/a", $$"""{"p": {{schema}}, "t": {"type": "string"} }""")]).Run();

        Assert.Contains("string? T {", generated.Source("Demo.Models.A.g.cs"));
        Assert.NotEmpty(generated.Image());
    }

    [Fact]
    public void References_to_other_documents_are_reported_and_nothing_is_opened()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var folder = Directory.CreateTempSubdirectory("zoetrope-").FullName;
        try
        {
            var secret = Path.Combine(folder, "secret.json");
            File.WriteAllText(secret, """{"type": "object", "properties": {"very_secret_member": {"type": "string"}}}""");
            string[] references = [
                $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/a.json",
                new Uri(secret).ToString(),
                secret,
                "secret.json",
                "./secret.json#/properties",
                "//127.0.0.1/a",
                "urn:a:b",
                ""
            ];
            var properties = references.Select((reference, index) => $$"""
                "p{{index}}": {"$ref": {{Documents.Quote(reference)}} }, "q{{index}}": {"type": "array", "items": {"$ref": {{Documents.Quote(reference)}} } }
                """);
            var document = Documents.FalOpenApi("fal-ai/a", "{" + string.Join(",", properties) + "}") with { Path = Path.Combine(folder, "a.json") };

            var generated = new Project([document]).Run();

            Assert.Equal(references.Length * 2, generated.Diagnostics.Count(diagnostic => diagnostic.Id == "ZT0018"));
            Assert.DoesNotContain("VerySecretMember", string.Concat(generated.Sources.Values));
            Assert.False(listener.Pending());
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Theory]
    [InlineData("values", "[0,")]
    [InlineData("objects", "{\"openapi\":\"3.1.0\",\"x\":[")]
    [InlineData("flat", "{},")]
    [InlineData("one line", "abc ")]
    [InlineData("spaces", " ")]
    [InlineData("lines", "\n")]
    [InlineData("null", "\0")]
    [InlineData("fal page", "# Title\n- **Endpoint**: `https://fal.run/x`\n- **Model ID**: `x`\n### Input Schema\n- **`p`** (`string`, _optional_):\n  - Default: `{`\n")]
    [InlineData("fal lines", "  - Options: `\"a\"`\n\n")]
    [InlineData("eachlabs page", "# Title\n**Model Slug:** x\n**Branded URL:** y\n## Input\n| a | string | No | - | - | b |\n")]
    [InlineData("eachlabs cells", "| ` | ")]
    [InlineData("conflict", "<<<<<<<")]
    public void Garbage_of_20_MB_gives_problems_but_no_code(string what, string piece)
    {
        var text = string.Concat(Enumerable.Repeat(piece, Garbage / piece.Length));
        var before = GC.GetAllocatedBytesForCurrentThread();

        var reading = Specs.SpecReader.Read(what switch
        {
            "fal lines" => "# T\n- **Endpoint**: `https://fal.run/x`\n- **Model ID**: `x`\n### Input Schema\n" + text,
            "eachlabs cells" => "# T\n**Model Slug:** x\n**Branded URL:** y\n## Input Parameters\n\n" + text,
            _ => text,
        });

        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.NotEmpty(reading.Problems);
        Assert.True(allocated < 20L * Garbage, $"{allocated / 1_000_000} MB for {what}");
        TestContext.Current.TestOutputHelper!.WriteLine(
            $"{what}: {allocated / 1_000_000} MB, {reading.Problems.Count} problems, such as {reading.Problems[0].Kind.Id}: {reading.Problems[0].Message[..Math.Min(100, reading.Problems[0].Message.Length)]}");
    }

    [Fact]
    public void Binary_garbage_of_20_MB_gives_problems_but_no_code()
    {
        var bytes = new byte[Garbage];
        new Random(1).NextBytes(bytes);
        var text = Encoding.UTF8.GetString(bytes);

        foreach (var document in new[] { text, "{" + text, "# " + text, "{\"openapi\": \"" + text })
        {
            var generated = new Project([new("a.bin", document)]).Run();
            Assert.NotEmpty(generated.Diagnostics);
            Assert.Equal(["Demo.Models._.g.cs"], generated.Sources.Keys);
        }
    }
}
