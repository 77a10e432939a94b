using System.Net;
using Zoetrope.Errors;
using Zoetrope.Fal;
using Zoetrope.Fal.Models;
using Zoetrope.Jobs;

namespace Zoetrope.Simulator.Tests;

/// <summary>Jobs of models that their provider will end, or has ended.</summary>
public sealed class DeprecationTests
{
    private const string Id = "fal-ai/kling-video/o3/pro/image-to-video";

    private static KlingVideoO3ProImageToVideo.Request Request() => new() { ImageUrl = Clients.Picture, Prompt = "The character walks forward" };

    [Theory]
    [InlineData(SimulatorOperation.Submit, Id)]
    [InlineData(SimulatorOperation.Result, null)]
    public async Task A_job_runs_to_its_end_and_the_notice_is_given_once(SimulatorOperation operation, string? name)
    {
        await using var simulator = await Clients.StartBrieflyAsync();
        simulator.AddFault(new()
        {
            Kind = FaultKind.Delay,
            Operation = operation,
            Times = int.MaxValue,
            Headers = new Dictionary<string, string>
            {
                ["Deprecation"] = "@1688169599", ["Sunset"] = "Sun, 30 Jun 2024 23:59:59 GMT", ["Link"] = "</fal-ai/new>; rel=\"successor-version\"",
            },
        });
        var notices = new List<DeprecationNotice>();
        using var fal = new FalClient(new FalClientOptions { BaseUrl = simulator.BaseUrl, ApiKey = "a:key", OnDeprecation = notices.Add });

        for (var i = 0; i < 2; i++)
        {
            var result = await fal.KlingVideoO3ProImageToVideo.RunAsync(Request(), wait: Clients.Quickly);
            Assert.Equal("video/mp4", result.Value.Video.ContentType);
        }

        var notice = Assert.Single(notices);
        Assert.Equal((name, "/fal-ai/new"), (notice.Name, notice.Successor!.AbsolutePath));
        Assert.Equal(2024, notice.Sunset!.Value.Year);
        Assert.Equal(2, simulator.Counts.Submits);
    }

    [Fact]
    public async Task A_submit_to_a_model_that_is_gone_names_what_replaces_it()
    {
        await using var simulator = await Clients.StartBrieflyAsync();
        simulator.AddFault(new()
        {
            Kind = FaultKind.Status, Operation = SimulatorOperation.Submit, StatusCode = 410, Body = """{"detail":"Gone.","replacement":"fal-ai/new"}""",
        });
        using var fal = simulator.Fal();

        var exception = await Assert.ThrowsAsync<SubmitException>(() => fal.KlingVideoO3ProImageToVideo.SubmitAsync(Request()));

        Assert.Equal(("fal-ai/new", HttpStatusCode.Gone), (exception.Deprecation!.Replacement, exception.Deprecation.StatusCode));
        Assert.True(exception.WasNotAccepted);
    }
}
