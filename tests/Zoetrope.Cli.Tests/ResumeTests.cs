using System.Text.Json;
using Zoetrope.Simulator;

namespace Zoetrope.Cli.Tests;

/// <summary>A job that is paid for is never lost, however its first process ended.</summary>
public sealed class ResumeTests
{
    [Theory]
    [InlineData("fal")]
    [InlineData("eachlabs")]
    public async Task A_job_that_was_not_waited_for_is_resumed(string provider)
    {
        await using var simulator = await Kling.QuickAsync();

        var submitted = await CliProcess.RunAsync(Kling.Run(simulator, "--provider", provider, "--no-wait"));

        var handle = submitted.Exits(0).Json().GetProperty("handle").GetString()!;
        Assert.Equal(submitted.Handle(), handle);
        Assert.Single(submitted.ErrorLines, line => line.Contains(handle, StringComparison.Ordinal));
        var resumed = await CliProcess.RunAsync("resume", handle, "--base-url", simulator.BaseUrl.ToString());
        resumed.Exits(0);
        Assert.Equal(JsonValueKind.String, resumed.Json().GetProperty("video").GetProperty("url").ValueKind);
        Assert.Equal(1, simulator.Submits);
    }

    [Fact]
    public async Task A_resumed_job_saves_its_files()
    {
        await using var simulator = await Kling.QuickAsync();
        var submitted = await CliProcess.RunAsync(Kling.Run(simulator, "--no-wait"));
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName() + ".mp4");
        try
        {
            var resumed = await CliProcess.RunAsync("resume", submitted.Exits(0).Handle(), "--base-url", simulator.BaseUrl.ToString(), "--output", path);

            resumed.Exits(0).Says($"saved: {path}");
            Assert.True(new FileInfo(path).Length > 0);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Theory]
    [InlineData("fal")]
    [InlineData("eachlabs")]
    public async Task A_process_that_was_killed_after_the_submit_paid_once_and_its_job_is_resumed(string provider)
    {
        await using var simulator = await Kling.QuickAsync();
        string handle;
        using (var run = CliProcess.Start(Kling.Run(simulator, "--provider", provider)))
        {
            handle = await run.ErrorLineAsync("handle: ");
            run.Kill();
        }

        var resumed = await CliProcess.RunAsync("resume", handle, "--base-url", simulator.BaseUrl.ToString());

        resumed.Exits(0);
        Assert.Equal(JsonValueKind.String, resumed.Json().GetProperty("video").GetProperty("url").ValueKind);
        Assert.Equal(1, simulator.Submits);
    }

    [Fact]
    public async Task The_way_to_resume_is_shown_with_the_server()
    {
        await using var simulator = await Kling.EndlessAsync();

        var result = await CliProcess.RunAsync(Kling.Run(simulator, "--timeout", "300ms"));

        result.Exits(4).Says($"resume with: zoetrope resume {result.Handle()} --base-url {simulator.BaseUrl.ToString().TrimEnd('/')}");
    }

    [Theory]
    [InlineData("fal")]
    [InlineData("eachlabs")]
    public async Task A_wait_that_is_over_leaves_the_job_running_and_reports_its_handle(string provider)
    {
        await using var simulator = await Kling.EndlessAsync();

        var result = await CliProcess.RunAsync(Kling.Run(simulator, "--provider", provider, "--timeout", "300ms"));

        result.Exits(4).Says($"handle: {provider}:");
        Assert.Equal("", result.Output);
        Assert.Equal(0, simulator.Counts.Cancels);
    }

    [Theory]
    [InlineData("-INT")]
    [InlineData("-TERM")]
    [InlineData("-QUIT")]
    [InlineData("-HUP")]
    public async Task An_interrupted_wait_leaves_the_job_running_and_reports_its_handle(string signal)
    {
        await using var simulator = await Kling.EndlessAsync();
        using var run = CliProcess.Start(Kling.Run(simulator));
        var handle = await run.ErrorLineAsync("handle: ");
        await run.ErrorLineAsync("running, ");

        await run.InterruptAsync(signal);

        var result = (await run.FinishAsync()).Exits(130).Says("Interrupted. ");
        Assert.Single(result.ErrorLines, line => line == "handle: " + handle);
        result.Says($"resume with: zoetrope resume {handle} ");
        Assert.Equal("", result.Output);
        Assert.Equal(0, simulator.Counts.Cancels);
    }

    [Fact]
    public async Task An_interrupt_cancels_the_job_where_that_was_asked_for()
    {
        await using var simulator = await Kling.EndlessAsync();
        using var run = CliProcess.Start(Kling.Run(simulator, "--cancel-on-interrupt"));
        await run.ErrorLineAsync("running, ");

        await run.InterruptAsync();

        (await run.FinishAsync()).Exits(130);
        Assert.Equal(1, simulator.Counts.Cancels);
    }

