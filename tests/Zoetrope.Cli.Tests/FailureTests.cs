using Zoetrope.Simulator;

namespace Zoetrope.Cli.Tests;

/// <summary>What providers refuse and what fails there: exit code 3, in words, without a stack trace.</summary>
public sealed class FailureTests : IAsyncLifetime
{
    private MediaSimulator _simulator = null!;

    public static TheoryData<string> Providers => new("fal", "eachlabs");

    public async ValueTask InitializeAsync() => _simulator = await Kling.QuickAsync();

    public ValueTask DisposeAsync() => _simulator.DisposeAsync();

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task A_job_that_fails(string provider)
    {
        _simulator.AddFault(new SimulatorFault { Kind = FaultKind.JobFailure });

        var result = await CliProcess.RunAsync(Kling.Run(_simulator, "--provider", provider));

        Fails(result.Says("handle: "));
        Assert.Equal(1, _simulator.Submits);
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task A_key_that_is_refused(string provider)
    {
        var keys = new Dictionary<string, string> { ["FAL_KEY"] = "bad-key", ["EACHLABS_API_KEY"] = "bad-key" };

        var result = await CliProcess.RunAsync(Kling.Run(_simulator, "--provider", provider), keys);

        Fails(result);
        Assert.DoesNotContain(result.ErrorLines, line => line.Contains("bad-key", StringComparison.Ordinal));
        Assert.Equal(0, _simulator.Counts.Accepted);
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task A_submit_whose_response_is_lost_is_not_sent_again(string provider)
    {
        _simulator.AddFault(new SimulatorFault { Kind = FaultKind.Reset, Operation = SimulatorOperation.Submit, CarryOut = true });

        var result = await CliProcess.RunAsync(Kling.Run(_simulator, "--provider", provider));

        result.Exits(5).Says($"It is not known whether {provider} accepted the job");
        Assert.Equal("", result.Output);
        Assert.Equal(1, _simulator.Submits);
    }

    [Fact]
    public async Task A_server_that_is_not_there()
    {
        var gone = _simulator.BaseUrl.ToString();
        await _simulator.DisposeAsync();

        Fails(await CliProcess.RunAsync("run", Kling.Neutral, "--provider", "fal", "--input", Kling.Image, "--input", Kling.Prompt, "--base-url", gone));
    }

    [Fact]
    public async Task A_file_that_is_gone()
    {
        _simulator.AddFault(new SimulatorFault { Kind = FaultKind.Status, StatusCode = 404, Operation = SimulatorOperation.File });
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());

        var result = await CliProcess.RunAsync(Kling.Run(_simulator, "--output", path));

        result.Exits(3);
        Assert.True(result.Json().TryGetProperty("video", out _));
        Assert.Empty(result.Json().GetProperty("saved").EnumerateArray());
        Assert.Single(result.ErrorLines, line => line.StartsWith("resume with: ", StringComparison.Ordinal));
        Assert.False(File.Exists(path) || File.Exists(path + ".mp4"));
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task A_key_that_no_header_can_hold(string provider)
    {
        var keys = new Dictionary<string, string> { ["FAL_KEY"] = "two\nlines-of-a-key", ["EACHLABS_API_KEY"] = "two\nlines-of-a-key" };

        var result = await CliProcess.RunAsync(Kling.Run(_simulator, "--provider", provider), keys);

        result.Exits(2).Says($"The {provider} key contains characters");
        Assert.DoesNotContain(result.ErrorLines, line => line.Contains("lines-of-a-key", StringComparison.Ordinal));
        Assert.Empty(_simulator.Requests);
    }

    [Fact]
    public async Task A_folder_that_cannot_be_written_to_is_reported_before_anything_is_paid()
    {
        Assert.SkipUnless(Directory.Exists("/proc/self"), "There is no folder here that nobody can write to.");

        var result = await CliProcess.RunAsync(Kling.Run(_simulator, "--output", "/proc/x.mp4"));

        result.Exits(2).Says("--output: cannot write to the folder '/proc'");
        Assert.Empty(_simulator.Requests);
    }

    [Fact]
    public async Task A_log_on_a_full_disk_does_not_cost_the_result()
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "There is no /dev/full here.");

        using var process = CliProcess.Start(Kling.Run(_simulator), redirections: "2>/dev/full");

        var result = await process.FinishAsync();
        result.Exits(0);
        Assert.True(result.Json().TryGetProperty("video", out _));
        // The handle could not be printed, so it is kept.
        Assert.Contains($"zoetrope resume fal:{Kling.FalEndpoint}:", await File.ReadAllTextAsync(process.LostHandles), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Several_providers_that_refuse_have_a_line_each()
    {
        _simulator.AddFault(new SimulatorFault { Kind = FaultKind.Status, StatusCode = 402, Operation = SimulatorOperation.Submit, Times = 10 });

        var result = await CliProcess.RunAsync(Kling.Run(_simulator));

        Fails(result.Says("No provider accepted the job.").Says("fal ").Says("eachlabs "));
    }

    [Fact]
    public async Task A_server_that_is_gone_is_reported_while_a_job_is_waited_for_and_at_the_end()
    {
        var result = await CliProcess.RunAsync(
            "resume", $"fal:{Kling.FalEndpoint}:764cabcf-cfcf-4cdd-8fd6-6c1c8a6f0e70", "--base-url", "http://127.0.0.1:1", "--timeout", "3s");

        result.Exits(4).Says("no connection, retrying: ");
        Assert.Contains(result.ErrorLines, line => line.Contains("requests about it failed", StringComparison.Ordinal));
    }

    /// <summary>What a terminal would act on: both sets of controls, the ends of lines, marks that turn text around, and those that are not seen.</summary>
    private const string Hostile = """a\u009b2Jb\u202ec\u2028d\u001b[2J\u0007\u2066e\ud800\u0085f\u200bg\udb40\udc41h\ufeff\u00adi""";

    [Fact]
    public async Task An_error_of_a_provider_does_nothing_to_the_terminal()
    {
        _simulator.AddFault(new SimulatorFault { Kind = FaultKind.JobFailure, Body = $$"""{"detail":[{"loc":["body"],"msg":"{{Hostile}}","type":"x"}]}""" });

        var result = await CliProcess.RunAsync(Kling.Run(_simulator));

        Assert.Contains(result.Exits(3).ErrorLines, line => line.Contains("The job failed", StringComparison.Ordinal));
        Assert.All(string.Concat(result.ErrorLines), AssertShown);
    }

    [Fact]
    public async Task A_result_of_a_provider_does_nothing_to_the_terminal()
    {
        var url = _simulator.BaseUrl + "files/x.mp4";
        _simulator.AddFault(new SimulatorFault
        {
            Kind = FaultKind.Status,
            StatusCode = 200,
            Operation = SimulatorOperation.Result,
            Body = $$"""{"video":{"url":"{{url}}"},"{{Hostile}}":"{{Hostile}}","emoji":"👩‍🚀 é"}""",
        });

        var result =
            await CliProcess.RunAsync("run", Kling.FalEndpoint, "--input", Kling.Image, "--input", Kling.Prompt, "--base-url", _simulator.BaseUrl.ToString());

        Assert.All(result.Exits(0).Output.Replace("\n", ""), AssertShown);
        Assert.Equal(2, result.Output.Split(Hostile).Length - 1);
        Assert.Contains("👩‍🚀 é", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stack_trace_is_shown_only_where_it_is_asked_for()
    {
        _simulator.AddFault(new SimulatorFault { Kind = FaultKind.JobFailure });

        var result = await CliProcess.RunAsync(Kling.Run(_simulator), new Dictionary<string, string> { ["ZOETROPE_DEBUG"] = "1" });

        result.Exits(3).Says("   at ");
    }

    private static void Fails(CliResult result)
    {
        result.Exits(3);
        Assert.Equal("", result.Output);
        Assert.NotEmpty(result.ErrorLines);
        Assert.DoesNotContain(result.ErrorLines, line => line.StartsWith("   at ", StringComparison.Ordinal));
    }

    private static void AssertShown(char unit) => Assert.False(
        char.IsControl(unit) || unit is '\u202e' or '\u2066' or '\u2028' or '\u200b' or '\udb40' or '\ufeff' or '\u00ad',
        $"U+{(int)unit:X4} was printed.");
}
