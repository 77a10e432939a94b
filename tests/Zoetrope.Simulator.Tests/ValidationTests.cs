using System.Text.Json.Nodes;

namespace Zoetrope.Simulator.Tests;

/// <summary>What the documents do not allow is refused, by each provider in its own form.</summary>
public sealed class ValidationTests
{
    private static readonly string Long = new('x', 2501);

    /// <summary>Changes to a good request, as JSON whose nulls take members away, and the location and type of the problem at fal.</summary>
    public static TheoryData<string, string, string> RefusedByFal => new()
    {
        { """{"image_url":null}""", """["body","image_url"]""", "missing" },
        { """{"prompt":null}""", """["body"]""", "value_error" },
        { """{"multi_prompt":[{"prompt":"a"}]}""", """["body"]""", "value_error" },
        { """{"duration":"2"}""", """["body","duration"]""", "literal_error" },
        { """{"duration":5}""", """["body","duration"]""", "string_type" },
        { """{"prompt":null,"multi_prompt":[{"prompt":"a"},{"duration":"5"}]}""", """["body","multi_prompt",1,"prompt"]""", "missing" },
        { """{"prompt":null,"multi_prompt":[{"prompt":"a","duration":"16"}]}""", """["body","multi_prompt",0,"duration"]""", "literal_error" },
        { """{"prompt":null,"multi_prompt":["a"]}""", """["body","multi_prompt",0]""", "model_type" },
        { """{"prompt":null,"multi_prompt":"a"}""", """["body","multi_prompt"]""", "list_type" },
        { "{\"prompt\":\"" + Long + "\"}", """["body","prompt"]""", "string_too_long" },
        { """{"generate_audio":"maybe"}""", """["body","generate_audio"]""", "bool_type" },
        { """{"shot_type":"intelligent"}""", """["body","shot_type"]""", "literal_error" },
        { """{"image_url":"no url"}""", """["body","image_url"]""", "file_download_error" },
        { """{"end_image_url":"ftp://example.com/b.png"}""", """["body","end_image_url"]""", "file_download_error" },
    };

    [Theory]
    [MemberData(nameof(RefusedByFal))]
    public async Task Fal_refuses_with_the_location_and_type_of_the_problem(string change, string location, string type)
    {
        await using var simulator = await Support.StartAsync();
        using var client = simulator.Client();
        foreach (var path in new[] { Support.FalId, "run/" + Support.FalId })
        {
            var reply = await client.SendAsync("POST", path, Change(change));
            Assert.Equal(422, reply.Status);
            var problem = Assert.Single(reply.Json["detail"]!.AsArray())!;
            Assert.Equal((location, type), (problem["loc"]!.ToJsonString(), problem["type"]!.ToString()));
            Assert.NotEqual("", problem["msg"]!.ToString());
        }
        Assert.Equal((1, 0, 1), (simulator.Counts.Submits, simulator.Counts.Accepted, simulator.Counts.DirectRuns));
    }

    [Theory]
    [InlineData("""{"image_url":null}""", "image_url: Field required")]
    [InlineData("""{"prompt":null}""", "Either prompt or multi_prompt must be provided, but not both")]
    [InlineData("""{"multi_prompt":["a"]}""", "Either prompt or multi_prompt must be provided, but not both")]
    [InlineData("""{"duration":"2"}""", "duration: Input should be '3', '4'")]
    [InlineData("""{"generate_audio":"maybe"}""", "generate_audio: Input should be a valid boolean")]
    [InlineData("""{"prompt":null,"multi_prompt":["1","2","3","4","5","6"]}""", "multi_prompt: List should have at most 5 items")]
    [InlineData("""{"shot_type":"intelligent"}""", "shot_type: Input should be 'customize'")]
    [InlineData("""{"image_url":"data:image/png;base64,AAAA"}""", "image_url: Data URIs are not accepted")]
    [InlineData("""{"image_url":"http://localhost/a.png"}""", "image_url: Localhost URLs are not accepted")]
    [InlineData("""{"end_image_url":"https://127.0.0.1/a.png"}""", "end_image_url: Localhost URLs are not accepted")]
    [InlineData("""{"end_image_url":"https://192.168.1.9/a.png"}""", "end_image_url: Localhost URLs are not accepted")]
    [InlineData("""{"image_url":"http://example.com/a.png"}""", "image_url: Only HTTPS URLs are accepted")]
    [InlineData("""{"image_url":"https://me:secret@example.com/a.png"}""", "image_url: URLs with a user name or password are not accepted")]
    [InlineData("""{"image_url":"a.png"}""", "image_url: Input is not the URL of a file")]
    public async Task Eachlabs_refuses_with_the_location_in_the_details(string change, string details)
    {
        await using var simulator = await Support.StartAsync();
        using var client = simulator.Client();
        var reply = await client.SendAsync("POST", "v1/prediction", Support.Create(Change(change)));
        Assert.Equal((400, "error", "Invalid input"), (reply.Status, reply["status"], reply["message"]));
        Assert.StartsWith(details, reply["details"].Replace("Value error, ", ""));
        Assert.Equal((1, 0), (simulator.Counts.Submits, simulator.Counts.Accepted));
    }

