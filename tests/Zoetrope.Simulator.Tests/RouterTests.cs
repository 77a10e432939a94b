using Zoetrope.Catalog;
using Zoetrope.Jobs;
using Zoetrope.Routing;

namespace Zoetrope.Simulator.Tests;

/// <summary>The neutral model at either provider.</summary>
public sealed class RouterTests
{
    private static KlingO3ProImageToVideo.Request Request() => new() { ImageUrl = Clients.Picture, Prompt = "The character walks forward" };

    [Theory]
    [InlineData("fal")]
    [InlineData("eachlabs")]
    public async Task The_preferred_provider_runs_it(string provider)
    {
        await using var simulator = await Support.StartAsync();
        var router = new MediaRouter(simulator.Fal(), simulator.Eachlabs());
        var result = await router.KlingO3ProImageToVideo.RunAsync(Request(), new() { PreferredProvider = provider, Wait = Clients.Quickly });
        Assert.Equal(provider, result.Handle.Provider);
        Assert.StartsWith($"{simulator.BaseUrl}files/", result.Value.Video.Url);
        Assert.Equal((1, 1), (simulator.Counts.Submits, simulator.CountsOf(provider).Accepted));
        Assert.Empty(result.Warnings);
    }

    [Fact]
    public async Task The_other_provider_takes_over_when_the_first_surely_did_not_accept()
    {
        await using var simulator = await Support.StartAsync();
        simulator.AddFault(new() { Kind = FaultKind.Status, Provider = "fal", StatusCode = 429 });
        var router = new MediaRouter(simulator.Fal(attempts: 1), simulator.Eachlabs());
        var result = await router.KlingO3ProImageToVideo.RunAsync(Request(), new() { Wait = Clients.Quickly });
        Assert.Equal("eachlabs", result.Handle.Provider);
        Assert.Contains("fal", Assert.Single(result.Warnings));
        Assert.Equal((0, 1), (simulator.CountsOf("fal").Accepted, simulator.CountsOf("eachlabs").Accepted));
    }

    [Fact]
    public async Task Nobody_takes_over_when_the_first_may_have_accepted()
    {
        await using var simulator = await Support.StartAsync();
        simulator.AddFault(new() { Kind = FaultKind.Reset, Provider = "fal", CarryOut = true });
        var router = new MediaRouter(simulator.Fal(), simulator.Eachlabs());
        await Assert.ThrowsAsync<SubmitException>(() => router.KlingO3ProImageToVideo.RunAsync(Request()));
        Assert.Equal((1, 0), (simulator.CountsOf("fal").Accepted, simulator.CountsOf("eachlabs").Submits));
    }

    [Fact]
    public async Task A_routed_job_is_resumed_by_its_handle()
    {
        await using var simulator = await Support.StartAsync();
        var handle = (await new MediaRouter(simulator.Eachlabs()).KlingO3ProImageToVideo.SubmitAsync(Request())).Handle.ToString();
        var router = new MediaRouter(simulator.Fal(), simulator.Eachlabs());
        var result = await router.KlingO3ProImageToVideo.Resume(JobHandle.Parse(handle)).WaitAsync(Clients.Quickly);
        Assert.EndsWith(".mp4", result.Value.Video.Url);
        Assert.Equal(1, simulator.Submits);
    }
}
