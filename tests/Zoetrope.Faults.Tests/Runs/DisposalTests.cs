using Zoetrope.Fal;
using Zoetrope.Jobs;
using Zoetrope.Json;

namespace Zoetrope.Faults.Tests;

/// <summary>A client that is disposed while it is busy ends everything, and loses no handle.</summary>
public sealed class DisposalTests
{
    private static readonly TimeSpan _generous = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Waits_and_submits_end_when_their_client_is_disposed_and_every_job_is_named()
    {
        var arrived = 0;
        var busy = new TaskCompletionSource();
        await using var server = new Listener(async (socket, stop) =>
        {
            var connection = new Connection(socket, stop);
            while (await connection.ReadRequestHeadAsync() is { } request)
            {
                await connection.ReadBodyAsync(request);
                if (request.Method == "POST")
                {
                    // Polls come again and again, so that only submits say that all were sent.
                    if (Interlocked.Increment(ref arrived) == 20)
                        busy.TrySetResult();
                    await connection.StallAsync();
                }
                await connection.SendAsync(OfJson(FalCalls.Running));
            }
        });
        var fal = new FalClient(new FalClientOptions { ApiKey = Keys.Fal, BaseUrl = server.Url });
        var waits = Enumerable.Range(0, 40).Select(
            number => fal.Resume(new JobHandle("fal", "owner/app", $"job-{number}")).WaitAsync(
                new WaitOptions { PollInterval = TimeSpan.FromMilliseconds(20) })).ToList();
        var submits = Enumerable.Range(0, 20).Select(_ => fal.SubmitAsync("owner/app", RawJson.Parse("{}"))).ToList();
        await busy.Task.WaitAsync(_generous);

        fal.Dispose();

        for (var number = 0; number < waits.Count; number++)
        {
            var exception = await Assert.ThrowsAnyAsync<JobException>(() => waits[number].WaitAsync(_generous));
            Assert.Equal($"job-{number}", exception.Handle.JobId);
        }
        foreach (var submit in submits)
            Assert.False((await Assert.ThrowsAsync<SubmitException>(() => submit.WaitAsync(_generous))).WasNotAccepted);
    }

    [Fact]
    public async Task A_disposed_client_names_the_job_that_it_is_asked_about()
    {
        var fal = new FalClient(new FalClientOptions { ApiKey = Keys.Fal, BaseUrl = new Uri("http://127.0.0.1:9") });
        var job = fal.Resume(new JobHandle("fal", "owner/app", "job-1"));
        fal.Dispose();

        Assert.Equal("job-1", (await Assert.ThrowsAsync<JobWatchException>(() => job.GetStatusAsync())).Handle.JobId);
        Assert.Equal("job-1", (await Assert.ThrowsAsync<CancelFailedException>(() => job.CancelAsync())).Handle.JobId);
        Assert.Equal("job-1", (await Assert.ThrowsAnyAsync<JobException>(() => job.WaitAsync())).Handle.JobId);
        Assert.True((await Assert.ThrowsAsync<SubmitException>(() => fal.SubmitAsync("owner/app", RawJson.Parse("{}")))).WasNotAccepted);
    }
}
