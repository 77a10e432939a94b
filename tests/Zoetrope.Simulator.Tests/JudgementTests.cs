using System.Text.Json.Nodes;

namespace Zoetrope.Simulator.Tests;

/// <summary>The simulator judges a value as JSON Schema and the services do, where the library that it reads schemas with judges otherwise.</summary>
public sealed class JudgementTests
{
    private const string Document = "fal/kling-video-o3-pro-image-to-video.json";

    /// <summary>A schema, a value, and the type of the problem that is found; null where the value is valid.</summary>
    public static TheoryData<string, string, string?> Cases => new()
    {
        // Texts have code points.
        { """{"type":"string","maxLength":2}""", "\"😀😀\"", null },
        { """{"type":"string","maxLength":2}""", "\"😀😀😀\"", "string_too_long" },
        { """{"type":"string","minLength":2}""", "\"😀\"", "string_too_short" },
        { """{"type":"string","minLength":2}""", "\"😀a\"", null },
        { """{"type":"string","nullable":true,"maxLength":2}""", "\"😀😀\"", null },
        { """{"type":["string","null"],"maxLength":2}""", "\"😀😀\"", null },
        { """{"type":"string","maxLength":2.0}""", "\"abc\"", "string_too_long" },
        { """{"type":"string","maxLength":4294967296}""", "\"abc\"", null },

        // Integers may be written 1.0, and be of any size; fractions are none.
        { """{"type":"integer"}""", "1.0", null },
        { """{"type":"integer"}""", "1e2", null },
        { """{"type":"integer"}""", "12345678901234567890123", null },
        { """{"type":"integer","nullable":true}""", "5.0", null },
        { """{"type":["integer","null"]}""", "12345678901234567890123", null },
        { """{"type":"integer"}""", "1.5", "int_from_float" },
        { """{"type":"integer"}""", "12345678901234567890123.5", "int_from_float" },
        { """{"type":"integer"}""", "\"1\"", "int_type" },
        { """{"type":"integer"}""", "true", "int_type" },
        { """{"type":["integer","null"],"maximum":12345678901234567890}""", "12345678901234567891", "less_than_equal" },
        { """{"type":"integer","minimum":9007199254740993}""", "9007199254740992", "greater_than_equal" },

        // Numbers are themselves, not decimals.
        { """{"type":"number","exclusiveMinimum":0}""", "1e-30", null },
        { """{"type":"number","exclusiveMinimum":0}""", "-1e-30", "greater_than" },
        { """{"type":"number","exclusiveMinimum":0}""", "0e5", "greater_than" },
        { """{"type":"number","minimum":0,"exclusiveMinimum":true}""", "0.0", "greater_than" },
        { """{"type":"number","minimum":0,"exclusiveMinimum":false}""", "0", null },
        { """{"type":"number","exclusiveMinimum":0,"minimum":5}""", "4", "greater_than_equal" },
        { """{"type":"number","exclusiveMaximum":1}""", "0.99999999999999999999999999999999999", null },
        { """{"type":"number","maximum":0.3}""", "0.30000000000000004", "less_than_equal" },
        { """{"type":"number","maximum":1e300}""", "1e301", "less_than_equal" },
        { """{"type":"number","maximum":1e300}""", "1e299", null },
        { """{"type":"number","maximum":100000000000000000000000000000}""", "3", null },
        { """{"type":"number","multipleOf":0.01}""", "0.07", null },
        { """{"type":"number","multipleOf":0.01}""", "0.075", "multiple_of" },
        { """{"type":"number","multipleOf":3}""", "1e300", "multiple_of" },
        { """{"type":"number","multipleOf":1e-300}""", "1", null },
        { """{"type":"integer","multipleOf":8}""", "1024.0", null },

        // Values are JSON, not texts.
        { """{"enum":[1,2]}""", "\"1\"", "literal_error" },
        { """{"enum":[1,2]}""", "1.0", null },
        { """{"enum":["1"]}""", "1", "literal_error" },
        { """{"enum":[true]}""", "\"True\"", "literal_error" },
        { """{"enum":[true]}""", "1", "literal_error" },
        { """{"enum":[null,"a"]}""", "\"\"", "literal_error" },
        { """{"enum":[null,"a"]}""", "null", null },
        { """{"enum":[{"a":1,"b":[2]}]}""", """{"b":[2.0],"a":1}""", null },
        { """{"const":5}""", "\"5\"", "literal_error" },
        { """{"const":"a"}""", "\"b\"", "literal_error" },
        { """{"const":null}""", "null", null },
        { """{"type":"array","uniqueItems":true}""", """[1,"1"]""", null },
        { """{"type":"array","uniqueItems":true}""", """[null,""]""", null },
        { """{"type":"array","uniqueItems":true}""", """[1,1.0]""", "unique_items" },
        { """{"type":"array","uniqueItems":true}""", """[{"a":1,"b":2},{"b":2,"a":1}]""", "unique_items" },

        // Dates stay texts.
        { """{"type":"string","enum":["2024-01-01T00:00:00Z","2024-01-01T02:00:00+02:00"]}""", "\"2024-01-01T02:00:00+02:00\"", null },
        { """{"type":"string","enum":["2024-01-01T00:00:00Z"]}""", "\"2024-01-01T00:00:00.000Z\"", "literal_error" },
        { """{"const":"2024-01-01T00:00:00Z"}""", "\"2024-01-01T00:00:00Z\"", null },
        { """{"type":"string","pattern":"^2024-01-01T00:00:00Z$"}""", "\"2024-01-01T00:00:00Z\"", null },
        { """{"type":"string","maxLength":20}""", "\"2024-01-01T00:00:00Z\"", null },

        // Limits of nothing limit.
        { """{"type":"array","maxItems":0}""", "[1]", "sequence_too_long" },
        { """{"type":"array","maxItems":0}""", "[]", null },
        { """{"type":"object","maxProperties":0}""", """{"a":1}""", "too_long" },
        { """{"type":"string","maxLength":0}""", "\"a\"", "string_too_long" },

        // Every type of a list is spoken of in its own words.
        { """{"type":"string","nullable":true}""", "5", "string_type" },
        { """{"type":["array","null"],"items":{"type":"string"}}""", "[5]", "string_type" },
        { """{"type":["object","null"],"required":["a"],"properties":{"a":{"type":"integer"}}}""", "{}", "missing" },
        { """{"type":["string","integer"]}""", "5.0", null },
        { """{"type":"string","enum":["a"],"nullable":true}""", "null", null },
        { """{"type":"string","enum":["a"],"nullable":true}""", "\"b\"", "literal_error" },
        { """{"type":"boolean","nullable":true}""", "\"true\"", "bool_type" },

        // What is beside a composition counts.
        { """{"allOf":[{"type":"string"}],"maxLength":2}""", "\"abc\"", "string_too_long" },
        { """{"allOf":[{"$ref":"#/components/schemas/KlingV3MultiPromptElement"}],"required":["duration"]}""", """{"prompt":"a"}""", "missing" },
        { """{"allOf":[{"type":"string","maxLength":4},{"maxLength":2}]}""", "\"abc\"", "string_too_long" },
        { """{"allOf":[{"$ref":"#/components/schemas/KlingV3MultiPromptElement"}],"nullable":true}""", "null", null },
        { """{"oneOf":[{"type":"integer"},{"type":"string"}],"nullable":true}""", "null", null },
        { """{"oneOf":[{"type":"integer"},{"type":"string"}],"nullable":true}""", "[]", "int_type" },
        { """{"not":{"type":"string"}}""", "\"a\"", "value_error" },
        { """{"type":"array","prefixItems":[{"type":"integer"},{"type":"string"}],"items":false}""", """[1,"a"]""", null },
        { """{"type":"array","prefixItems":[{"type":"integer"},{"type":"string"}]}""", """["a","a"]""", "int_type" },
        { """{"type":"array","prefixItems":[{"type":"integer"}],"items":false}""", "[1,2]", "sequence_too_long" },
        { """{"type":"array","items":true}""", "[1]", null },
        { """{"type":"object","properties":{"a":false}}""", """{"a":1}""", "value_error" },
        {
            """{"type":"object","properties":{"a":true,"type":{"type":"string"},"enum":{"type":"array","maxItems":0}}}""",
            """{"a":1,"type":"x","enum":[]}""",
            null
        },
        { """{"required":["a"]}""", "\"a text\"", null },

        // Formats are those of their standards.
        { """{"type":"string","format":"uuid"}""", "\"764cabcf-cfcf-4cdd-8fd6-6c1c8a6f0e70\"", null },
        { """{"type":"string","format":"uuid"}""", "\"764cabcfcfcf4cdd8fd66c1c8a6f0e70\"", "uuid_parsing" },
        { """{"type":"string","format":"date-time"}""", "\"2024-02-29T23:59:60.5+02:00\"", null },
        { """{"type":"string","format":"date-time"}""", "\"2024-02-29t23:59:00z\"", null },
        { """{"type":"string","format":"date-time"}""", "\"2024-01-01T00:00:00\"", "datetime_parsing" },
        { """{"type":"string","format":"date-time"}""", "\"2023-02-29T00:00:00Z\"", "datetime_parsing" },
        { """{"type":"string","format":"date"}""", "\"2023-02-29\"", "date_parsing" },
        { """{"type":"string","format":"email"}""", "\"a@b\"", null },
        { """{"type":"string","format":"email"}""", "\"a.b\"", "value_error" },
        { """{"type":"string","format":"uri"}""", "\"https://example.com/a?b=c#d\"", null },
        { """{"type":"string","format":"uri"}""", "\"/a/b\"", "url_parsing" },
        { """{"type":"string","format":"uri"}""", "\"https://example.com/a b\"", "url_parsing" },
        { """{"type":"string","format":"ipv4"}""", "\"1.2.3\"", "ip_v4_address" },
        { """{"type":"string","format":"no-such-format"}""", "\"anything\"", null },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task A_value_is_judged_as_the_services_do(string schema, string value, string? problem)
    {
        var reply = await SubmitAsync(schema, value);
        Assert.Equal(problem is null ? 200 : 422, reply.Status);
        if (problem is not null)
        {
            var found = reply.Json["detail"]!.AsArray();
            Assert.Equal("extra", found[0]!["loc"]![1]!.ToString());
            Assert.Equal(problem, found[0]!["type"]!.ToString());
            Assert.DoesNotContain(found, one => one!["msg"]!.ToString().Contains("NoTypeValidates", StringComparison.Ordinal));
        }
    }

    /// <summary>A pattern, a text, and whether it matches by ECMAScript's rules.</summary>
    public static TheoryData<string, string, bool> Patterns => new()
    {
        { @"^\d+$", "12", true },
        { @"^\d+$", "١٢", false },
        { @"^\w+$", "é", false },
        { @"^\D+$", "١", true },
        { @"^[\w-]+$", "a-b", true },
        { @"^[^\s]+$", "a\u00a0b", false },
        { @"^[\S]+$", "a b", false },
        { @"\bcat\b", "a cat", true },
        { @"\bcat\b", "écaté", true },
        { "^a$", "a\n", false },
        { "^.$", "😀", true },
        { "^.{1,3}$", "😀😀😀", true },
        { "^.{1,3}$", "😀😀😀😀", false },
        { "^.$", "\u2028", false },
        { "^[^a]{2}$", "😀b", true },
        { "^[😀-😎]$", "😃", true },
        { "^[😀-😎]$", "🤖", false },
        { "^[^😀]$", "😀", false },
        { @"^\u{1F600}$", "😀", true },
        { @"^\u{1F600}$", "😁", false },
        { @"^\uD83D\uDE00+$", "😀😀", true },
        { @"^\u0041\x42$", "AB", true },
        { @"^\p{Letter}+$", "né", true },
        { @"^\p{Letter}+$", "a1", false },
        { @"^\p{Lu}\P{General_Category=Decimal_Number}$", "Éx", true },
        { @"^\p{gc=Nd}$", "x", false },
        { @"^\p{Script=Greek}$", "not judged", true },
        { @"^[\p{L}\-]+$", "a-b", true },
        { "[]", "a", false },
        { "^[^]$", "\n", true },
        { "^[[]$", "[", true },
        { "^[a-z-[aeiou]]$", "-]", true },
        { "^(?<year>[0-9]{4})$", "2024", true },
        { "(?i)abc", "not judged", true },
        { "(", "not judged", true },
        { @"\Aabc", "not judged", true },
        { "^(?!data:).+$", "data:x", false },
        { @"^\/a\/$", "/a/", true },
        { "^(a+)+$", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!", true },
    };

    [Theory]
    [MemberData(nameof(Patterns))]
    public async Task A_pattern_is_judged_in_its_own_dialect(string pattern, string text, bool matches)
    {
        var schema = new JsonObject { ["type"] = "string", ["pattern"] = pattern };
        var reply = await SubmitAsync(schema.ToJsonString(), JsonValue.Create(text).ToJsonString());
        Assert.Equal(matches ? 200 : 422, reply.Status);
        if (!matches)
            Assert.Equal(pattern, reply.Json["detail"]![0]!["ctx"]!["pattern"]!.ToString());
    }

    [Theory]
    [InlineData("""{"type":"string","nullable":true,"minLength":1}""", "\"\"", "String should have at least 1 character", """{"min_length":1}""")]
    [InlineData("""{"type":"integer","exclusiveMaximum":3}""", "3", "Input should be less than 3", """{"lt":3}""")]
    [InlineData("""{"enum":["it's",1,true,null]}""", "2", "Input should be 'it's', 1, True or None", null)]
    [InlineData("""{"type":"number","maximum":1e300}""", "1e400", "Input should be less than or equal to 1e300", """{"le":1e300}""")]
    [InlineData("""{"type":"array","maxItems":2}""", "[1,2,3]", "List should have at most 2 items", """{"max_length":2}""")]
    public async Task Limits_are_reported_in_the_providers_words_as_the_document_spells_them(string schema, string value, string message, string? context)
    {
        var found = (await SubmitAsync(schema, value)).Json["detail"]![0]!;
        Assert.Equal(message, found["msg"]!.ToString());
        if (context is not null)
            Assert.Equal(context, found["ctx"]!.ToJsonString());
        Assert.Equal(value, found["input"]!.ToJsonString());
    }

    [Theory]
    [InlineData("""{"duration":"2","duration":"5"}""", 200)]
    [InlineData("""{"duration":"5","duration":"2"}""", 422)]
    [InlineData("""{"\u0064uration":"2","duration":"5","nested":{"a":1,"a":2}}""", 200)]
    [InlineData("""{"a":"\ud800","\udc00":1}""", 200)]
    public async Task Of_members_with_one_name_the_last_counts(string members, int status)
    {
        await using var simulator = await Support.StartAsync();
        using var client = simulator.Client();
        var body = """{"image_url":"https://example.com/a.png","prompt":"x",""" + members[1..];
        Assert.Equal(status, (await client.SendTextAsync(Support.FalId, body)).Status);
        var other = await client.SendTextAsync("v1/prediction", $$"""{"model":"x","model":"{{Support.EachlabsId}}","input":{{body}}}""");
        Assert.Equal(status == 422 ? 400 : status, other.Status);
    }

    [Fact]
    public async Task A_text_that_is_not_UTF_8_is_not_JSON()
    {
        await using var simulator = await Support.StartAsync();
        using var client = simulator.Client();
        using var content = new ByteArrayContent([(byte)'{', (byte)'"', 0xff, (byte)'"', (byte)':', (byte)'1', (byte)'}']);
        using var reply = await client.PostAsync(Support.FalId, content, TestContext.Current.CancellationToken);
        Assert.Equal(422, (int)reply.StatusCode);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    public async Task A_body_that_is_missing_is_reported(string body)
    {
        await using var simulator = await Support.StartAsync();
        using var client = simulator.Client();
        foreach (var path in new[] { Support.FalId, "run/" + Support.FalId })
        {
            var reply = await client.SendTextAsync(path, body);
            Assert.Equal(422, reply.Status);
            Assert.Equal("""["body"]""", reply.Json["detail"]![0]!["loc"]!.ToJsonString());
            Assert.Equal(("missing", "Field required"), (reply.Json["detail"]![0]!["type"]!.ToString(), reply.Json["detail"]![0]!["msg"]!.ToString()));
        }
    }

    private static async Task<Reply> SubmitAsync(string schema, string value)
    {
        using var specs = new TemporaryFolder();
        specs.Write(Document, Embedded.Page(Document).Replace("\"shot_type\": {", "\"extra\": " + schema + ", \"shot_type\": {"));
        await using var simulator = await MediaSimulator.StartAsync(new() { SpecsFolder = specs.Path, QueueTime = TimeSpan.Zero, JobDuration = TimeSpan.Zero });
        using var client = simulator.Client();
        return await client.SendTextAsync(Support.FalId, """{"image_url":"https://example.com/a.png","prompt":"x","extra":""" + value + "}");
    }
}
