using Zoetrope.Eachlabs;
using Zoetrope.Fal;
using Zoetrope.Jobs;
using Zoetrope.Protocol.Tests.Stubs;

namespace Zoetrope.Protocol.Tests.Fal;

public sealed class FalSubmitOptionsTests(StubServer<FalSubmitOptionsStubs> server) : StubTest<FalSubmitOptionsStubs>(server)
{
    public static TheoryData<string, SubmitOptions> Wrong() => new()
    {
        { "start timeout", new FalSubmitOptions { StartTimeout = TimeSpan.FromSeconds(1) } },
        { "start timeout", new FalSubmitOptions { StartTimeout = TimeSpan.FromDays(-1) } },
        { "hint", new FalSubmitOptions { RunnerHint = "a\r\nX-Other: 1" } },
        { "hint", new FalSubmitOptions { RunnerHint = "" } },
        { "expiry", new FalSubmitOptions { ObjectExpiry = TimeSpan.FromMilliseconds(1500) } },
        { "expiry", new FalSubmitOptions { ObjectExpiry = TimeSpan.Zero } },
        { "queue length", new FalSubmitOptions { MaxQueueLength = -1 } },
        { "at most 10 tags", new FalSubmitOptions { Tags = Enumerable.Range(0, 11).ToDictionary(i => $"t{i}", i => "x") } },
        { "name of the tag 'Team'", new FalSubmitOptions { Tags = new Dictionary<string, string> { ["Team"] = "video" } } },
        { "name of the tag ''", new FalSubmitOptions { Tags = new Dictionary<string, string> { [""] = "video" } } },
        { "reserved", new FalSubmitOptions { Tags = new Dictionary<string, string> { ["fal.team"] = "video" } } },
        { "value of the tag 'team'", new FalSubmitOptions { Tags = new Dictionary<string, string> { ["team"] = "a,b" } } },
        { "value of the tag 'team'", new FalSubmitOptions { Tags = new Dictionary<string, string> { ["team"] = "a\r\nX-Other: 1" } } },
        { "1024", new FalSubmitOptions { Tags = Enumerable.Range(0, 5).ToDictionary(i => $"t{i}", i => new string('x', 256)) } },
        { "retry limit of timeout", new FalSubmitOptions { RetryLimits = new() { ServerErrors = 1, Timeouts = -1 } } },
        { "webhook", new FalSubmitOptions { WebhookUrl = new("http://example.com/hook") } },
        { "webhook", new FalSubmitOptions { WebhookUrl = new("ftp://example.com/hook") } },
        { "webhook", new FalSubmitOptions { WebhookUrl = new("/hook", UriKind.Relative) } },
        { "webhook", new SubmitOptions { WebhookUrl = new("http://example.com/hook") } },
        { "FalSubmitOptions", new EachlabsSubmitOptions() },
    };

    [Fact]
    public async Task Options_become_headers_and_query()
    {
        using var fal = Fal();
        var options = new FalSubmitOptions
        {
            StartTimeout = TimeSpan.FromSeconds(30.5),
            Priority = FalPriority.Low,
            RunnerHint = "session 7",
            StoreIO = false,
            DisableRetry = true,
            DisableFallback = true,
            ObjectExpiry = TimeSpan.FromDays(1),
            MaxQueueLength = 10,
            WebhookUrl = new("https://example.com/hook?job=a b&x=1"),
            ObjectAcl = new(FalFileAccess.Forbid) { Rules = [new("me", FalFileAccess.Allow)] },
            Tags = new Dictionary<string, string> { ["team"] = "video", ["step"] = "2 of 3" },
            RetryLimits = new() { ServerErrors = 2, ConnectionErrors = 0 },
            Headers = { ["X-Other"] = "1" },
        };

        await fal.SubmitAsync("options/all/of/them", "x", options);

        var request = Server.Single(new("POST", "/options/all/of/them"));
        Assert.Equal("/options/all/of/them?fal_webhook=https%3A%2F%2Fexample.com%2Fhook%3Fjob%3Da%2520b%26x%3D1&fal_max_queue_length=10", request.Url);
        foreach (var (name, value) in new Dictionary<string, string>
        {
            ["X-Fal-Request-Timeout"] = "30.5",
            ["X-Fal-Request-Start-Timeout"] = "30.5",
            ["X-Fal-Queue-Priority"] = "low",
            ["X-Fal-Runner-Hint"] = "session 7",
            ["X-Fal-Store-IO"] = "0",
            ["X-Fal-No-Retry"] = "1",
            ["x-app-fal-disable-fallback"] = "true",
            ["X-Fal-Object-Lifecycle-Preference"] =
                """{"expiration_duration_seconds":86400,"initial_acl":{"default":"forbid","rules":[{"user":"me","decision":"allow"}]}}""",
            ["X-Fal-Tags"] = "team=video,step=2 of 3",
            ["X-Fal-Retry-Config"] = """{"server_error":{"retries":2},"connection_error":{"retries":0}}""",
            ["X-Other"] = "1",
            ["User-Agent"] = $"zoetrope-dotnet/{typeof(FalClient).Assembly.GetName().Version!.ToString(3)}",
        })
        {
            Assert.Equal(value, request.Headers[name]);
        }
    }

    [Fact]
    public async Task Without_options_nothing_is_added()
    {
        using var fal = Fal();

        await fal.SubmitAsync("options/none", "x", new FalSubmitOptions());

        var request = Server.Single(new("POST", "/options/none"));
        Assert.Equal("/options/none", request.Url);
        Assert.DoesNotContain(request.Headers.Keys, static name => name.StartsWith("X-", StringComparison.OrdinalIgnoreCase));
    }

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task A_wrong_option_is_refused_before_anything_is_sent(string words, SubmitOptions options)
    {
        using var fal = Fal();

        var exception = await Assert.ThrowsAsync<ArgumentException>(() => fal.SubmitAsync("options/wrong", "x", options));

        Assert.Contains(words, exception.Message, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(0, Server.Count(new("POST", "/options/wrong")));
    }

    [Theory]
    [InlineData("https://localhost/hook")]
    [InlineData("https://192.168.1.4/hook")]
    public async Task A_local_webhook_is_refused_at_fal_itself(string url)
    {
        using var fal = new FalClient(new() { ApiKey = Key });

        await Assert.ThrowsAsync<ArgumentException>(() => fal.SubmitAsync("options/local", "x", new SubmitOptions { WebhookUrl = new(url) }));
    }

    [Fact]
    public async Task A_workflow_is_polled_with_its_namespace()
    {
        using var fal = Fal();

        var job = await fal.SubmitAsync("workflows/options/flow/v2", "x");

        Assert.Equal(JobState.Completed, (await job.GetStatusAsync()).State);
        Assert.Equal("/workflows/options/flow/requests/options-2/status?logs=0", Server.Single(Polls("fal", "options-2")).Url);
    }
}
