using System.Diagnostics;
using Zoetrope.Fal;
using Zoetrope.Jobs;
using Zoetrope.Json;

namespace Zoetrope.Faults.Tests;

/// <summary>A run that is cancelled, at whatever point, says truly what became of the job.</summary>
public sealed class CancellationTests
{
    private const int Runs = 300;

    [Fact]
    public async Task A_run_that_is_cancelled_at_any_point_says_truly_whether_there_is_a_job()
    {
        var random = new Random(11);
        var kinds = new HashSet<string>();
        for (var i = 0; i < Runs; i++)
        {
            // Most of a run passes in the first milliseconds; the rest are pauses between polls.
            var after = TimeSpan.FromMilliseconds(random.NextDouble() * random.NextDouble() * 60);
            kinds.Add(await TryAsync(after, random));
        }
        Assert.Contains(nameof(JobWaitCanceledException), kinds);
    }

    private static async Task<string> TryAsync(TimeSpan after, Random random)
    {
        var call = FalCalls.All.First(call => call.Name == "fal.run");
        var slow = TimeSpan.FromMilliseconds(random.Next(0, 8));
        var fault = new Fault("slow", Meaning.Good, async stage =>
        {
            await Task.Delay(slow);
            await stage.SendAsync(stage.Good);
        });
        await using var foreign = new ForeignOrigin(OfJson("{}"));
        await using var server = new FaultServer(new Script(call, fault), fault, new Surroundings(foreign.Url, call));
        using var fal = new FalClient(new FalClientOptions { ApiKey = Keys.Fal, BaseUrl = server.Url });
        using var cancellation = new CancellationTokenSource();
        var handle = "";
        var start = Stopwatch.GetTimestamp();
        cancellation.CancelAfter(after);
        try
        {
            var job = await fal.SubmitAsync("fal-ai/kling-video/o3/pro/image-to-video", RawJson.Parse("{}"), null, cancellation.Token);
            handle = job.Handle.ToString();
            await job.WaitAsync(new WaitOptions { PollInterval = TimeSpan.FromMilliseconds(5) }, cancellation.Token);
            return "done";
        }
        catch (OperationCanceledException exception)
        {
            Assert.Equal(cancellation.Token, exception.CancellationToken);
            Assert.True(Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(30));
            var wasRead = server.Requests.Any(request => request is { Step: "submit", IsWhole: true });
            if (exception is JobWaitCanceledException wait)
                Assert.Equal(handle, wait.Handle.ToString());
            else if (exception is not SubmitCanceledException)
                Assert.False(wasRead);
            return exception.GetType().Name;
        }
    }
}
