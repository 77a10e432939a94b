using System.Text.Json;

namespace Zoetrope.Cli.Tests;

/// <summary>The command line itself: help, listings, usage errors, and the simulator as a process of its own.</summary>
public sealed class CommandTests
{
    [Theory]
    [InlineData("'rnu' is not a command of zoetrope; did you mean run?", "rnu")]
    [InlineData("'modles' is not a command of zoetrope; did you mean models?", "modles", "--all")]
    [InlineData("'xyzzy' is not a command of zoetrope.", "xyzzy")]
    [InlineData("'chekc' is not a command of zoetrope specs; did you mean check?", "specs", "chekc")]
    [InlineData("See `zoetrope --help`.", "rnu")]
    [InlineData("See `zoetrope run --help`.", "run")]
    [InlineData("MODEL: this build has no model 'kling'; similar names are ", "run", "kling")]
    [InlineData("MODEL: ", "run", Kling.FalEndpoint, "--provider", "eachlabs")]
    [InlineData("--provider: ", "run", Kling.Neutral, "--provider", "runway")]
    [InlineData("--policy: must be preferred or cheapest, but is 'fastest'", "run", Kling.Neutral, "--policy", "fastest")]
    [InlineData("--policy: ", "run", Kling.FalEndpoint, "--policy", "cheapest")]
    [InlineData("--deny: must be one of fal, eachlabs, ", "run", Kling.Neutral, "--deny", "fla")]
    [InlineData("--deny: ", "run", Kling.FalEndpoint, "--deny", "fal")]
    [InlineData("--deny: no provider of ", "run", Kling.Neutral, "--deny", "fal", "--deny", "eachlabs")]
    [InlineData("MODEL: this build has no model 'flux'", "run", "flux")]
    [InlineData("--timeout: must be a time such as ", "run", Kling.Neutral, "--timeout", "soon")]
    [InlineData("--timeout: must be more than 0, but is '0'", "run", Kling.Neutral, "--timeout", "0")]
    [InlineData("--timeout: must be at most 720h (30 days), but is '100000h'", "run", Kling.Neutral, "--timeout", "100000h")]
    [InlineData("--base-url: ", "run", Kling.Neutral, "--base-url", "localhost:1")]
    [InlineData("--base-url: ", "run", Kling.Neutral, "--input", Kling.Image, "--input", Kling.Prompt, "--base-url", "http://user:password@localhost:1")]
    [InlineData("--base-url: ", "resume", "fal:fal-ai/x:1", "--base-url", "http://localhost:1?key=1")]
    [InlineData("--output: ", "run", Kling.Neutral, "--output", "")]
    [InlineData("--output: no such folder:", "run", Kling.Neutral, "--output", "no-such-folder/x.mp4")]
    [InlineData("--input-json: ", "run", Kling.Neutral, "--input-json", "")]
    [InlineData("--no-wait: ", "run", Kling.Neutral, "--no-wait", "--output", "x")]
    [InlineData("--simulate: ", "run", Kling.Neutral, "--simulate", "--base-url", "http://localhost:1")]
    [InlineData("No key is in the environment to send to example.com", "run", Kling.Neutral, "--base-url", "https://example.com")]
    [InlineData("--port: ", "simulate", "--port", "70000")]
    [InlineData("--job-time: ", "simulate", "--job-time", "soon")]
    [InlineData("--specs: no such folder: 'no-such-folder'", "simulate", "--specs", "no-such-folder", "--port", "0")]
    [InlineData("--fail: 'kind' must be one of ", "simulate", "--fail", "everything", "--port", "0")]
    [InlineData("--fail: A fault must be a JSON object", "simulate", "--fail", "{", "--port", "0")]
    [InlineData("--no-wait: no key is set", "run", Kling.Neutral, "--no-wait", "--input", Kling.Image, "--input", Kling.Prompt)]
    [InlineData("MODEL: no key is set", "run", "fal-ai/flux/dev", "--provider", "fal", "--input", "prompt=x")]
    public async Task Wrong_usage_ends_with_2(string problem, params string[] arguments)
    {
        var result = await CliProcess.RunAsync(arguments);

        result.Exits(2).Says(problem);
        Assert.Equal("", result.Output);
    }

