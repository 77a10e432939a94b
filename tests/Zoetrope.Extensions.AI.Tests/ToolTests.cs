using System.Text.Json;
using Microsoft.Extensions.AI;
using Zoetrope.Costs;
using Zoetrope.Extensions.AI.Tools;
using Zoetrope.Fal.Models;
using Zoetrope.Jobs;
using Zoetrope.Models;
using Zoetrope.Simulator;
using Zoetrope.WaveSpeed;

namespace Zoetrope.Extensions.AI.Tests;

/// <summary>Models as tools of language models, which spend no more than they may, and pay for nothing twice.</summary>
public sealed class ToolTests
{
    private static readonly CostLimit OneDollar = new(1m);

    [Fact]
    public async Task The_schema_has_what_the_document_says_and_what_the_validator_enforces()
    {
        await using var studio = await Studio.OpenAsync();

        var tool = studio.WaveSpeed.AsAIFunction(WavespeedAiFluxDev.Info, OneDollar);

        Assert.Equal("wavespeed-ai_flux-dev", tool.Name);
        Assert.NotEmpty(tool.Description);
        var properties = tool.JsonSchema.GetProperty("properties");
        Assert.Equal(WavespeedAiFluxDev.Info.Parameters.Count, properties.EnumerateObject().Count());
        Assert.Equal(["prompt"], tool.JsonSchema.GetProperty("required").EnumerateArray().Select(static name => name.GetString()));
        Assert.False(tool.JsonSchema.GetProperty("additionalProperties").GetBoolean());
        var number = properties.GetProperty("num_images");
        Assert.Equal(
            ("integer", 1, 4, 1),
            (number.GetProperty("type").GetString(), number.GetProperty("minimum").GetInt32(), number.GetProperty("maximum").GetInt32(),
                number.GetProperty("default").GetInt32()));
        var strength = properties.GetProperty("strength");
        Assert.Equal((0, 1), (strength.GetProperty("minimum").GetInt32(), strength.GetProperty("maximum").GetInt32()));
        Assert.Equal(
            ["jpeg", "png", "webp"],
            properties.GetProperty("output_format").GetProperty("enum").EnumerateArray().Select(static value => value.GetString()));
        Assert.Equal("object", properties.GetProperty("loras").GetProperty("items").GetProperty("type").GetString());
        var kling = studio.Fal.AsAIFunction(KlingVideoO3ProImageToVideo.Info, OneDollar).JsonSchema.GetProperty("properties");
        Assert.Equal(2500, kling.GetProperty("prompt").GetProperty("maxLength").GetInt32());
        var flux = studio.Fal.AsAIFunction(Flux2Pro.Info, OneDollar).JsonSchema.GetProperty("properties");
        Assert.Contains("It is a string or an object.", flux.GetProperty("image_size").GetProperty("description").GetString());
        Assert.Equal("object", tool.ReturnJsonSchema!.Value.GetProperty("type").GetString());
        Assert.Same(WavespeedAiFluxDev.Endpoint, tool.GetService<ModelInfo>()!.Endpoint);
        Assert.Empty(studio.Simulator.Requests);
    }

    [Fact]
    public async Task A_language_model_mends_what_is_not_valid_and_gets_the_files()
    {
        await using var studio = await Studio.OpenAsync();
        var tool = studio.Fal.AsAIFunction(Flux2Pro.Info, OneDollar, Options(studio, "make_image"));
        var model = new Scripted(
            new FunctionCallContent("1", "make_image", new Dictionary<string, object?> { ["prompt"] = Element("\"A zoetrope\""), ["seed"] = Element("\"x\"") }),
            new FunctionCallContent("2", "make_image", new Dictionary<string, object?> { ["prompt"] = Element("\"A zoetrope\""), ["size"] = Element("1") }),
            new FunctionCallContent("3", "make_image", new Dictionary<string, object?> { ["prompt"] = Element("\"A zoetrope\"") }));
        using var chat = new ChatClientBuilder(model).UseFunctionInvocation().Build();

        var response = await chat.GetResponseAsync("Make an image of a zoetrope.", new() { Tools = [tool] });

        var results = response.Messages.SelectMany(static message => message.Contents).OfType<FunctionResultContent>()
            .Select(static result => (JsonElement)result.Result!).ToList();
        Assert.Contains("seed", results[0].GetProperty("error").GetString());
        Assert.Contains("no argument 'size'", results[1].GetProperty("error").GetString());
        Assert.StartsWith("http", results[2].GetProperty("files")[0].GetProperty("url").GetString());
        Assert.StartsWith("fal:", results[2].GetProperty("job").GetString());
        Assert.Equal(1, studio.Simulator.Submits);
    }

