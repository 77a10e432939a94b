using System.Text.Json;
using Zoetrope.Simulator;

namespace Zoetrope.Cli.Tests;

/// <summary>What becomes of <c>--input</c>, <c>--extra</c> and <c>--input-json</c> on the wire.</summary>
public sealed class InputTests : IAsyncLifetime
{
    private readonly string _file = Path.GetTempFileName();
    private MediaSimulator _simulator = null!;

    public async ValueTask InitializeAsync() => _simulator = await Kling.QuickAsync();

    public async ValueTask DisposeAsync()
    {
        await _simulator.DisposeAsync();
        File.Delete(_file);
    }

    [Fact]
    public async Task Values_get_the_declared_type()
    {
        var result = await CliProcess.RunAsync(
            "run", Kling.FalEndpoint, "--input", Kling.Image, "--input", "duration=7", "--input", "generate_audio=true",
            "--input", """multi_prompt=[{"prompt":"a=b","duration":"4"}]""", "--base-url", _simulator.BaseUrl.ToString());

        result.Exits(0);
        var sent = Sent();
        Assert.Equal("7", sent.GetProperty("duration").GetString());
        Assert.True(sent.GetProperty("generate_audio").GetBoolean());
        Assert.Equal("a=b", sent.GetProperty("multi_prompt")[0].GetProperty("prompt").GetString());
    }

    [Theory]
    [InlineData("@not a response file")]
    [InlineData("--not-an-option")]
    [InlineData("true")]
    [InlineData("null")]
    [InlineData("""He says "hé" = hi 🎬""")]
    public async Task Text_stays_as_it_was_typed(string prompt)
    {
        var result = await CliProcess.RunAsync(
            "run", Kling.FalEndpoint, "--input", Kling.Image, "--input", "prompt=" + prompt, "--base-url", _simulator.BaseUrl.ToString());

        result.Exits(0);
        Assert.Equal(prompt, Sent().GetProperty("prompt").GetString());
    }

    [Fact]
    public async Task A_file_is_read_and_an_input_wins_over_it()
    {
        await File.WriteAllTextAsync(_file, $$"""{ "image_url": "{{Kling.ImageUrl}}", "prompt": "from the file", "duration": "9" }""");

        var result = await CliProcess.RunAsync(
            "run", Kling.FalEndpoint, "--input-json", _file, "--input", "prompt=from the option", "--base-url", _simulator.BaseUrl.ToString());

        result.Exits(0);
        Assert.Equal("from the option", Sent().GetProperty("prompt").GetString());
        Assert.Equal("9", Sent().GetProperty("duration").GetString());
    }

    [Fact]
    public async Task Stdin_is_read()
    {
        var result = await CliProcess.RunAsync(
            ["run", Kling.FalEndpoint, "--input-json", "-", "--base-url", _simulator.BaseUrl.ToString()],
            input: $$"""{ "image_url": "{{Kling.ImageUrl}}", "prompt": "from stdin" }""");

        result.Exits(0);
        Assert.Equal("from stdin", Sent().GetProperty("prompt").GetString());
    }

    [Theory]
    [InlineData("fal")]
    [InlineData("eachlabs")]
    public async Task Extra_sends_what_no_document_declares(string provider)
    {
        var result = await CliProcess.RunAsync(
            Kling.Run(_simulator, "--provider", provider, "--extra", """camera={"zoom":1.50}""", "--extra", "seed=17454220438242315174"));

        result.Exits(0);
        var sent = provider == "fal" ? Sent() : Sent().GetProperty("input");
        Assert.Equal("1.50", sent.GetProperty("camera").GetProperty("zoom").GetRawText());
        Assert.Equal("17454220438242315174", sent.GetProperty("seed").GetRawText());
    }

    [Theory]
    [InlineData("{", "--input-json: ")]
    [InlineData("[1]", "--input-json: ")]
    [InlineData("""{"image_url":"https://example.com/a.png","prompt":"x","fps":24}""", "fps: ")]
    [InlineData("""{"image_url":"https://example.com/a.png","prompt":5}""", "prompt: ")]
    [InlineData("""{"image_url":"https://example.com/a.png","prompt":"x","\ud800":1}""", "--input-json: ")]
    public async Task Wrong_JSON_is_refused_by_name(string json, string problem)
    {
        var result = await CliProcess.RunAsync(["run", Kling.Neutral, "--input-json", "-", "--base-url", _simulator.BaseUrl.ToString()], input: json);

        result.Exits(2).Says(problem);
        Assert.Empty(_simulator.Requests);
    }

    [Theory]
    [InlineData("--input", "prompt", "--input: must be NAME=VALUE")]
    [InlineData("--input", "prompt=again", "prompt: is given twice")]
    [InlineData("--extra", "seed=one two", "seed: ")]
    [InlineData("--input-json", "no-such-file.json", "--input-json: cannot read")]
    public async Task Wrong_options_are_refused_by_name(string option, string value, string problem)
    {
        var result = await CliProcess.RunAsync(Kling.Run(_simulator, option, value));

        result.Exits(2).Says(problem);
        Assert.Empty(_simulator.Requests);
    }

