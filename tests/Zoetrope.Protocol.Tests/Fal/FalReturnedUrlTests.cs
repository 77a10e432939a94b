using Zoetrope.Jobs;
using Zoetrope.Protocol.Tests.Stubs;

namespace Zoetrope.Protocol.Tests.Fal;

/// <summary>fal responds to a submit with the job's URLs. Only their paths are used, and only where they are fal's own.</summary>
public sealed class FalReturnedUrlTests(StubServer<FalReturnedUrlStubs> server) : StubTest<FalReturnedUrlStubs>(server)
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
        Assert.Equal(1, Server.Count(new("GET", "/elsewhere/jobs/urls-elsewhere/response")));
        Assert.DoesNotContain("127.0.0.1", handle, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_path_of_fals_own_host_is_used_at_the_base_url()
    {
        using var fal = Fal();

        var job = await fal.SubmitAsync("urls/official", "x");
        var result = await job.WaitAsync(Wait());

        Assert.Equal("/official/jobs/urls-official", job.Handle.Location);
        Assert.Equal("https://files.example/out.mp4", Assert.Single(result.Media).Url);
    }

    [Theory]
    [InlineData("urls/usual")]
    [InlineData("urls/usual-before-the-id")]
    [InlineData("urls/usual-twice")]
    public async Task The_usual_urls_are_not_kept_with_the_handle(string model)
    {
        using var fal = Fal();

        var job = await fal.SubmitAsync(model, "x");
        var result = await job.WaitAsync(Wait());

        Assert.Equal(new JobHandle("fal", model, model.Replace('/', '-')), job.Handle);
        Assert.Equal("https://files.example/out.mp4", Assert.Single(result.Media).Url);
    }

    [Fact]
    public async Task Of_a_url_that_is_returned_twice_the_last_counts()
    {
        using var fal = Fal();

        var job = await fal.SubmitAsync("urls/official-last", "x");

        Assert.Equal("/official/jobs/urls-official-last", job.Handle.Location);
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
    [InlineData("urls/other-job")]
    [InlineData("urls/other-purpose")]
    [InlineData("urls/swapped")]
    public async Task A_suspicious_url_is_ignored_for_the_usual_one(string model)
    {
        using var fal = Fal();

        var job = await fal.SubmitAsync(model, "x");
        var result = await job.WaitAsync(Wait());

        Assert.Null(job.Handle.Location);
        Assert.Equal("https://files.example/out.mp4", Assert.Single(result.Media).Url);
        Assert.Equal(1, Server.Count(new("GET", $"/{model}/requests/{model.Replace('/', '-')}")));
        Assert.Equal(0, Server.Count(new("ANY", "/stolen/.*")));
    }

    [Theory]
    [InlineData("//localhost/stolen/urls-forged")]
    [InlineData("/../stolen/urls-forged")]
    [InlineData("/stolen/urls-forged?x=/urls-forged")]
    [InlineData("stolen/urls-forged")]
    [InlineData("/a|/b")]
    [InlineData("/stolen/1")]
    [InlineData("/stolen/urls-forged|/stolen/urls-forged|/stolen/urls-forged")]
    [InlineData("/stolen/urls-forged/status|/stolen/urls-forged/delete|/stolen/urls-forged/cancel")]
    [InlineData("/stolen/urls-forged/status|/stolen/urls-forged|/stolen/cancel")]
    [InlineData("/stolen/urls-forged/status|/stolen/urls-forged|/stolen/urls-forged/stop")]
    [InlineData("/stolen/urls-forged/state|/stolen/urls-forged|/stolen/urls-forged/cancel")]
    [InlineData("/urls-forged")]
    public async Task A_handle_with_a_forged_location_leads_to_the_usual_one(string location)
    {
        using var fal = Fal();

        var job = fal.Resume(new JobHandle("fal", "urls/forged", "urls-forged", location));
        var result = await job.WaitAsync(Wait());
        var outcome = await job.CancelAsync();

        Assert.Equal("https://files.example/out.mp4", Assert.Single(result.Media).Url);
        Assert.Equal(CancelOutcome.AlreadyCompleted, outcome);
        Assert.Equal(0, Server.Count(new("ANY", "/stolen/.*")));
    }
}
