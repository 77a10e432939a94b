using Zoetrope.Protocol.Tests.WireMock;

namespace Zoetrope.Protocol.Tests.Fal;

/// <summary>fal answers a submit with the job's URLs. Only their paths are used, and only where they are fal's own.</summary>
public sealed class FalReturnedUrlTests(WireMockServer server) : WireMockTest(server)
{
    [Fact]
    public async Task A_job_that_is_served_elsewhere_is_found_again_by_another_client()
    {
        string handle;
        using (var first = Fal())
            handle = (await first.SubmitAsync("urls/elsewhere", "x")).Handle.ToString();

        using var second = Fal();
        var job = second.Resume(JobHandle.Parse(handle));
        var result = await job.WaitAsync(Wait());

        Assert.Equal("https://files.example/out.mp4", Assert.Single(result.Media).Url);
        Assert.Equal(CancelOutcome.Requested, await job.CancelAsync());
        Assert.Equal(1, await Server.Admin.CountAsync(new("GET", "/elsewhere/jobs/7/response")));
        Assert.DoesNotContain("127.0.0.1", handle, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_path_of_fals_own_host_is_used_at_the_base_url()
    {
        using var fal = Fal();

        var job = await fal.SubmitAsync("urls/official", "x");
        var result = await job.WaitAsync(Wait());

        Assert.Equal("/official/jobs/8", job.Handle.Location);
        Assert.Equal("https://files.example/out.mp4", Assert.Single(result.Media).Url);
    }

    [Theory]
    [InlineData("urls/foreign")]
    [InlineData("urls/plain-http")]
    [InlineData("urls/lookalike")]
    [InlineData("urls/password")]
    [InlineData("urls/other-port")]
    [InlineData("urls/dots")]
    [InlineData("urls/escaped")]
    [InlineData("urls/relative")]
    [InlineData("urls/nonsense")]
    [InlineData("urls/queried")]
    public async Task A_suspicious_url_is_ignored_for_the_usual_one(string model)
    {
        using var fal = Fal();

        var job = await fal.SubmitAsync(model, "x");
        var result = await job.WaitAsync(Wait());

        Assert.Null(job.Handle.Location);
        Assert.Equal("https://files.example/out.mp4", Assert.Single(result.Media).Url);
        Assert.Equal(1, await Server.Admin.CountAsync(new("GET", $"/{model}/requests/{model.Replace('/', '-')}")));
        Assert.Equal(0, await Server.Admin.CountAsync(new("ANY", "/stolen/.*")));
    }

    [Theory]
    [InlineData("//localhost/stolen")]
    [InlineData("/../stolen")]
    [InlineData("/a?x=1")]
    [InlineData("stolen")]
    [InlineData("/a|/b")]
    public async Task A_handle_with_a_forged_place_leads_to_the_usual_one(string location)
    {
        using var fal = Fal();

        var status = await fal.Resume(new JobHandle("fal", "urls/forged", "urls-forged", location)).GetStatusAsync();

        Assert.Equal(JobState.Completed, status.State);
        Assert.Equal(0, await Server.Admin.CountAsync(new("ANY", "/stolen/.*")));
    }
}
