using System.Text;
using Zoetrope.Jobs;

namespace Zoetrope.Protocol.Tests.Sockets;

/// <summary>What is sent as a result and is not one is asked about for a minute, as a gateway's page would be, and then delivered as it is.</summary>
public sealed class StayingPageTests
{
    private static readonly JobHandle Job = new("fal", "fal-ai/some/model", "j");
    private static readonly Canned Page = new(200, "<html><title>Maintenance</title></html>", "Content-Type: text/html");

    [Theory]
    [InlineData(200, "<html><title>Maintenance</title></html>", "text/html")]
    [InlineData(200, "<html><hr><center>nginx</center></html>", "text/html")]
    [InlineData(202, "<html><title>Your clip</title></html>", "text/html")]
    [InlineData(200, """{"video":{"url":"https://files.example/a.mp4""", "application/json")]
    [InlineData(200, "<html><title>Your clip</title></html>", "application/json")]
    [InlineData(200, "", "application/json")]
    [InlineData(202, "", "text/plain")]
    public async Task It_is_delivered_when_it_stays(int status, string body, string type)
    {
        await using var provider = new ScriptedProvider { Results = [new(status, body, $"Content-Type: {type}")] };
        var time = new FakeTime { FireAtOnce = TimeSpan.FromMinutes(1) };
        using var fal = Client(provider, time);

        var exception = await Assert.ThrowsAsync<JobResultException>(() => fal.Resume(Job).WaitAsync());

        Assert.Equal(body, exception.Raw.ToString() == "null" ? "" : exception.Raw.AsString());
        Assert.Equal((type, body), (exception.Content!.MediaType, Encoding.UTF8.GetString(exception.Content.Bytes.Span)));
        Assert.Equal((Job, JobState.Completed), (exception.Handle, exception.LastStatus!.State));
        Assert.InRange(time.Fired.Sum(pause => pause.TotalSeconds), 60, 120);
        Assert.InRange(provider.Count("result"), 4, 10);
    }

    [Fact]
    public async Task Another_failure_in_between_restarts_the_count()
    {
        await using var provider = new ScriptedProvider
        {
            Results = [.. Enumerable.Repeat(Page, 6), new(503, ""), .. Enumerable.Repeat(Page, 2), new(200, "[7]")],
        };
        using var fal = Client(provider, new FakeTime { FireAtOnce = TimeSpan.FromMinutes(1) });

        Assert.Equal("[7]", (await fal.Resume(Job).WaitAsync()).Raw.ToString());
    }

    [Fact]
    public async Task A_result_that_is_not_there_yet_is_waited_for_however_long()
    {
        var early = new Canned(202, """{"status":"IN_PROGRESS"}""");
        await using var provider = new ScriptedProvider { Results = [.. Enumerable.Repeat(early, 20), new(200, "[7]")] };
        using var fal = Client(provider, new FakeTime { FireAtOnce = TimeSpan.FromMinutes(1) });

        Assert.Equal("[7]", (await fal.Resume(Job).WaitAsync()).Raw.ToString());
    }

    private static Zoetrope.Fal.FalClient Client(ScriptedProvider provider, FakeTime time) => provider.Fal(options =>
    {
        options.TimeProvider = time;
        options.Jitter = new Random(7);
        options.PollTimeout = TimeSpan.FromMinutes(20);
    });
}
