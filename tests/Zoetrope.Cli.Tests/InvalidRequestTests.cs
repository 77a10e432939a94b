using Zoetrope.Simulator;

namespace Zoetrope.Cli.Tests;

/// <summary>What is wrong is reported before anything is sent, whichever provider is to run it.</summary>
public sealed class InvalidRequestTests : IAsyncLifetime
{
    private const string FiveShots = """{"prompt":"a"},{"prompt":"b"},{"prompt":"c"},{"prompt":"d"},{"prompt":"e"}""";

    private MediaSimulator _simulator = null!;

    public static TheoryData<string, string, string[]> AtBoth => new()
    {
        { "no image", "image_url: ", [Kling.Prompt] },
        { "both prompts", "prompt: ", [Kling.Image, Kling.Prompt, """multi_prompt=[{"prompt":"a"}]"""] },
        { "no prompt", "prompt: ", [Kling.Image] },
        { "a duration that is not offered", "duration: must be one of ", [Kling.Image, Kling.Prompt, "duration=2"] },
        { "a shot without a prompt", "multi_prompt[0].prompt: ", [Kling.Image, """multi_prompt=[{"duration":"5"}]"""] },
        { "a long prompt", "prompt: ", [Kling.Image, "prompt=" + new string('x', 2501)] },
        { "no boolean", "generate_audio: ", [Kling.Image, Kling.Prompt, "generate_audio=maybe"] },
        { "an unknown name", "promt: ", [Kling.Image, Kling.Prompt, "promt=typed too fast"] },
        { "no list", "multi_prompt: ", [Kling.Image, Kling.Prompt, "multi_prompt=[{"] },
    };

    public static TheoryData<string, string, string[]> AtEachlabs => new()
    {
        { "six shots", "multi_prompt: ", [Kling.Image, $$"""multi_prompt=[{{FiveShots}},{"prompt":"f"}]"""] },
        { "a data URI", "image_url: ", ["image_url=data:image/png;base64,iVBORw0KGgo=", Kling.Prompt] },
        { "a local host", "image_url: ", ["image_url=https://localhost/a.png", Kling.Prompt] },
        { "the local network", "end_image_url: ", [Kling.Image, Kling.Prompt, "end_image_url=https://192.168.1.7/b.png"] },
    };

    public async ValueTask InitializeAsync() => _simulator = await Kling.QuickAsync();

    public ValueTask DisposeAsync() => _simulator.DisposeAsync();

    [Theory]
    [MemberData(nameof(AtBoth))]
    public async Task At_fal(string what, string path, string[] inputs) => await RefusesAsync(what, path, inputs, "--provider", "fal");

    [Theory]
    [MemberData(nameof(AtBoth))]
    [MemberData(nameof(AtEachlabs))]
    public async Task At_Eachlabs(string what, string path, string[] inputs) => await RefusesAsync(what, path, inputs, "--provider", "eachlabs");

    [Theory]
    [InlineData(Kling.Neutral)]
    [InlineData(Kling.FalEndpoint)]
    public async Task All_problems_are_reported_at_once(string model)
    {
        var result = await CliProcess.RunAsync(
            "run", model, "--input", "duration=2", "--input", "generate_audio=maybe", "--input", "frames=24", "--base-url", _simulator.BaseUrl.ToString());

        result.Exits(2).Says("image_url: ").Says("prompt: ").Says("duration: ").Says("generate_audio: ").Says("frames: ");
        Assert.Empty(_simulator.Requests);
    }

    [Fact]
    public async Task A_provider_that_nobody_named_is_checked_too()
    {
        var result = await CliProcess.RunAsync("run", Kling.Neutral, "--input", Kling.Prompt, "--base-url", _simulator.BaseUrl.ToString());

        result.Exits(2).Says("image_url: is required");
        Assert.Empty(_simulator.Requests);
    }

    [Fact]
    public async Task Without_a_key_nothing_is_started_for_a_wrong_request()
    {
        var result = await CliProcess.RunAsync("run", Kling.Neutral, "--input", Kling.Prompt);

        result.Exits(2).Says("image_url: is required");
        Assert.DoesNotContain(result.ErrorLines, line => line.Contains("simulator", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_unknown_name_brings_up_the_nearest_known_ones()
    {
        var result = await CliProcess.RunAsync(Kling.Run(_simulator, "--input", "image_ulr=https://example.com/b.png"));

        var line = Assert.Single(result.Exits(2).ErrorLines, line => line.StartsWith("image_ulr: ", StringComparison.Ordinal));
        Assert.Contains("image_url", line, StringComparison.Ordinal);
        Assert.DoesNotContain("shot_type", line, StringComparison.Ordinal);
        Assert.Contains(result.ErrorLines, hint => hint.Contains("--extra", StringComparison.Ordinal));
    }

    private async Task RefusesAsync(string what, string path, string[] inputs, params string[] more)
    {
        var result = await CliProcess.RunAsync(
            ["run", Kling.Neutral, .. inputs.SelectMany(input => new[] { "--input", input }), "--base-url", _simulator.BaseUrl.ToString(), .. more]);

        Assert.True(result.ExitCode == 2, $"{what}: exit code {result.ExitCode}\n{string.Join('\n', result.ErrorLines)}");
        result.Says(path);
        Assert.Equal("", result.Output);
        Assert.Empty(_simulator.Requests);
    }
}
