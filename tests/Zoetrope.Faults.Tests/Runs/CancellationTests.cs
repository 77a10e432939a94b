using System.Diagnostics;
using Zoetrope.Errors;
using Zoetrope.Fal;
using Zoetrope.Jobs;
using Zoetrope.Json;

namespace Zoetrope.Faults.Tests;

/// <summary>A run that is canceled, at whatever point, says truly what became of the job.</summary>
public sealed class CancellationTests
{
    private const int Runs = 300;

    [Fact]
    public async Task A_run_that_is_canceled_at_any_point_says_truly_whether_there_is_a_job()
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

    /// <summary>The calls that take a token from the matrix.</summary>
    public static TheoryData<string> Names => [.. FalStreamCalls.All.Concat(FalUploadCalls.All).Concat(EachlabsCalls.Uploads).Select(call => call.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_call_that_is_canceled_at_any_point_ends_with_the_callers_token(string name)
    {
        var call = CallList.All.Single(call => call.Name == name);
        var random = new Random(17);
        for (var i = 0; i < 30; i++)
        {
            var slow = TimeSpan.FromMilliseconds(random.Next(0, 8));
            var fault = new Fault("slow", Meaning.Good, async stage =>
            {
                await Task.Delay(slow);
                await stage.SendAsync(stage.Good);
            });
            await using var foreign = new ForeignOrigin(OfJson("{}"));
            var script = new Script(call, fault);
            await using var server = new FaultServer(script, fault, new Surroundings(foreign.Url, call, new FastTime(1)));
            script.Origin = server.Url;
            using var cancellation = new CancellationTokenSource();
            using var setup = new CallSetup(server.Url, TimeProvider.System) { Token = cancellation.Token };
            cancellation.CancelAfter(TimeSpan.FromMilliseconds(random.NextDouble() * random.NextDouble() * 40));
            try
            {
                await call.Run(setup);
            }
            catch (OperationCanceledException exception)
            {
                Assert.Equal(cancellation.Token, exception.CancellationToken);
                // What was read to its end is billed, whether or not somebody waits for it. Bytes of a response that has begun are the caller's to read.
                var wasRead = server.Requests.Any(request => request is { Step: "stream", IsWhole: true });
                Assert.True(!wasRead || exception is SubmitCanceledException || call.TakesAnything, exception.ToString());
            }
            catch (ServiceException exception)
            {
                // No socket is opened by the matrix.
                Assert.StartsWith("fal.realtime", call.Name, StringComparison.Ordinal);
                Assert.Equal(404, (int)exception.StatusCode);
            }
        }
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
        await using var server = new FaultServer(new Script(call, fault), fault, new Surroundings(foreign.Url, call, new FastTime(1)));
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
