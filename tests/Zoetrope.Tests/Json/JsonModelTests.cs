using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Zoetrope.Json;

namespace Zoetrope.Tests;

public sealed class JsonModelTests
{
    [Fact]
    public void A_request_holds_what_is_set_and_nothing_else()
    {
        var request = new TestRequest { Prompt = "Héllo \"<b>\"", Steps = 5, Tags = ["a"], Seed = Int128.Parse("17454220438242315174") };

        Assert.Equal("""{"prompt":"Héllo \"<b>\"","steps":5,"seed":17454220438242315174,"tags":["a"]}""", Text(request));
    }

    [Theory]
    [InlineData("5", 5L)]
    [InlineData("5.0", 5L)]
    [InlineData("5e0", 5L)]
    [InlineData("-9223372036854775808", long.MinValue)]
    [InlineData("5.5", null)]
    [InlineData("9223372036854775808", null)]
    [InlineData("\"5\"", null)]
    [InlineData("true", null)]
    [InlineData("[5]", null)]
    public void Whole_numbers_are_read_in_their_spellings_and_other_values_are_kept(string json, long? expected)
    {
        var request = Read($$"""{"prompt":"a","steps":{{json}}}""");

        Assert.Equal(expected, request.Steps);
        if (expected is null)
            Assert.Equal($$"""{"prompt":"a","steps":{{json}}}""", Text(request));
    }

    [Theory]
    [InlineData("17454220438242315174")]
    [InlineData("170141183460469231731687303715884105727")]
    [InlineData("-1")]
    public void Seeds_beyond_Int64_survive(string seed)
    {
        var request = Read($$"""{"prompt":"a","seed":{{seed}}}""");

        Assert.Equal(Int128.Parse(seed), request.Seed);
        Assert.Contains(seed, Text(request));
    }

    [Theory]
    [InlineData("170141183460469231731687303715884105727", "170141183460469231731687303715884105727")]
    [InlineData("-170141183460469231731687303715884105728", "-170141183460469231731687303715884105728")]
    [InlineData("1.70141183460469231731687303715884105727e38", "170141183460469231731687303715884105727")]
    [InlineData("1e+38", "100000000000000000000000000000000000000")]
    [InlineData("-17E37", "-170000000000000000000000000000000000000")]
    [InlineData("100000000000000000000000000000000000000.0", "100000000000000000000000000000000000000")]
    [InlineData("-0", "0")]
    public void Seeds_of_up_to_128_bits_are_read_in_every_spelling(string json, string seed) =>
        Assert.Equal(Int128.Parse(seed), Read($$"""{"prompt":"a","seed":{{json}}}""").Seed);

    [Theory]
    [InlineData("170141183460469231731687303715884105728")]
    [InlineData("-170141183460469231731687303715884105729")]
    [InlineData("340282366920938463463374607431768211456")]
    [InlineData("999999999999999999999999999999999999999")]
    [InlineData("-999999999999999999999999999999999999999")]
    [InlineData("999999999999999999999999999999999999999999")]
    [InlineData("2e38")]
    [InlineData("1e39")]
    [InlineData("1e99999999999")]
    [InlineData("15e-1")]
    public void Seeds_beyond_128_bits_are_kept(string seed)
    {
        var json = $$"""{"prompt":"a","seed":{{seed}}}""";
        var request = Read(json);

        Assert.Null(request.Seed);
        Assert.Equal(json, Text(request));
    }

    [Theory]
    [InlineData("""{"prompt":5}""")]
    [InlineData("""{"prompt":"\ud800"}""")]
    [InlineData("""{"prompt":"a","scale":1e999}""")]
    [InlineData("""{"prompt":"a","audio":"yes"}""")]
    [InlineData("""{"prompt":"a","shots":{}}""")]
    [InlineData("""{"prompt":"a","shots":[{"prompt":"x"},5]}""")]
    [InlineData("""{"prompt":"a","shots":null}""")]
    [InlineData("""{"prompt":"a","image_url":null,"seed":null}""")]
    [InlineData("""{"prompt":"a","tags":["x",5]}""")]
    [InlineData("""{"prompt":"a","tags":["\udc00"]}""")]
    [InlineData("""{"prompt":"a","weights":[1,1e999]}""")]
    [InlineData("""{"prompt":"a","weights":[1,"2"]}""")]
    [InlineData("""{"prompt":"a","unknown":{"a":[1,2,{"b":null}]},"é\n":1e400}""")]
    [InlineData("""{"prompt":"a","shots":[{"prompt":"x","odd":1},{"prompt":null}]}""")]
    public void Whatever_is_odd_survives(string json)
    {
        var back = Text(Read(json));

        Assert.True(RawJson.Parse(back) == RawJson.Parse(json) || JsonNode.DeepEquals(JsonNode.Parse(back), JsonNode.Parse(json)), back);
    }

    [Fact]
    public void Names_are_read_with_their_escapes() => Assert.Equal("a", Read("""{"pro\u006dpt":"a"}""").Prompt);

