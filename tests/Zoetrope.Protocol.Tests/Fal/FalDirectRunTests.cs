using Zoetrope.Errors;
using Zoetrope.Fal;
using Zoetrope.Jobs;
using Zoetrope.Protocol.Tests.Stubs;
using Zoetrope.Validation;

namespace Zoetrope.Protocol.Tests.Fal;

/// <summary>Direct runs: no queue, so nothing is asked for again.</summary>
public sealed class FalDirectRunTests(StubServer<FalDirectRunStubs> server) : StubTest<FalDirectRunStubs>(server)
{
    [Fact]
    public async Task The_response_is_the_result()
    {
        using var fal = Fal();

        var result = await fal.RunDirectAsync(Clips.At("fal", "direct/ok"), Clips.Request, new() { StartTimeout = TimeSpan.FromSeconds(5), RunnerHint = "h" });

        Assert.Equal("https://files.example/out.mp4", result.Value.Video?.Url);
        Assert.Equal((2m, "direct-1"), (result.Metrics.BillableUnits, result.RequestId));
        Assert.Equal("https://files.example/out.mp4", Assert.Single(result.Media).Url);
        var request = Server.Single(new("POST", "/run/direct/ok"));
        Assert.Equal(("Key " + Key, "5"), (request.Headers["Authorization"], request.Headers["X-Fal-Request-Timeout"]));
    }

    [Fact]
    public async Task A_run_url_of_its_own_is_used()
    {
        using var fal = Fal(options =>
        {
            options.BaseUrl = FakeServer.Nowhere();
            options.RunUrl = new Uri(Server.BaseUrl, "/run");
        });

        var result = await fal.RunDirectAsync("direct/elsewhere", "own run url");

        Assert.Equal("direct-1", result.RequestId);
    }

    [Theory]
    [InlineData("invalid", 422, "prompt: Field required")]
    [InlineData("broken", 500, "Internal Server Error")]
    [InlineData("timeout", 504, "start timeout")]
    public async Task An_error_is_the_models_and_is_not_sent_again(string model, int status, string text)
    {
        using var fal = Fal();

        var exception = await Assert.ThrowsAsync<ServiceException>(() => fal.RunDirectAsync("direct/" + model, "x"));

        Assert.Equal(status, (int)exception.StatusCode);
        Assert.Contains(text, exception.Message, StringComparison.Ordinal);
        Assert.Equal(1, Server.Count(new("POST", "/run/direct/" + model)));
    }

    [Theory]
    [InlineData("reset", TransportFailure.Broken)]
    [InlineData("slow", TransportFailure.TimedOut)]
    public async Task A_lost_response_is_not_requested_again(string model, TransportFailure failure)
    {
        using var fal = Fal(options => options.RunTimeout = TimeSpan.FromSeconds(2));

        var exception = await Assert.ThrowsAsync<SubmitException>(() => fal.RunDirectAsync("direct/" + model, "x"));

        Assert.False(exception.WasNotAccepted);
        Assert.Equal(failure, Assert.IsType<TransportException>(exception.InnerException).Failure);
        Assert.Equal(1, Server.Count(new("POST", "/run/direct/" + model)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-5)]
    public void A_deadline_that_makes_no_sense_is_refused(int seconds)
    {
        var options = new FalClientOptions();

        Assert.Throws<ArgumentOutOfRangeException>(() => options.RunTimeout = TimeSpan.FromSeconds(seconds));
        Assert.Equal(TimeSpan.FromMinutes(10), options.RunTimeout);
    }

    [Fact]
    public async Task After_429_it_is_sent_again()
    {
        using var fal = Fal();

        var result = await fal.RunDirectAsync(Clips.At("fal", "direct/busy"), Clips.Request);

        Assert.NotNull(result.Value.Video);
        Assert.Equal(2, Server.Count(new("POST", "/run/direct/busy")));
    }

    [Theory]
    [InlineData("text")]
    [InlineData("odd")]
    public async Task A_result_of_another_type_is_reported(string model)
    {
        using var fal = Fal();

        var exception = await Assert.ThrowsAsync<TransportException>(() => fal.RunDirectAsync(Clips.StrictAt("fal", "direct/" + model), Clips.Request));

        Assert.Equal(TransportFailure.Malformed, exception.Failure);
    }

    [Fact]
    public async Task What_belongs_to_the_queue_is_refused()
    {
        using var fal = Fal();

        foreach (var options in (FalSubmitOptions[])[
            new() { WebhookUrl = new("https://example.com/hook") },
            new() { Priority = FalPriority.Low },
            new() { MaxQueueLength = 1 }
        ])
            await Assert.ThrowsAsync<ArgumentException>(() => fal.RunDirectAsync("direct/never-sent", "x", options));
        await Assert.ThrowsAsync<ArgumentException>(() => fal.RunDirectAsync(Clips.At("eachlabs", "direct/never-sent"), Clips.Request));
        await Assert.ThrowsAsync<RequestValidationException>(() => fal.RunDirectAsync(Clips.At("fal", "direct/never-sent"), new() { Prompt = null! }));

        Assert.Equal(0, Server.Count(new("POST", "/run/direct/never-sent")));
    }
}
