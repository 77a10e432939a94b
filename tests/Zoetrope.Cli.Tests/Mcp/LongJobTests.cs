using Zoetrope.Simulator;

namespace Zoetrope.Cli.Tests.Mcp;

/// <summary>Jobs that take longer than a call, a connection or a process.</summary>
public sealed class LongJobTests : ToolTest
{
    private const string AtOnce = ",\"wait_seconds\":0";

    protected override TimeSpan JobDuration => TimeSpan.FromHours(1);

    [Fact]
    public async Task A_wait_that_is_over_returns_the_job_which_another_process_and_another_command_know()
    {
        string id;
        string handle;
        await using (var server = await StartAsync())
        {
            var job = await server.CallAsync("run_model", Run(more: AtOnce));
            Assert.Equal("running", Text(job, "state"));
            Assert.Contains("resume_job", Text(job, "next"), StringComparison.Ordinal);
            (id, handle) = (Text(job, "job"), Text(job, "handle"));
            server.Process.Kill();
        }

        await using var other = await StartAsync();

        foreach (var name in new[] { id, handle })
        {
            var status = await other.CallAsync("job_status", $$"""{"job":"{{name}}"}""");
            Assert.Equal((id, "running", "running"), (Text(status, "job"), Text(status, "state"), Text(status, "progress")));
            Assert.Equal(id, Text(await other.CallAsync("resume_job", $$"""{"job":"{{name}}"{{AtOnce}}}"""), "job"));
        }
        var listed = await CliProcess.RunAsync("jobs", "list", "--ledger", Ledger, "--json");
        Assert.Contains(handle, listed.Exits(0).Output, StringComparison.Ordinal);
        Assert.Equal(1, Simulator.Submits);
    }

    [Fact]
    public async Task A_request_that_is_canceled_leaves_the_job_running()
    {
        await using var server = await StartAsync();
        using var cancel = new CancellationTokenSource();

        var call = ToolClient.CallAsync(server.Client, "run_model", Run(more: ",\"wait_seconds\":600"), null, cancel.Token);
        while (Simulator.Counts.Statuses == 0)
            await Task.Delay(20, TestContext.Current.CancellationToken);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);

