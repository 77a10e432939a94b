using System.Collections.Concurrent;
using System.Diagnostics;
using Zoetrope.Fal;
using Zoetrope.Jobs;

namespace Zoetrope.Protocol.Tests.Sockets;

/// <summary>Many waits share few connections, and nothing that takes long holds up the rest.</summary>
public sealed class ManyWaitsTests
{
    private const string ServerVariable = "ZOETROPE_TEST_SERVER";
    private const string InProgress = """{"status":"IN_PROGRESS"}""";
    private const string Completed = """{"status":"COMPLETED"}""";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Waits_share_connections_also_of_a_client_that_has_no_cap(bool ownHttp)
    {
        await using var server = new ManyConnections(new Jobs().RespondAsync);
        using var http = ownHttp ? new HttpClient() : null;
        using var fal = new FalClient(new FalClientOptions { BaseUrl = server.Url, ApiKey = "a-long-enough:key", HttpClient = http });

        await WaitForAllAsync(fal, 2000);

        Assert.InRange(server.Most, 2, 200);
    }

    [Fact]
    public async Task Submits_share_connections()
    {
        await using var server = new ManyConnections(async (_, ct) =>
        {
            await Task.Delay(20, ct);
            return """{"request_id":"j"}""";
        });
        using var fal = new FalClient(new FalClientOptions { BaseUrl = server.Url, ApiKey = "a-long-enough:key" });

        await Task.WhenAll(Enumerable.Range(0, 1000).Select(_ => fal.SubmitAsync("fal-ai/some/model", "x")));

        Assert.Equal(1000, server.Requests);
        // Each has a connection of its own, which counts until the server sees that it is closed.
        Assert.InRange(server.Most, 2, 400);
    }