    [Theory]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{\"prompt\":")]
    [InlineData("{\"prompt\":\"a\"")]
    [InlineData("{} {}")]
    [InlineData("{\"\\ud800\":1}")]
    public void What_is_no_such_object_is_refused(string json) => Assert.ThrowsAny<JsonException>(() => Read(json));

    [Fact]
    public void Only_the_access_to_a_missing_member_of_a_result_fails()
    {
        var result = JsonModel.FromUtf8<TestResult>("""{"video":17,"seed":5,"extra":true}"""u8);

        Assert.Equal(5, result.Seed);
        Assert.Equal("17", result.ExtraProperties["video"].ToString());
        Assert.Contains("'video'", Assert.Throws<InvalidOperationException>(() => result.Video).Message);
        Assert.Equal("""{"video":17,"seed":5,"extra":true}""", Text(result));
    }

    [Fact]
    public void A_model_written_inside_another_ones_writing_does_not_disturb_it()
    {
        RawJson inner = "x\"y";
        var request = new TestRequest { Prompt = "a" };
        request.ExtraProperties["self"] = RawJson.From(new TestRequest { Prompt = inner.AsString()! });

        Assert.Equal("""{"prompt":"a","self":{"prompt":"x\"y"}}""", Text(request));
    }

    [Fact]
    public void A_writer_is_kept_only_while_it_is_sound()
    {
        Assert.Throws<ArgumentException>(() => JsonModel.ToUtf8(new TestRequest { Prompt = "a", Scale = double.NaN }));

        Assert.Equal("""{"prompt":"b"}""", Text(new TestRequest { Prompt = "b" }));
    }

    [Fact]
    public void System_Text_Json_reads_and_writes_models_with_their_own_code()
    {
        var info = JsonModel.TypeInfo<TestRequest>();

        var json = JsonSerializer.Serialize(new TestRequest { Prompt = "a", Steps = 2 }, info);
        var back = JsonSerializer.Deserialize("""{ "prompt": "b", "other": [1] }""", info)!;

        Assert.Equal("""{"prompt":"a","steps":2}""", json);
        Assert.Equal("b", back.Prompt);
        Assert.Equal("[1]", back.ExtraProperties["other"].ToString());
    }

    [Fact]
    public void System_Text_Json_writes_models_with_the_encoder_and_the_indentation_of_its_options()
    {
        var request = new TestRequest { Prompt = "<é>" };
        var strict = new JsonSerializerOptions { TypeInfoResolver = JsonModel.Resolver<TestRequest>() };
        var indented = new JsonSerializerOptions(strict) { WriteIndented = true, NewLine = "\n" };

        Assert.Equal("""{"prompt":"\u003C\u00E9\u003E"}""", JsonSerializer.Serialize(request, strict));
        Assert.Equal("{\n  \"prompt\": \"\\u003C\\u00E9\\u003E\"\n}", JsonSerializer.Serialize(request, indented));
    }

    [Fact]
    public void System_Text_Json_loses_no_deep_value_and_no_text_that_is_not_Unicode()
    {
        var options = new JsonSerializerOptions { TypeInfoResolver = JsonModel.Resolver<TestRequest>(), WriteIndented = true };
        var deep = new string('[', 200) + new string(']', 200);
        var request = new TestRequest { Prompt = "</a>" };
        request.ExtraProperties["deep"] = RawJson.Parse(deep);
        var broken = new TestRequest { Prompt = "</a>\uD83C&'" };

        Assert.Equal($$"""{"prompt":"\u003C/a\u003E","deep":{{deep}}}""", JsonSerializer.Serialize(request, options));
        Assert.Equal("""{"prompt":"\u003C/a\u003E\ud83c\u0026\u0027"}""", JsonSerializer.Serialize(broken, options));
    }

    [Fact]
    public void A_model_that_contains_itself_is_an_error()
    {
        Assert.Contains("contain itself", Assert.Throws<InvalidOperationException>(() => JsonModel.ToUtf8(new Circle())).Message);
        Assert.Equal("""{"prompt":"a"}""", Text(new TestRequest { Prompt = "a" }));
    }

    [Fact]
    public void System_Text_Json_reads_null_as_raw_JSON()
    {
        Assert.Equal(JsonValueKind.Null, JsonSerializer.Deserialize("null", JsonModel.TypeInfo<RawJson>()).Kind);
        Assert.Null(JsonSerializer.Deserialize("null", JsonModel.TypeInfo<TestRequest>()));
        Assert.Same(JsonModel.TypeInfo<RawJson>(), JsonModel.TypeInfo<RawJson>());
    }

    [Fact]
    public async Task System_Text_Json_reads_models_from_streams_in_pieces()
    {
        var options = new JsonSerializerOptions { DefaultBufferSize = 16 };
        options.TypeInfoResolverChain.Add(JsonModel.Resolver<TestRequest>());
        var json = $$"""{"prompt":"{{new string('p', 500)}}","unknown":{"a":"{{new string('q', 500)}}"} }""";

        var request = await JsonSerializer.DeserializeAsync<TestRequest>(new MemoryStream(Encoding.UTF8.GetBytes(json)), options);

        Assert.Equal(500, request!.Prompt.Length);
        Assert.Equal(508, request.ExtraProperties["unknown"].Utf8.Length);
    }

    private sealed class Circle : IJsonModel<Circle>
    {
        public static Circle Read(ref Utf8JsonReader reader) => throw new NotSupportedException();

        public void Write(JsonWriter writer)
        {
            writer.WriteStartObject();
            writer.WritePropertyName("self"u8);
            Write(writer);
            writer.WriteEndObject();
        }
    }

    private static TestRequest Read(string json) => JsonModel.FromUtf8<TestRequest>(Encoding.UTF8.GetBytes(json));

    private static string Text<T>(T model)
        where T : IJsonModel<T> => Encoding.UTF8.GetString(JsonModel.ToUtf8(model));
}