        var job = await server.CallAsync("run_model", Run(more: AtOnce));
        Assert.True(job.GetProperty("repeated").GetBoolean());
        Assert.Equal("running", Text(job, "state"));
        Assert.Equal((1, 0), (Simulator.Submits, Simulator.Counts.Cancels));
    }

    [Fact]
    public async Task The_end_of_stdin_and_a_signal_end_a_server_that_waits()
    {
        foreach (var signal in new[] { null, "-TERM" })
        {
            await using var server = await StartAsync();
            var call = ToolClient.CallAsync(server.Client, "run_model", Run(more: ",\"wait_seconds\":600"), null);
            var before = Simulator.Counts.Statuses;
            while (Simulator.Counts.Statuses == before)
                await Task.Delay(20, TestContext.Current.CancellationToken);

            if (signal is not null)
                await server.Process.InterruptAsync(signal);
            else
                server.Process.Input.Close();

            (await server.Process.FinishAsync()).Exits(0);
            await ((Task)call).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        }
        Assert.Equal(1, Simulator.Submits);
    }

    [Fact]
    public async Task A_job_is_canceled()
    {
        await using var server = await StartAsync();
        var job = await server.CallAsync("run_model", Run(more: AtOnce));

        var canceled = await server.CallAsync("cancel_job", $$"""{"job":"{{Text(job, "job")}}"}""");

        Assert.Equal("requested", Text(canceled, "outcome"));
        Assert.Equal(1, Simulator.Counts.Cancels);
        var (resumed, isError) = await ToolClient.CallAsync(server.Client, "resume_job", $$"""{"job":"{{Text(job, "job")}}"}""", null);
        Assert.True(isError);
        Assert.Equal("canceled", Text(resumed, "state"));
        await server.FailAsync("unknown_job", "cancel_job", """{"job":"nothing"}""");
    }

    [Fact]
    public async Task A_job_of_another_command_is_found_by_its_handle()
    {
        var submitted = await CliProcess.RunAsync(Kling.Run(Simulator, "--provider", "fal", "--no-wait"));
        var handle = submitted.Exits(0).Handle();
        await using var server = await StartAsync();

        var job = await server.CallAsync("resume_job", $$"""{"job":"{{handle}}"{{AtOnce}}}""");

        Assert.Equal(("running", handle), (Text(job, "state"), Text(job, "handle")));
        Assert.Equal("running", Text(await server.CallAsync("job_status", $$"""{"job":"{{handle}}"}"""), "state"));
        Assert.Equal("requested", Text(await server.CallAsync("cancel_job", $$"""{"job":"{{handle}}"}"""), "outcome"));
        Assert.Equal(1, Simulator.Submits);
    }

    [Fact]
    public async Task Jobs_are_listed_page_by_page()
    {
        await using var server = await StartAsync();
        var jobs = new List<string>();
        foreach (var prompt in new[] { "a", "b", "c" })
            jobs.Add(Text(await server.CallAsync("run_model", Run(prompt, AtOnce)), "job"));

        var first = await server.CallAsync("list_jobs", """{"limit":2,"state":"running"}""");
        var second = await server.CallAsync("list_jobs", $$"""{"limit":2,"cursor":"{{Text(first, "next_cursor")}}"}""");

        Assert.False(second.TryGetProperty("next_cursor", out _));
        var listed = new[] { first, second }.SelectMany(page => page.GetProperty("jobs").EnumerateArray()).Select(job => Text(job, "job"));
        Assert.Equal(Enumerable.Reverse(jobs), listed);
        Assert.Empty((await server.CallAsync("list_jobs", """{"state":"done"}""")).GetProperty("jobs").EnumerateArray());
        await server.FailAsync("invalid_arguments", "list_jobs", """{"state":"lost"}""");
    }

    [Fact]
    public async Task Jobs_without_a_known_price_run_one_after_the_other_under_a_limit()
    {
        await using var server = await StartAsync("--max-cost", "0.5", "--allow-unknown-price");
        var runs = new[] { "a", "b", "c" }.Select(prompt => Run(prompt, AtOnce).Replace("\"fal\"", "\"eachlabs\"", StringComparison.Ordinal)).ToList();

        var calls = await Task.WhenAll(runs.Select(run => ToolClient.CallAsync(server.Client, "run_model", run, null)));

        var job = Text(Assert.Single(calls, call => !call.IsError).Content, "job");
        Assert.All(calls.Where(call => call.IsError), call => Assert.Equal("over_limit", Text(call.Content.GetProperty("error"), "code")));
        var index = Array.FindIndex(calls, call => call.IsError);
        Assert.Equal(job, Text(await server.FailAsync("over_limit", "run_model", runs[index]), "job"));
        Assert.Equal(1, Simulator.Submits);
        // Another process ends it, which makes room for the next.
        await using (var other = await StartAsync())
            await ToolClient.CallAsync(other.Client, "cancel_job", $$"""{"job":"{{job}}"}""", null);
        Assert.Equal("running", Text(await server.CallAsync("run_model", runs[index]), "state"));
    }

    [Fact]
    public async Task A_submit_that_takes_longer_than_the_call_goes_on()
    {
        Simulator.AddFault(new SimulatorFault { Kind = FaultKind.Hang, Operation = SimulatorOperation.Submit });
        await using var server = await StartAsync();

        var job = await server.CallAsync("run_model", Run(more: AtOnce));

        Assert.Equal("sending", Text(job, "state"));
        Assert.Equal("sending", Text(await server.CallAsync("job_status", $$"""{"job":"{{Text(job, "job")}}"}"""), "state"));
        Assert.Equal(1, Simulator.Submits);
        server.Process.Kill();
    }
}