    [Fact]
    public async Task All_problems_are_reported_at_once()
    {
        await using var simulator = await Support.StartAsync();
        using var client = simulator.Client();
        var reply = await client.SendAsync(
            "POST",
            Support.FalId,
            new JsonObject { ["duration"] = "2", ["generate_audio"] = 1, ["multi_prompt"] = new JsonArray(new JsonObject()) });
        Assert.Equal(
            ["bool_type", "literal_error", "missing", "missing"],
            reply.Json["detail"]!.AsArray().Select(problem => problem!["type"]!.ToString()).Order());
    }

    [Fact]
    public async Task The_broken_limit_and_the_offending_value_are_reported()
    {
        await using var simulator = await Support.StartAsync();
        using var client = simulator.Client();
        var tooLong = (await client.SendAsync("POST", Support.FalId, Change("{\"prompt\":\"" + Long + "\"}"))).Json["detail"]![0]!;
        Assert.Equal(("""{"max_length":2500}""", Long), (tooLong["ctx"]!.ToJsonString(), tooLong["input"]!.ToString()));
        var literal = (await client.SendAsync("POST", Support.FalId, Change("""{"duration":"2"}"""))).Json["detail"]![0]!;
        Assert.EndsWith("'14' or '15'", literal["ctx"]!["expected"]!.ToString());
    }

    [Theory]
    [InlineData("""{"multi_prompt":null}""")]
    [InlineData("""{"shot_type":"customize","duration":"15","generate_audio":true}""")]
    [InlineData("""{"image_url":"http://localhost/a.png"}""")]
    [InlineData("""{"image_url":"data:image/png;base64,AAAA"}""")]
    [InlineData("""{"image_url":"https://me:secret@example.com/a.png"}""")]
    [InlineData("""{"a_parameter_that_documents_do_not_know":[1,2]}""")]
    public async Task Fal_takes_what_its_documents_allow(string change)
    {
        await using var simulator = await Support.StartAsync();
        using var client = simulator.Client();
        Assert.Equal(200, (await client.SendAsync("POST", Support.FalId, Change(change, keepNulls: true))).Status);
    }

    [Fact]
    public async Task Length_is_counted_in_code_points()
    {
        await using var simulator = await Support.StartAsync();
        using var client = simulator.Client();
        var input = Support.GoodInput();
        input["prompt"] = string.Concat(Enumerable.Repeat("🎬", 2500));
        Assert.Equal(200, (await client.SendAsync("POST", Support.FalId, input)).Status);
        input["prompt"] += "!";
        Assert.Equal(422, (await client.SendAsync("POST", Support.FalId, input)).Status);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("{'image_url':'https://example.com/a.png','prompt':'x'}")]
    [InlineData("[]")]
    [InlineData("")]
    public async Task Fal_refuses_a_body_that_is_no_JSON_object(string body)
    {
        await using var simulator = await Support.StartAsync();
        using var client = simulator.Client();
        var reply = await client.SendTextAsync(Support.FalId, body);
        Assert.Equal(422, reply.Status);
        Assert.Equal("""["body"]""", reply.Json["detail"]![0]!["loc"]!.ToJsonString());
    }

    private static JsonObject Change(string change, bool keepNulls = false)
    {
        var input = Support.GoodInput();
        foreach (var (name, value) in JsonNode.Parse(change)!.AsObject())
        {
            if (value is null && !keepNulls)
                input.Remove(name);
            else
                input[name] = value?.DeepClone();
        }
        return input;
    }
}