    [Fact]
    public async Task A_call_that_may_cost_more_is_not_sent()
    {
        await using var studio = await Studio.OpenAsync();
        var cheap = studio.Fal.AsAIFunction(Flux2Pro.Info, new CostLimit(0.001m), new() { MaxCalls = 1 });
        // Of this provider nobody knows what a job costs.
        var unknown = studio.WaveSpeed.AsAIFunction(WavespeedAiFluxDev.Info, OneDollar);

        var tooMuch = (JsonElement)(await cheap.InvokeAsync(new() { ["prompt"] = "A zoetrope" }))!;
        var notKnown = (JsonElement)(await unknown.InvokeAsync(new() { ["prompt"] = "A zoetrope" }))!;
        var again = (JsonElement)(await cheap.InvokeAsync(new() { ["prompt"] = "A zoetrope" }))!;

        Assert.Contains("the limit is $0.001", tooMuch.GetProperty("error").GetString());
        Assert.Contains("The limit is strict", notKnown.GetProperty("error").GetString());
        Assert.Contains("the limit is $0.001", again.GetProperty("error").GetString());
        Assert.Equal(0, studio.Simulator.Submits);
    }

    [Fact]
    public async Task A_call_waits_for_approval()
    {
        await using var studio = await Studio.OpenAsync();
        var tool = studio.WaveSpeed.AsApprovalRequiredAIFunction(WavespeedAiFluxDev.Info, Options(studio, "make_image"));
        var model = new Scripted(new FunctionCallContent("1", "make_image", new Dictionary<string, object?> { ["prompt"] = "A zoetrope" }));
        using var chat = new ChatClientBuilder(model).UseFunctionInvocation().Build();
        ChatMessage question = new(ChatRole.User, "Make an image of a zoetrope.");

        var response = await chat.GetResponseAsync([question], new() { Tools = [tool] });
        var asked = response.Messages.SelectMany(static message => message.Contents).OfType<ToolApprovalRequestContent>().Single();
        var before = studio.Simulator.Submits;
        await chat.GetResponseAsync(
            [question, .. response.Messages, new ChatMessage(ChatRole.User, [asked.CreateResponse(approved: true)])], new() { Tools = [tool] });

        Assert.Equal((0, 1), (before, studio.Simulator.Submits));
    }

    [Fact]
    public async Task Parameters_are_fixed_or_not_offered()
    {
        await using var studio = await Studio.OpenAsync();
        var tool = studio.Fal.AsAIFunction(Flux2Pro.Info, OneDollar, new()
        {
            Parameters = ["prompt"],
            FixedArguments = new Dictionary<string, Json.RawJson> { ["output_format"] = "png" },
            Settings = studio.Settings(),
            MaxCalls = 1,
        });

        var refused = (JsonElement)(await tool.InvokeAsync(new() { ["prompt"] = "A zoetrope", ["output_format"] = "jpeg" }))!;
        await tool.InvokeAsync(new() { ["prompt"] = "A zoetrope" });
        var second = (JsonElement)(await tool.InvokeAsync(new() { ["prompt"] = "Another" }))!;

        Assert.Equal("prompt", Assert.Single(tool.JsonSchema.GetProperty("properties").EnumerateObject()).Name);
        Assert.True(refused.TryGetProperty("error", out _));
        Assert.Contains("may be called 1 times", second.GetProperty("error").GetString());
        Assert.Equal("""{"output_format":"png","prompt":"A zoetrope"}""", Assert.Single(studio.Inputs).ToJsonString());
        Assert.Throws<ArgumentException>(() => studio.Fal.AsAIFunction(Flux2Pro.Info, OneDollar, new() { Parameters = ["seed"] }));
        Assert.Throws<ArgumentException>(() => studio.Fal.AsAIFunction(Flux2Pro.Info, OneDollar, new() { Parameters = ["prompt", "sead"] }));
        Assert.Throws<ArgumentException>(() => studio.Fal.AsAIFunction(Flux2Pro.Info, OneDollar, new() { Name = "make an image" }));
        Assert.Throws<ArgumentException>(() => studio.Fal.AsAIFunction(WavespeedAiFluxDev.Info, OneDollar));
        Assert.Throws<ArgumentNullException>(() => studio.Fal.AsAIFunction(Flux2Pro.Info, null!));
    }

    /// <summary>A language model repeats a call that failed. That must not make another job.</summary>
    [Fact]
    public async Task A_call_whose_submit_is_in_doubt_is_not_sent_again()
    {
        await using var studio = await Studio.OpenAsync();
        var tool = studio.Fal.AsAIFunction(Flux2Pro.Info, OneDollar, Options(studio, null));
        studio.Simulator.AddFault(new() { Kind = FaultKind.Reset, Operation = SimulatorOperation.Submit, CarryOut = true });

        await Assert.ThrowsAsync<SubmitException>(async () => await tool.InvokeAsync(new() { ["prompt"] = "A zoetrope" }));
        var again = (JsonElement)(await tool.InvokeAsync(new() { ["prompt"] = "A zoetrope" }))!;
        await tool.InvokeAsync(new() { ["prompt"] = "Another" });

        Assert.Contains("may exist", again.GetProperty("error").GetString());
        Assert.Equal(2, studio.Simulator.Counts.Accepted);
    }