    [Fact]
    public async Task JSON_that_is_nested_too_deeply_is_refused_by_name()
    {
        var result = await CliProcess.RunAsync(Kling.Run(_simulator, "--extra", "deep=" + new string('[', 256) + new string(']', 256)));

        result.Exits(2).Says("deep: ");
        Assert.Empty(_simulator.Requests);
    }

    [Theory]
    [InlineData("""{"image_url":"https://example.com/a.png",}""", "--input-json: stdin is not JSON: line 1, column 42: '}' is not expected here")]
    [InlineData("""{"image_url":""", "--input-json: stdin is not JSON: line 1, column 14: it ends too early")]
    [InlineData("", "--input-json: stdin is not JSON: it is empty")]
    public async Task What_is_wrong_with_JSON_is_said_in_own_words_and_nothing_else_is(string json, string problem)
    {
        var result = await CliProcess.RunAsync(["run", Kling.Neutral, "--input-json", "-", "--base-url", _simulator.BaseUrl.ToString()], input: json);

        Assert.Equal([problem], result.Exits(2).ErrorLines);
    }

    [Theory]
    [InlineData("--input", "prompt", "--input: must be NAME=VALUE, but is 'prompt'")]
    [InlineData("--input", """multi_prompt=[{"prompt":"a"},]""", "multi_prompt: an array must be given as JSON, and this is not valid: line 1, column 17: ']' is not expected here")]
    [InlineData("--extra", "seed=one two", "seed: the value of --extra is not valid JSON (text needs double quotes): line 1, column 1: 'o' is not expected here")]
    public async Task What_could_not_be_read_is_not_reported_as_missing(string option, string value, string problem)
    {
        var result = await CliProcess.RunAsync("run", Kling.Neutral, "--input", Kling.Image, option, value, "--base-url", _simulator.BaseUrl.ToString());

        Assert.Contains(problem, result.Exits(2).ErrorLines);
        if (option == "--input" && value == "prompt")
            Assert.Equal([problem], result.ErrorLines);
    }

    [Fact]
    public async Task A_local_file_is_sent_as_a_data_URI_where_that_is_asked_for()
    {
        await File.WriteAllBytesAsync(_file, [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0d, 0x0a, 0x1a, 0x0a, 0, 0]);

        var named = await CliProcess.RunAsync(
            "run",
            Kling.FalEndpoint,
            "--input",
            "image_url=" + _file,
            "--input",
            Kling.Prompt,
            "--base-url",
            _simulator.BaseUrl.ToString());
        var sent = await CliProcess.RunAsync(
            "run",
            Kling.FalEndpoint,
            "--file",
            "image_url=" + _file,
            "--input",
            Kling.Prompt,
            "--base-url",
            _simulator.BaseUrl.ToString());
        var missing = await CliProcess.RunAsync("run", Kling.FalEndpoint, "--file", "image_url=no-such-file.png", "--base-url", _simulator.BaseUrl.ToString());

        named.Exits(2).Says("image_url: ").Says("--file image_url=FILE");
        sent.Exits(0);
        Assert.StartsWith("data:image/png;base64,", Sent().GetProperty("image_url").GetString(), StringComparison.Ordinal);
        Assert.Single(missing.Exits(2).ErrorLines, line => line.StartsWith("image_url: cannot read the file 'no-such-file.png'", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_endpoint_without_a_document_is_run_unchecked_where_its_provider_is_named()
    {
        using var specs = new OwnDocument("fal-ai/flux/dev");
        await using var simulator =
            await MediaSimulator.StartAsync(new SimulatorOptions { SpecsFolder = specs.Folder, QueueTime = TimeSpan.Zero, JobDuration = TimeSpan.Zero });

        var result = await CliProcess.RunAsync(
            "run", "fal-ai/flux/dev", "--provider", "fal", "--input", Kling.Image, "--input", Kling.Prompt, "--input", "num_images=2", "--base-url", simulator.BaseUrl.ToString());

        result.Exits(0).Says("This build has no document of 'fal-ai/flux/dev': its input is sent without validation.").Says("handle: fal:fal-ai/flux/dev:");
        using var body = JsonDocument.Parse(Assert.Single(simulator.Requests, request => request.Operation == SimulatorOperation.Submit).Body);
        Assert.Equal(2, body.RootElement.GetProperty("num_images").GetInt32());
    }

    private JsonElement Sent()
    {
        var submit = Assert.Single(_simulator.Requests, request => request.Operation == SimulatorOperation.Submit);
        using var document = JsonDocument.Parse(submit.Body);
        return document.RootElement.Clone();
    }
}
