using System.Text.Json;
using Zoetrope.Simulator;

namespace Zoetrope.Cli.Tests;

/// <summary>Jobs that go well.</summary>
public sealed class RunTests : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("zoetrope-").FullName;
    private MediaSimulator _simulator = null!;

    public async ValueTask InitializeAsync() => _simulator = await Kling.QuickAsync();

    public async ValueTask DisposeAsync()
    {
        await _simulator.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Theory]
    [InlineData("fal")]
    [InlineData("eachlabs")]
    public async Task A_result_is_printed_as_JSON_and_the_progress_as_plain_lines(string provider)
    {
        var result = await CliProcess.RunAsync(Kling.Run(_simulator, "--provider", provider));

        result.Exits(0).Says("handle: " + provider + ":").Says("completed, ");
        Assert.StartsWith(_simulator.BaseUrl.ToString(), VideoUrl(result), StringComparison.Ordinal);
        Assert.DoesNotContain(result.ErrorLines, line => line.Contains('\u001b'));
        Assert.Equal(1, _simulator.Submits);
        Assert.Equal(1, _simulator.CountsOf(provider).Accepted);
    }

    [Theory]
    [InlineData("fal")]
    [InlineData("eachlabs")]
    public async Task Output_saves_the_bytes_that_the_result_points_to(string provider)
    {
        var path = Path.Combine(_folder, "clip.mp4");

        var result = await CliProcess.RunAsync(Kling.Run(_simulator, "--provider", provider, "--output", path));

        result.Exits(0).Says($"saved: {path}");
        using var http = new HttpClient();
        Assert.Equal(await http.GetByteArrayAsync(VideoUrl(result)), await File.ReadAllBytesAsync(path));
    }

    [Theory]
    [InlineData("fal")]
    [InlineData("eachlabs")]
    public async Task An_output_without_extension_gets_the_one_of_the_media_type(string provider)
    {
        var result = await CliProcess.RunAsync(Kling.Run(_simulator, "--provider", provider, "--output", Path.Combine(_folder, "clip")));

        result.Exits(0);
        Assert.Equal([Path.Combine(_folder, "clip.mp4")], Directory.GetFiles(_folder));
    }

    [Fact]
    public async Task An_output_folder_takes_the_files_own_name()
    {
        var result = await CliProcess.RunAsync(Kling.Run(_simulator, "--output", _folder));

        result.Exits(0);
        var saved = Assert.Single(Directory.GetFiles(_folder));
        Assert.Equal(".mp4", Path.GetExtension(saved));
        Assert.True(new FileInfo(saved).Length > 0);
    }

    [Fact]
    public async Task An_output_that_has_no_place_is_refused_before_anything_is_paid()
    {
        var result = await CliProcess.RunAsync(Kling.Run(_simulator, "--output", Path.Combine(_folder, "missing", "clip.mp4")));

        result.Exits(2).Says("--output: ");
        Assert.Empty(_simulator.Requests);
    }

    [Fact]
    public async Task An_endpoint_id_runs_at_its_provider()
    {
        var result = await CliProcess.RunAsync(
            "run", Kling.FalEndpoint, "--input", Kling.Image, "--input", Kling.Prompt, "--base-url", _simulator.BaseUrl.ToString());

        result.Exits(0).Says("handle: fal:" + Kling.FalEndpoint);
        Assert.StartsWith(_simulator.BaseUrl.ToString(), VideoUrl(result), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_neutral_model_prefers_fal()
    {
        var result = await CliProcess.RunAsync(Kling.Run(_simulator));

        result.Exits(0).Says("handle: fal:");
        Assert.Equal(0, _simulator.CountsOf("eachlabs").Submits);
    }

    [Fact]
    public async Task A_neutral_model_falls_back_when_the_first_provider_surely_did_not_accept_and_says_so()
    {
        _simulator.AddFault(new SimulatorFault { Kind = FaultKind.Status, StatusCode = 402, Provider = "fal", Operation = SimulatorOperation.Submit, Times = 10 });

        var result = await CliProcess.RunAsync(Kling.Run(_simulator));

        result.Exits(0).Says("warning: ").Says("handle: eachlabs:");
        Assert.Equal(0, _simulator.CountsOf("fal").Accepted);
        Assert.Equal(1, _simulator.CountsOf("eachlabs").Accepted);
    }

    [Fact]
    public async Task A_named_provider_is_the_only_one()
    {
        _simulator.AddFault(new SimulatorFault { Kind = FaultKind.Status, StatusCode = 402, Provider = "fal", Operation = SimulatorOperation.Submit, Times = 10 });

        var result = await CliProcess.RunAsync(Kling.Run(_simulator, "--provider", "fal"));

        result.Exits(3);
        Assert.Equal(0, _simulator.CountsOf("eachlabs").Submits);
    }

    [Fact]
    public async Task What_only_one_provider_cannot_take_goes_to_the_other()
    {
        var shots = string.Join(',', Enumerable.Repeat("""{"prompt":"a"}""", 6));

        var result = await CliProcess.RunAsync(
            "run", Kling.Neutral, "--input", Kling.Image, "--input", $"multi_prompt=[{shots}]", "--base-url", _simulator.BaseUrl.ToString());

        result.Exits(0).Says("handle: fal:");
        Assert.Equal(0, _simulator.CountsOf("eachlabs").Submits);
    }

    [Fact]
    public async Task The_cost_is_told_where_the_provider_tells_it()
    {
        var result = await CliProcess.RunAsync(Kling.Run(_simulator, "--provider", "eachlabs"));

        result.Exits(0).Says("cost $");
    }

    [Fact]
    public async Task The_embedded_simulator_takes_over_where_there_is_no_key_and_says_so()
    {
        var result = await CliProcess.RunAsync("run", Kling.Neutral, "--input", Kling.Image, "--input", Kling.Prompt);

        result.Exits(0).Says("There is no key in the environment").Says("Using the embedded simulator");
        Assert.Equal(JsonValueKind.String, result.Json().GetProperty("video").GetProperty("url").ValueKind);
    }

    [Fact]
    public async Task Simulate_wins_over_a_key()
    {
        var result = await CliProcess.RunAsync(
            ["run", Kling.Neutral, "--input", Kling.Image, "--input", Kling.Prompt, "--simulate"], new Dictionary<string, string> { ["FAL_KEY"] = "bad-key" });

        result.Exits(0).Says("Using the embedded simulator");
    }

    private static string VideoUrl(CliResult result) => result.Json().GetProperty("video").GetProperty("url").GetString()!;
}
