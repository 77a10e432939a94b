using System.Text;
using Zoetrope.Simulator;

namespace Zoetrope.Cli.Tests;

/// <summary>
/// Processes that were started without stdin, stdout or stderr, as daemons and schedulers do: the handle of a job that is paid for is somewhere all the same.
/// </summary>
public sealed class ClosedStreamTests : IAsyncLifetime
{
    private MediaSimulator _simulator = null!;

    public static TheoryData<bool, bool, bool> Combinations
    {
        get
        {
            var data = new TheoryData<bool, bool, bool>();
            for (var closed = 1; closed < 8; closed++)
                data.Add((closed & 1) != 0, (closed & 2) != 0, (closed & 4) != 0);
            return data;
        }
    }

    public async ValueTask InitializeAsync() => _simulator = await Kling.QuickAsync();

    public ValueTask DisposeAsync() => _simulator.DisposeAsync();

    [Theory]
    [MemberData(nameof(Combinations))]
    public async Task A_job_that_is_not_waited_for(bool input, bool output, bool errors)
    {
        var (result, kept) = await RunAsync(Kling.Run(_simulator, "--no-wait"), input, output, errors);

        var handle = HandleOf(result.Exits(output ? 1 : 0), kept, output, errors);
        if (!output)
            Assert.Equal(handle, result.Json().GetProperty("handle").GetString());
        Assert.Equal(1, _simulator.Submits);
        (await CliProcess.RunAsync("resume", handle, "--base-url", _simulator.BaseUrl.ToString())).Exits(0);
    }

    [Theory]
    [MemberData(nameof(Combinations))]
    public async Task A_job_that_is_waited_for(bool input, bool output, bool errors)
    {
        var (result, kept) = await RunAsync(Kling.Run(_simulator), input, output, errors);

        _ = HandleOf(result.Exits(output ? 1 : 0), kept, output, errors);
        if (!output)
            Assert.True(result.Json().TryGetProperty("video", out _));
        Assert.Equal(1, _simulator.Submits);
    }

    [Theory]
    [MemberData(nameof(Combinations))]
    public async Task A_job_whose_files_are_saved(bool input, bool output, bool errors)
    {
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName() + ".mp4");
        try
        {
            var (result, kept) = await RunAsync(Kling.Run(_simulator, "--output", path), input, output, errors);

            _ = HandleOf(result.Exits(output ? 1 : 0), kept, output, errors);
            if (!errors)
                result.Says($"saved: {path}");
            // What was meant for stdout or stderr has not ended up in the file.
            Assert.Equal("ftyp", Encoding.ASCII.GetString(await File.ReadAllBytesAsync(path), 4, 4));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Theory]
    [MemberData(nameof(Combinations))]
    public async Task A_job_that_is_resumed(bool input, bool output, bool errors)
    {
        var handle = (await CliProcess.RunAsync(Kling.Run(_simulator, "--no-wait"))).Exits(0).Handle();

        var (result, kept) = await RunAsync(["resume", handle, "--base-url", _simulator.BaseUrl.ToString()], input, output, errors);

        result.Exits(output ? 1 : 0);
        if (!output)
            Assert.True(result.Json().TryGetProperty("video", out _));
        else if (!errors)
            result.Says("stdout is closed").Says($"resume with: zoetrope resume {handle} ");
        // Who resumes has the handle.
        Assert.Equal("", kept);
    }

    [Theory]
    [MemberData(nameof(Combinations))]
    public async Task What_needs_no_job(bool input, bool output, bool errors)
    {
        foreach (var arguments in new string[][] { ["models", "--json"], ["--help"], ["--version"] })
        {
            var (result, kept) = await RunAsync(arguments, input, output, errors);

            result.Exits(output ? 1 : 0);
            Assert.Equal(output, result.Output.Length == 0);
            if (output && !errors)
                AssertOnly("stdout is closed, so nothing was printed there.", result, arguments);
            Assert.Equal("", kept);
        }
    }

    [Theory]
    [MemberData(nameof(Combinations))]
    public async Task An_input_that_is_read_from_stdin(bool input, bool output, bool errors)
    {
        var arguments = new[] { "run", Kling.Neutral, "--input-json", "-", "--no-wait", "--base-url", _simulator.BaseUrl.ToString() };

        var (result, _) = await RunAsync(arguments, input, output, errors, input ? null : $$"""{"image_url":"{{Kling.ImageUrl}}","prompt":"x"}""");

        if (!input)
        {
            result.Exits(output ? 1 : 0);
            Assert.Equal(1, _simulator.Submits);
            return;
        }
        result.Exits(2);
        if (!errors)
            result.Says("--input-json: cannot read stdin: stdin is closed");
        Assert.Empty(_simulator.Requests);
    }