    [Fact]
    public async Task A_model_that_is_nothing_like_the_known_ones_brings_up_none_of_them_and_both_ways_to_run_it()
    {
        var result = await CliProcess.RunAsync("run", "fal-ai/flux/dev");

        Assert.DoesNotContain(result.Exits(2).ErrorLines, line => line.Contains("near ones", StringComparison.Ordinal));
        Assert.Contains(result.ErrorLines, line => line.Contains("--provider fal|eachlabs", StringComparison.Ordinal));
        Assert.Contains(result.ErrorLines, line => line.Contains("zoetrope specs add", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("--simulate -i image_url=")]
    [InlineData("FAL_BASE_URL, EACHLABS_BASE_URL")]
    [InlineData("  5    the submit broke off")]
    public async Task Help_shows_examples_variables_and_exit_codes(string text)
    {
        Assert.Contains(text, (await CliProcess.RunAsync("--help")).Exits(0).Output, StringComparison.Ordinal);
        Assert.Contains(text, (await CliProcess.RunAsync("run", "--help")).Exits(0).Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData]
    [InlineData("--help")]
    [InlineData("run", "--help")]
    [InlineData("--version")]
    public async Task Help_ends_with_0(params string[] arguments)
    {
        var result = await CliProcess.RunAsync(arguments);

        result.Exits(0);
        Assert.NotEqual("", result.Output);
        Assert.Empty(result.ErrorLines);
    }

    [Fact]
    public async Task Models_are_listed_one_a_line()
    {
        var result = await CliProcess.RunAsync("models");

        var lines = result.Exits(0).Output.Split('\n');
        Assert.Contains(lines, line => line.Contains(Kling.FalEndpoint, StringComparison.Ordinal) && line.Contains("image_url*", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.Contains(Kling.Neutral, StringComparison.Ordinal) && line.Contains("fal, eachlabs", StringComparison.Ordinal));
        Assert.All(lines[..^1], line => Assert.Equal(5, line.Count(one => one == '\t')));
    }

    [Fact]
    public async Task Models_are_listed_as_JSON()
    {
        var listing = (await CliProcess.RunAsync("models", "--json")).Exits(0).Json();

        var models = listing.GetProperty("models").EnumerateArray().ToDictionary(one => one.GetProperty("name").GetString()!);
        Assert.Equal(["flux-2-pro", "image-to-video", Kling.Neutral], models.Keys.Order(StringComparer.Ordinal));
        Assert.Equal("black-forest-labs/flux-2-pro", models["flux-2-pro"].GetProperty("endpoints").GetProperty("replicate").GetString());
        var model = models[Kling.Neutral];
        Assert.Equal(Kling.FalEndpoint, model.GetProperty("endpoints").GetProperty("fal").GetString());
        Assert.Equal(
            ["fal", "eachlabs", "bfl", "elevenlabs", "higgsfield", "leonardo", "luma", "replicate", "runway", "together", "topaz", "wavespeed"],
            listing.GetProperty("endpoints").EnumerateArray().Select(endpoint => endpoint.GetProperty("provider").GetString()).Distinct());
        var duration = listing.GetProperty("endpoints").EnumerateArray()
            .Single(endpoint => endpoint.GetProperty("id").GetString() == Kling.FalEndpoint)
            .GetProperty("parameters")
            .EnumerateArray()
            .Single(parameter => parameter.GetProperty("name").GetString() == "duration");
        Assert.Equal("5", duration.GetProperty("default").GetString());
        Assert.Equal(13, duration.GetProperty("values").GetArrayLength());
    }

    [Fact]
    public async Task A_job_outlives_its_process_in_a_simulator_of_its_own()
    {
        using var simulator = CliProcess.Start(["simulate", "--port", "0"], collectOutput: false);
        var address = (await simulator.Output.ReadLineAsync())!;
        string handle;
        using (var run = CliProcess.Start(["run", Kling.Neutral, "--input", Kling.Image, "--input", Kling.Prompt, "--base-url", address]))
        {
            handle = await run.ErrorLineAsync("handle: ");
            run.Kill();
        }

        var resumed = await CliProcess.RunAsync("resume", handle, "--base-url", address);

        resumed.Exits(0);
        using var http = new HttpClient();
        using var counts = JsonDocument.Parse(await http.GetStringAsync(address + "/_simulator/counts"));
        Assert.Equal(1, counts.RootElement.GetProperty("submits").GetInt32());
        await simulator.InterruptAsync();
        (await simulator.FinishAsync()).Exits(0);
    }

    [Fact]
    public async Task A_port_that_is_taken_is_reported()
    {
        await using var taken = await Kling.QuickAsync();

        var result = await CliProcess.RunAsync("simulate", "--port", taken.BaseUrl.Port.ToString(System.Globalization.CultureInfo.InvariantCulture));

        result.Exits(2).Says("--port: ");
    }
}
