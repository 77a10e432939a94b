using System.Text.Json;

namespace Zoetrope.Cli.Tests;

/// <summary>The command line itself: help, listings, usage errors, and the simulator as a process of its own.</summary>
public sealed class CommandTests
{
    [Theory]
    [InlineData("See `zoetrope --help`.")]
    [InlineData("See `zoetrope --help`.", "rnu")]
    [InlineData("See `zoetrope run --help`.", "run")]
    [InlineData("MODEL: there is no model 'kling'; near ones are ", "run", "kling")]
    [InlineData("MODEL: ", "run", Kling.FalEndpoint, "--provider", "eachlabs")]
    [InlineData("--provider: ", "run", Kling.Neutral, "--provider", "runway")]
    [InlineData("--timeout: ", "run", Kling.Neutral, "--timeout", "soon")]
    [InlineData("--timeout: ", "run", Kling.Neutral, "--timeout", "0")]
    [InlineData("--base-url: ", "run", Kling.Neutral, "--base-url", "localhost:1")]
    [InlineData("--base-url: ", "run", Kling.Neutral, "--input", Kling.Image, "--input", Kling.Prompt, "--base-url", "http://user:password@localhost:1")]
    [InlineData("--base-url: ", "resume", "fal:fal-ai/x:1", "--base-url", "http://localhost:1?key=1")]
    [InlineData("--output: ", "run", Kling.Neutral, "--output", "")]
    [InlineData("--output: there is no folder", "run", Kling.Neutral, "--output", "no-such-folder/x.mp4")]
    [InlineData("--input-json: ", "run", Kling.Neutral, "--input-json", "")]
    [InlineData("--no-wait: ", "run", Kling.Neutral, "--no-wait", "--output", "x")]
    [InlineData("--simulate: ", "run", Kling.Neutral, "--simulate", "--base-url", "http://localhost:1")]
    [InlineData("There is no key in the environment to send to example.com", "run", Kling.Neutral, "--base-url", "https://example.com")]
    [InlineData("--port: ", "simulate", "--port", "70000")]
    public async Task Wrong_usage_ends_with_2(string problem, params string[] arguments)
    {
        var result = await CliProcess.RunAsync(arguments);

        result.Exits(2).Says(problem);
        Assert.Equal("", result.Output);
    }

    [Theory]
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
    }

    [Fact]
    public async Task Models_are_listed_as_JSON()
    {
        var listing = (await CliProcess.RunAsync("models", "--json")).Exits(0).Json();

        var model = Assert.Single(listing.GetProperty("models").EnumerateArray());
        Assert.Equal(Kling.Neutral, model.GetProperty("name").GetString());
        Assert.Equal(Kling.FalEndpoint, model.GetProperty("endpoints").GetProperty("fal").GetString());
        Assert.Equal(["fal", "eachlabs"], listing.GetProperty("endpoints").EnumerateArray().Select(endpoint => endpoint.GetProperty("provider").GetString()));
        var duration = listing.GetProperty("endpoints")[0].GetProperty("parameters").EnumerateArray().Single(parameter => parameter.GetProperty("name").GetString() == "duration");
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
    public async Task A_port_that_is_taken_is_told()
    {
        await using var taken = await Kling.QuickAsync();

        var result = await CliProcess.RunAsync("simulate", "--port", taken.BaseUrl.Port.ToString(System.Globalization.CultureInfo.InvariantCulture));

        result.Exits(2).Says("--port: ");
    }
}