    [Fact]
    public async Task A_result_that_is_not_understood_does_not_end_in_a_crash()
    {
        _simulator.AddFault(
            new SimulatorFault { Kind = FaultKind.Status, StatusCode = 200, Operation = SimulatorOperation.Result, Body = "not JSON", Times = 1000 });

        var (result, _) = await RunAsync(Kling.Run(_simulator, "--timeout", "3s"), input: false, output: true, errors: false);

        result.Exits(3).Says("stdout is closed").Says($"resume with: zoetrope resume {result.Handle()} ");
        Assert.DoesNotContain(result.ErrorLines, line => line.StartsWith("   at ", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_receipt_that_breaks_off_after_the_id(bool errors)
    {
        const string Handle = $"fal:{Kling.FalEndpoint}:764cabcf-b745-4b3e-ae38-1200304cf45b";
        const string Receipt = """{"status":"IN_QUEUE","request_id":"764cabcf-b745-4b3e-ae38-1200304cf45b","response_url":"https://que""";
        _simulator.AddFault(new SimulatorFault { Kind = FaultKind.Status, StatusCode = 200, Operation = SimulatorOperation.Submit, Body = Receipt });

        var (result, kept) = await RunAsync(Kling.Run(_simulator, "--provider", "fal"), input: false, output: false, errors);

        Assert.Equal(Handle, HandleOf(result.Exits(5), kept, output: false, errors));
        if (!errors)
            result.Says("fal accepted the job").Says($"resume with: zoetrope resume {Handle} ");
        Assert.Equal(1, _simulator.Submits);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_reader_of_stdout_that_has_gone(bool isWaitedFor)
    {
        using var process = CliProcess.Start(isWaitedFor ? Kling.Run(_simulator) : Kling.Run(_simulator, "--no-wait"), collectOutput: false);
        process.Output.Close();

        var result = await process.FinishAsync();

        result.Exits(1).Says("Nobody reads stdout any more").Says($"resume with: zoetrope resume {result.Handle()} ");
        Assert.Equal(1, _simulator.Submits);
    }

    [Theory]
    [InlineData("models")]
    [InlineData("models", "--json")]
    [InlineData("--help")]
    [InlineData("run", "--help")]
    [InlineData("--version")]
    public async Task What_needs_no_job_on_a_full_disk(params string[] arguments)
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "There is no /dev/full here.");

        var (result, _) = await RunAsync(arguments, ">/dev/full");

        AssertOnly("stdout cannot be written to: No space left on device", result.Exits(1), arguments);
    }

    private static void AssertOnly(string message, CliResult result, string[] arguments)
    {
        var line = Assert.Single(result.ErrorLines);
        Assert.Equal(message, arguments.Contains("--json") ? result.Error().GetProperty("message").GetString() : line);
    }

    [Fact]
    public async Task A_reader_of_stderr_that_has_gone()
    {
        _simulator.AddFault(new SimulatorFault { Kind = FaultKind.Delay, Operation = SimulatorOperation.Submit, Delay = TimeSpan.FromSeconds(2) });

        // The group's stdout is the process's stderr, and the reader of that ends at once.
        var (result, kept) = await RunAsync(Kling.Run(_simulator), "2>&1 >/dev/null | true");

        Assert.Empty(result.Output);
        Assert.Contains($"zoetrope resume fal:{Kling.FalEndpoint}:", kept, StringComparison.Ordinal);
    }

    /// <summary>The handle as it can be found: on stderr, or in the file where stderr is closed.</summary>
    private static string HandleOf(CliResult result, string kept, bool output, bool errors)
    {
        if (errors)
        {
            Assert.Empty(result.ErrorLines);
            var line = Assert.Single(kept.Split('\n', StringSplitOptions.RemoveEmptyEntries));
            return line[line.IndexOf("fal:", StringComparison.Ordinal)..].Split(' ')[0];
        }
        Assert.Equal("", kept);
        var handle = result.Handle();
        if (output)
            result.Says("stdout is closed, so nothing was printed there.").Says($"resume with: zoetrope resume {handle} ");
        return handle;
    }

    private static Task<(CliResult Result, string Kept)> RunAsync(IEnumerable<string> arguments, bool input, bool output, bool errors, string? text = null) =>
        RunAsync(arguments, $"{(input ? "<&-" : "")} {(output ? ">&-" : "")} {(errors ? "2>&-" : "")}", text);

    private static async Task<(CliResult Result, string Kept)> RunAsync(IEnumerable<string> arguments, string redirections, string? text = null)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There is no shell here that closes streams.");
        using var process = CliProcess.Start(arguments, input: text, redirections: redirections);
        var result = await process.FinishAsync();
        return (result, File.Exists(process.LostHandles) ? await File.ReadAllTextAsync(process.LostHandles) : "");
    }
}