    [Fact]
    public async Task Five_thousand_waits_run_in_a_process_with_1024_open_files()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() || OperatingSystem.IsMacOS(), "A shell sets the limit.");
        await using var server = new ManyConnections(new Jobs().RespondAsync);
        var start = new ProcessStartInfo("/bin/sh") { RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add("-c");
        var tests = typeof(ManyWaitsTests).Assembly.Location;
        start.ArgumentList.Add($"ulimit -n 1024 && exec dotnet exec '{tests}' -explicit only -method '*.{nameof(In_a_process_of_its_own)}'");
        start.Environment[ServerVariable] = server.Url.AbsoluteUri;

        using var child = Process.Start(start)!;
        var output = child.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var errors = child.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        try
        {
            await child.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromMinutes(5), TestContext.Current.CancellationToken);
        }
        finally
        {
            if (!child.HasExited)
                child.Kill(entireProcessTree: true);
        }

        Assert.True(child.ExitCode == 0, $"{child.ExitCode}: {await output} {await errors}");
        Assert.True(server.Requests >= 15_000, $"{server.Requests} requests: {await output}");
        Assert.InRange(server.Most, 2, 200);
    }

    /// <summary>What the process with few open files does.</summary>
    [Fact(Explicit = true)]
    public async Task In_a_process_of_its_own()
    {
        var url = Environment.GetEnvironmentVariable(ServerVariable);
        Assert.NotNull(url);
        using var fal = new FalClient(new FalClientOptions { BaseUrl = new Uri(url), ApiKey = "a-long-enough:key" });

        await WaitForAllAsync(fal, 5000);
    }

    [Fact]
    public async Task Direct_runs_hold_up_neither_submits_nor_polls()
    {
        await using var server = new ManyConnections(async (line, ct) =>
        {
            if (line.Contains("/run/", StringComparison.Ordinal))
                await Task.Delay(Timeout.Infinite, ct);
            return line.Contains("/status", StringComparison.Ordinal) ? Completed : """{"request_id":"j"}""";
        });
        using var stop = new CancellationTokenSource();
        using var fal = new FalClient(new FalClientOptions { BaseUrl = server.Url, ApiKey = "a-long-enough:key" });
        var runs = Enumerable.Range(0, 300).Select(_ => fal.RunDirectAsync("fal-ai/some/model", "x", null, stop.Token)).ToArray();
        await UntilAsync(() => server.Requests >= 200);

        var job = await fal.SubmitAsync("fal-ai/some/model", "x");
        var result = await job.WaitAsync(ScriptedProvider.Wait());
        await stop.CancelAsync();

        Assert.Equal("j", job.Handle.JobId);
        Assert.Equal("""{"request_id":"j"}""", result.Raw.ToString());
        var ends = await Task.WhenAll(runs.Select(static async run => (await Record.ExceptionAsync(() => run)) as OperationCanceledException));
        Assert.DoesNotContain(null, ends);
        Assert.InRange(ends.Count(end => end is SubmitCanceledException), 200, 299);
    }

    [Fact]
    public async Task Polls_that_hang_hold_up_neither_submits_nor_cancels()
    {
        await using var server = new ManyConnections(async (line, ct) =>
        {
            if (line.Contains("/status", StringComparison.Ordinal))
                await Task.Delay(Timeout.Infinite, ct);
            return """{"request_id":"j"}""";
        });
        using var stop = new CancellationTokenSource();
        using var fal = new FalClient(new FalClientOptions { BaseUrl = server.Url, ApiKey = "a-long-enough:key", PollTimeout = TimeSpan.FromMinutes(10) });
        var waits = Enumerable.Range(0, 500).Select(i => fal.Resume(new JobHandle("fal", "fal-ai/some/model", $"j{i}")).WaitAsync(null, stop.Token)).ToArray();
        await UntilAsync(() => server.Open >= 100);

        var job = await fal.SubmitAsync("fal-ai/some/model", "x");
        var outcome = await job.CancelAsync();
        await stop.CancelAsync();

        Assert.Equal(CancelOutcome.Requested, outcome);
        foreach (var wait in waits)
            Assert.NotNull((await Assert.ThrowsAsync<JobWaitCanceledException>(() => wait)).Handle);
    }

    [Fact]
    public async Task The_time_in_the_queue_is_not_part_of_a_polls_deadline()
    {
        // 640 polls of 0.8 s have 160 turns: the last ones wait for theirs and are over after 3.2 s, later than the deadline.
        await using var server = new ManyConnections(async (line, ct) =>
        {
            if (line.Contains("/status", StringComparison.Ordinal))
                await Task.Delay(800, ct);
            return Completed;
        });
        using var fal = new FalClient(new FalClientOptions { BaseUrl = server.Url, ApiKey = "a-long-enough:key", PollTimeout = TimeSpan.FromSeconds(3) });
        var failures = new ConcurrentQueue<PollFailure>();
        var wait = new WaitOptions { OnPollFailure = failures.Enqueue };

        await Task.WhenAll(Enumerable.Range(0, 640).Select(i => fal.Resume(new JobHandle("fal", "fal-ai/some/model", $"j{i}")).WaitAsync(wait)));

        Assert.Empty(failures);
    }

    private static async Task WaitForAllAsync(FalClient fal, int jobs)
    {
        var wait = new WaitOptions { PollInterval = TimeSpan.FromMilliseconds(200) };
        var results = await Task.WhenAll(Enumerable.Range(0, jobs).Select(i => fal.Resume(new JobHandle("fal", "fal-ai/some/model", $"j{i}")).WaitAsync(wait)));

        Assert.Equal(Enumerable.Range(0, jobs).Select(i => $$"""{"path":"/fal-ai/some/requests/j{{i}}"}"""), results.Select(result => result.Raw.ToString()));
    }

    private static async Task UntilAsync(Func<bool> condition)
    {
        for (var i = 0; !condition(); i++)
        {
            Assert.True(i < 6000, "It does not come to that.");
            await Task.Delay(10);
        }
    }

    /// <summary>Jobs that complete at the second poll, each response 20 ms late, so that requests overlap.</summary>
    private sealed class Jobs
    {
        private readonly ConcurrentDictionary<string, bool> _seen = new();

        public async Task<string> RespondAsync(string line, CancellationToken ct)
        {
            await Task.Delay(20, ct);
            var path = line.Split(' ')[1].Split('?')[0];
            if (!path.EndsWith("/status", StringComparison.Ordinal))
                return $$"""{"path":"{{path}}"}""";
            return _seen.TryAdd(path, true) ? InProgress : Completed;
        }
    }
}