    [Fact]
    public async Task A_call_whose_wait_ended_waits_for_the_same_job()
    {
        var clock = new SimulatorClock();
        await using var studio = await Studio.OpenAsync(TimeSpan.FromMinutes(5), clock: clock);
        var tool = studio.Fal.AsAIFunction(Flux2Pro.Info, OneDollar, Options(studio, null));
        using var cancellation = new CancellationTokenSource();
        var first = tool.InvokeAsync(new() { ["prompt"] = "A zoetrope" }, cancellation.Token).AsTask();
        while (studio.Simulator.Counts.Statuses == 0)
            await Task.Delay(5);
        await cancellation.CancelAsync();
        var stopped = await Assert.ThrowsAsync<JobWaitCanceledException>(() => first);

        clock.Advance(TimeSpan.FromMinutes(6));
        var result = (JsonElement)(await tool.InvokeAsync(new() { ["prompt"] = "A zoetrope" }))!;
        var second = tool.InvokeAsync(new() { ["prompt"] = "A zoetrope" }).AsTask();
        while (studio.Simulator.Submits < 2)
            await Task.Delay(5);
        clock.Advance(TimeSpan.FromMinutes(6));
        var another = (JsonElement)(await second)!;

        Assert.Equal(stopped.Handle.ToString(), result.GetProperty("job").GetString());
        // One that has its result is not kept: the same call is another job.
        Assert.NotEqual(stopped.Handle.ToString(), another.GetProperty("job").GetString());
        Assert.Equal(2, studio.Simulator.Submits);
    }

    [Fact]
    public async Task Bytes_are_not_given_to_the_language_model()
    {
        await using var studio = await Studio.OpenAsync();
        var tool = studio.Fal.AsAIFunction(Flux2Pro.Info, OneDollar, Options(studio, null));
        var data = "data:image/png;base64," + new string('A', 5000);
        studio.Simulator.AddFault(new()
        {
            Kind = FaultKind.JobResult,
            Body = $$"""{"images":[{"url":"{{data}}","content_type":"image/png"}],"seed":12345678901234567890}""",
            MediaType = "application/json",
        });

        var result = (JsonElement)(await tool.InvokeAsync(new() { ["prompt"] = "A zoetrope" }))!;

        Assert.Equal("data:image/png;base64, … (5000 characters)", result.GetProperty("files")[0].GetProperty("url").GetString());
        Assert.Equal("12345678901234567890", result.GetProperty("result").GetProperty("seed").GetRawText());
        Assert.True(result.GetRawText().Length < 1000);
    }

    [Fact]
    public async Task A_call_without_a_job_does_not_count()
    {
        await using var studio = await Studio.OpenAsync();
        var tool = studio.Fal.AsAIFunction(Flux2Pro.Info, OneDollar, new() { MaxCalls = 1, Settings = studio.Settings() });
        studio.Simulator.AddFault(new() { Kind = FaultKind.Status, StatusCode = 403, Operation = SimulatorOperation.Submit });

        await Assert.ThrowsAsync<SubmitException>(async () => await tool.InvokeAsync(new() { ["prompt"] = "A zoetrope" }));
        var result = (JsonElement)(await tool.InvokeAsync(new() { ["prompt"] = "A zoetrope" }))!;

        Assert.True(result.TryGetProperty("files", out _));
    }

    [Fact]
    public async Task A_result_with_a_text_that_is_not_valid_is_passed_on()
    {
        await using var studio = await Studio.OpenAsync();
        var tool = studio.Fal.AsAIFunction(Flux2Pro.Info, OneDollar, Options(studio, null));
        const string Result = """{"images":[],"\udc00":"cut off \ud83d","whole":"\ud83d\ude00\n\"\\\u0041\udc00"}""";
        studio.Simulator.AddFault(new() { Kind = FaultKind.JobResult, Body = Result, MediaType = "application/json" });

        var result = ((JsonElement)(await tool.InvokeAsync(new() { ["prompt"] = "A zoetrope" }))!).GetProperty("result");

        Assert.Equal("cut off \ufffd", result.GetProperty("\ufffd").GetString());
        Assert.Equal("\ud83d\ude00\n\"\\A\ufffd", result.GetProperty("whole").GetString());
        Assert.Equal(1, studio.Simulator.Submits);
    }

    private static ModelToolOptions Options(Studio studio, string? name) => new() { Name = name, Settings = studio.Settings() };

    private static JsonElement Element(string json) => JsonDocument.Parse(json).RootElement;

    /// <summary>A language model that makes calls one after the other, and then ends.</summary>
    private sealed class Scripted(params FunctionCallContent[] calls) : IChatClient
    {
        private int _next;

        public Task<ChatResponse> GetResponseAsync(
            IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
            Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, _next < calls.Length ? [calls[_next++]] : [new TextContent("Done.")])));

        public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
            IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
            throw new NotSupportedException();

        public object? GetService(Type serviceType, object? serviceKey = null) => null;

        public void Dispose()
        {
        }
    }
}