    [Theory]
    [InlineData("-INT")]
    [InlineData("-TERM")]
    [InlineData("-QUIT")]
    [InlineData("-HUP")]
    public async Task An_interrupt_during_the_submit_waits_for_the_handle(string signal)
    {
        var clock = new SimulatorClock();
        await using var simulator = await Kling.EndlessAsync(clock);
        simulator.AddFault(new SimulatorFault { Kind = FaultKind.Delay, Operation = SimulatorOperation.Submit, Delay = TimeSpan.FromSeconds(2) });
        using var run = CliProcess.Start(Kling.Run(simulator));
        while (simulator.Submits == 0)
            await Task.Delay(20);

        await run.InterruptAsync(signal);
        await run.ErrorLineAsync("Interrupted during the submit");
        clock.Advance(TimeSpan.FromSeconds(2));

        (await run.FinishAsync()).Exits(130).Says("Interrupted during the submit").Says("handle: ");
        Assert.Equal(1, simulator.Counts.Accepted);
    }

    [Fact]
    public async Task A_second_interrupt_while_the_receipt_arrives_prints_the_handle_that_it_names()
    {
        await using var server = new FakeServer(async exchange =>
        {
            await exchange.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n{\"status\":\"IN_QUEUE\",\"request_id\":\"j-1\",");
            await exchange.HangAsync();
        });
        using var run = CliProcess.Start(
            ["run", Kling.Neutral, "--provider", "fal", "--input", Kling.Image, "--input", Kling.Prompt, "--base-url", server.Url.ToString()]);
        while (server.Requests.Length == 0)
            await Task.Delay(20);
        await Task.Delay(500);

        await run.InterruptAsync();
        await run.ErrorLineAsync("Interrupted during the submit");
        await run.InterruptAsync();

        (await run.FinishAsync()).Exits(130).Says($"handle: fal:{Kling.FalEndpoint}:j-1").Says("Interrupted during the submit. The provider accepted the job");
        Assert.Single(server.Requests);
    }

    /// <summary>As when a window is closed or a connection breaks: the signal comes, and there is no terminal any more to print a handle on.</summary>
    [Fact]
    public async Task A_terminal_that_is_closed_during_the_submit_does_not_cost_the_handle()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/script"), "There is no `script` here to make a terminal with.");
        var clock = new SimulatorClock();
        await using var simulator = await Kling.EndlessAsync(clock);
        simulator.AddFault(new SimulatorFault { Kind = FaultKind.Delay, Operation = SimulatorOperation.Submit, Delay = TimeSpan.FromSeconds(2) });
        using var run = CliProcess.Start(Kling.Run(simulator), onTerminal: true);
        while (simulator.Submits == 0)
            await Task.Delay(20);

        run.Kill();
        // Most likely the signal comes first, and the handle is kept also where the receipt does.
        await Task.Delay(500);
        clock.Advance(TimeSpan.FromSeconds(2));

