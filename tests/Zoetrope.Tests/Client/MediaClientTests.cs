using Zoetrope.Clients;
using Zoetrope.Http;
using Zoetrope.Jobs;
using Zoetrope.Json;
using Zoetrope.Models;
using Zoetrope.Validation;

namespace Zoetrope.Tests;

public sealed class MediaClientTests
{
    private static readonly ModelEndpoint<TestRequest, TestResult> Endpoint = new("fake", "some/model");
    private readonly FakeProtocol _protocol = new();

    [Fact]
    public async Task A_default_model_client_says_that_it_belongs_to_no_client()
    {
        var model = default(ModelClient<TestRequest, TestResult>);

        var run = await Assert.ThrowsAsync<InvalidOperationException>(() => model.RunAsync(new TestRequest { Prompt = "a" }));
        await Assert.ThrowsAsync<InvalidOperationException>(() => model.SubmitAsync(new TestRequest { Prompt = "a" }));
        Assert.Throws<InvalidOperationException>(() => model.Resume(new JobHandle("fake", "m", "1")));
        Assert.Throws<InvalidOperationException>(() => model.Client);
        Assert.Throws<InvalidOperationException>(() => model.Endpoint);
        Assert.Contains("belongs to no client", run.Message);
        Assert.True(model.Validate(new TestRequest { Prompt = "a" }).IsValid);
    }

    [Fact]
    public void What_is_needed_and_is_null_is_named()
    {
        using var client = new FakeClient(new FakeProtocol());
        var handle = new JobHandle("fake", "m", "1");

        Assert.Equal("endpoint", Assert.Throws<ArgumentNullException>(() => client.Model<TestRequest, TestResult>(null!)).ParamName);
        Assert.Equal("endpoint", Assert.Throws<ArgumentNullException>(() => client.Resume<TestRequest, TestResult>(null!, handle)).ParamName);
        Assert.Equal("read", Assert.Throws<ArgumentNullException>(() => client.Resume<string>(handle, null!)).ParamName);
        Assert.Equal("handle", Assert.Throws<ArgumentNullException>(() => client.Resume(null!)).ParamName);
    }

    [Fact]
    public async Task A_request_runs_to_its_typed_result()
    {
        using var client = new FakeClient(_protocol);

        var result = await client.Model(Endpoint).RunAsync(new TestRequest { Prompt = "a" });

        Assert.Equal("""{"prompt":"a"}""", Assert.Single(_protocol.Submits).Input.ToString());
        Assert.Equal("https://files.test/a.mp4", result.Value.Video.Url);
        Assert.Equal(0.5m, result.Metrics.Cost);
        Assert.Equal("request-1", result.RequestId);
        Assert.Equal("fake:some/model:job-1", result.Handle.ToString());
        Assert.Empty(result.Warnings);
    }

    [Fact]
    public async Task A_request_that_is_not_valid_is_not_sent()
    {
        using var client = new FakeClient(_protocol);

        await Assert.ThrowsAsync<RequestValidationException>(() => client.Model(Endpoint).RunAsync(new TestRequest { Prompt = "" }));
        Assert.Empty(_protocol.Submits);

        await client.Model(Endpoint).SubmitAsync(new TestRequest { Prompt = "" }, new SubmitOptions { Validate = false });
        Assert.Single(_protocol.Submits);
    }

    [Fact]
    public async Task A_job_is_resumed_from_its_text_by_another_client_without_a_submit()
    {
        using var before = new FakeClient(_protocol);
        var text = (await before.Model(Endpoint).SubmitAsync(new TestRequest { Prompt = "a" })).Handle.ToString();
        var protocol = new FakeProtocol();
        using var after = new FakeClient(protocol);

        var result = await after.Model(Endpoint).Resume(JobHandle.Parse(text)).WaitAsync();

        Assert.Equal("https://files.test/a.mp4", result.Value.Video.Url);
        Assert.Empty(protocol.Submits);
    }

    [Fact]
    public void A_handle_or_a_model_of_another_is_refused()
    {
        using var client = new FakeClient(_protocol);

        Assert.Throws<ArgumentException>(() => client.Resume(new JobHandle("other", "some/model", "1")));
        Assert.Throws<ArgumentException>(() => client.Resume(Endpoint, new JobHandle("fake", "other/model", "1")));
        Assert.Throws<ArgumentException>(() => client.Model(new ModelEndpoint<TestRequest, TestResult>("other", "some/model")));
    }

    [Fact]
    public async Task Any_model_can_be_run_with_raw_JSON()
    {
        using var client = new FakeClient(_protocol);

        var job = await client.SubmitAsync("unknown/model", RawJson.Parse("""{"anything":1}"""));
        var result = await job.WaitAsync();

        Assert.Equal("""{"video":{"url":"https://files.test/a.mp4"}}""", result.Value.ToString());
    }

    [Fact]
    public void Disposing_a_client_disposes_its_protocol_and_not_the_users_HTTP_client()
    {
        using var http = new HttpClient();
        var client = new FakeClient(_protocol, new MediaClientOptions { HttpClient = http });

        client.Dispose();
        client.Dispose();

        Assert.True(_protocol.IsDisposed);
        http.DefaultRequestHeaders.Add("still", "usable");
        http.CancelPendingRequests();
    }

    [Fact]
    public void Options_that_make_no_sense_are_refused()
    {
        var options = new MediaClientOptions();

        Assert.Throws<ArgumentOutOfRangeException>(() => options.PollTimeout = TimeSpan.Zero);
        Assert.Throws<ArgumentOutOfRangeException>(() => options.SubmitTimeout = TimeSpan.FromSeconds(-2));
        Assert.Throws<ArgumentOutOfRangeException>(() => options.SubmitAttempts = 0);
        Assert.Throws<ArgumentOutOfRangeException>(() => options.MaxResponseBytes = 0);
        Assert.Throws<ArgumentOutOfRangeException>(() => options.MaxDownloadBytes = -1);
        Assert.Throws<ArgumentOutOfRangeException>(() => new SubmitLimits { CreatesPerMinute = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new SubmitLimits { InFlight = -1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new SubmitLimits { InFlightExpiry = TimeSpan.Zero });
        options.PollTimeout = Timeout.InfiniteTimeSpan;
        Assert.Equal(Timeout.InfiniteTimeSpan, options.PollTimeout);
    }

    [Fact]
    public void An_endpoint_validates_JSON()
    {
        Assert.Equal("prompt", Assert.Single(Endpoint.Validate(RawJson.Parse("{}")).Issues).Path);
        Assert.Equal("fake:some/model", Endpoint.ToString());
    }
}