        var patience = System.Diagnostics.Stopwatch.StartNew();
        while (!File.Exists(run.LostHandles) || !(await File.ReadAllTextAsync(run.LostHandles)).Contains('\n', StringComparison.Ordinal))
        {
            Assert.True(patience.Elapsed < TimeSpan.FromMinutes(5), "The handle was not kept.");
            await Task.Delay(50);
        }
        var kept = await File.ReadAllTextAsync(run.LostHandles);
        var handle = kept[kept.IndexOf("fal:", StringComparison.Ordinal)..].Split(' ')[0];
        var cancelled = await CliProcess.RunAsync("cancel", handle, "--base-url", simulator.BaseUrl.ToString());
        Assert.Equal("requested", cancelled.Exits(0).Json().GetProperty("outcome").GetString());
        Assert.Equal(1, simulator.Counts.Accepted);
    }

    [Theory]
    [InlineData("fal")]
    [InlineData("eachlabs")]
    public async Task An_interrupt_between_two_attempts_to_submit_lets_no_other_begin(string provider)
    {
        await using var simulator = await Kling.EndlessAsync();
        simulator.AddFault(new SimulatorFault
        {
            Kind = FaultKind.Status,
            StatusCode = 429,
            Operation = SimulatorOperation.Submit,
            Headers = new Dictionary<string, string> { ["Retry-After"] = "30" },
        });
        using var run = CliProcess.Start(Kling.Run(simulator, "--provider", provider));
        while (simulator.Submits == 0)
            await Task.Delay(20);

        await run.InterruptAsync();

        (await run.FinishAsync()).Exits(130).Says("Interrupted before a provider accepted the job");
        Assert.Equal(0, simulator.Counts.Accepted);
    }

    [Theory]
    [InlineData("fal")]
    [InlineData("eachlabs")]
    public async Task A_submit_that_is_sent_again_is_reported(string provider)
    {
        await using var simulator = await Kling.QuickAsync();
        simulator.AddFault(new SimulatorFault
        {
            Kind = FaultKind.Status,
            StatusCode = 429,
            Times = 1,
            Operation = SimulatorOperation.Submit,
            Headers = new Dictionary<string, string> { ["Retry-After"] = "0" },
        });

        var run = await CliProcess.RunAsync(Kling.Run(simulator, "--provider", provider));

        run.Exits(0).Says($"not accepted, {provider} responds with 429: the submit is sent again in 0.0 s");
        Assert.Equal(1, simulator.Counts.Accepted);
    }

    [Theory]
    [InlineData("fal")]
    [InlineData("eachlabs")]
    public async Task A_job_is_canceled(string provider)
    {
        await using var simulator = await Kling.EndlessAsync();
        var handle = (await CliProcess.RunAsync(Kling.Run(simulator, "--provider", provider, "--no-wait"))).Exits(0).Handle();

        var result = await CliProcess.RunAsync("cancel", handle, "--base-url", simulator.BaseUrl.ToString());

        Assert.Equal("requested", result.Exits(0).Json().GetProperty("outcome").GetString());
        Assert.Equal(1, simulator.Counts.Cancels);
        var resumed = await CliProcess.RunAsync("resume", handle, "--base-url", simulator.BaseUrl.ToString());
        resumed.Exits(3);
    }

    [Fact]
    public async Task An_execution_of_a_workflow_is_triggered_and_resumed()
    {
        await using var simulator = await Kling.QuickAsync();
        string[] to = ["--base-url", simulator.BaseUrl.ToString()];

        var submitted = await CliProcess.RunAsync(["run", "eachlabs-workflows:my-workflow/v1", "--input-json", "-", "--no-wait", .. to], input: "{}");
        var resumed = await CliProcess.RunAsync("resume", submitted.Exits(0).Handle(), to[0], to[1]);
        var keyless = await CliProcess.RunAsync("resume", submitted.Handle());

        Assert.StartsWith("eachlabs-workflows:my-workflow/v1:", submitted.Handle(), StringComparison.Ordinal);
        Assert.Equal(JsonValueKind.String, resumed.Exits(0).Json().ValueKind);
        keyless.Exits(2).Says("No key for eachlabs-workflows is in the environment: set EACHLABS_API_KEY or EACH_API_KEY.");
    }

    [Theory]
    [InlineData("eachlabs-workflows:my-workflow/v1:e-1", "not_supported", "The provider cannot cancel jobs. Nothing was sent")]
    [InlineData("eachlabs:eachlabs-video-api:p-1", "only_recorded", "The provider has marked its record of the job only: the job continues")]
    public async Task A_job_that_continues_in_spite_of_a_cancel_is_not_said_to_be_unknown(string handle, string outcome, string text)
    {
        await using var server = new FakeServer(FakeServer.Reply(200, """{"status":"cancelled","predictionID":"p-1"}"""));

        var result = await CliProcess.RunAsync("cancel", handle, "--base-url", server.Url.ToString());

        Assert.Equal(outcome, result.Exits(3).Says(text).Json().GetProperty("outcome").GetString());
        Assert.Equal(outcome == "not_supported" ? 0 : 1, server.Requests.Length);
    }

    [Fact]
    public async Task A_job_that_the_provider_does_not_know_is_not_waited_for()
    {
        await using var simulator = await Kling.QuickAsync();

        var result =
            await CliProcess.RunAsync("resume", $"fal:{Kling.FalEndpoint}:764cabcf-cfcf-4cdd-8fd6-6c1c8a6f0e70", "--base-url", simulator.BaseUrl.ToString());

        result.Exits(3);
        Assert.Equal("", result.Output);
    }

    [Theory]
    [InlineData("resume", "nonsense", "HANDLE: ")]
    [InlineData("cancel", "nonsense", "HANDLE: ")]
    [InlineData("resume", "nowhere:gen4:1", "HANDLE: unknown provider 'nowhere'")]
    [InlineData("resume", "runway:gen4:1", "No key for runway is in the environment")]
    [InlineData("resume", "fal:fal-ai/x:1", "No key for fal is in the environment")]
    [InlineData("cancel", "eachlabs:x:1", "No key for eachlabs is in the environment")]
    public async Task A_handle_that_leads_nowhere_is_refused(string command, string handle, string problem)
    {
        var result = await CliProcess.RunAsync(command, handle);

        result.Exits(2).Says(problem);
    }
}
