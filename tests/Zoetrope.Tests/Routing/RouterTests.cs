using System.Net;
using Zoetrope.CodeGen;
using Zoetrope.Errors;
using Zoetrope.Http;
using Zoetrope.Jobs;
using Zoetrope.Json;
using Zoetrope.Models;
using Zoetrope.Routing;
using Zoetrope.Validation;

namespace Zoetrope.Tests;

/// <summary>A neutral model runs at the preferred provider, and at another one only when the first surely did not accept.</summary>
public sealed class RouterTests
{
    private readonly FakeProtocol _first = new("first");
    private readonly FakeProtocol _second = new("second");
    private readonly MediaRouter _router;

    private readonly NeutralModel<TestRequest, TestResult> _model = new(
        "neutral",
        new ModelRoute<TestRequest, TestResult, TestRequest, TestResult>(new("first", "first/model"), (request, _) => request, result => result),
        new ModelRoute<TestRequest, TestResult, SecondRequest, TestResult>(new("second", "second/model"), SecondRequest.From, result => result));

    public RouterTests() => _router = new MediaRouter(new FakeClient(_first), new FakeClient(_second));

    [Fact]
    public async Task The_first_client_is_preferred()
    {
        var result = await _router.Model(_model).RunAsync(new TestRequest { Prompt = "a" });

        Assert.Equal("https://files.test/a.mp4", result.Value.Video.Url);
        Assert.Equal("first", result.Handle.Provider);
        Assert.Equal("first/model", Assert.Single(_first.Submits).EndpointId);
        Assert.Empty(_second.Submits);
        Assert.Empty(result.Warnings);
    }

    [Fact]
    public async Task The_user_can_prefer_another()
    {
        var result = await _router.RunAsync(_model, new TestRequest { Prompt = "a" }, new RouteOptions { PreferredProvider = "second" });

        Assert.Equal("second", result.Handle.Provider);
        Assert.Equal("""{"text":"a"}""", Assert.Single(_second.Submits).Input.ToString());
        Assert.Empty(_first.Submits);
    }

    [Theory]
    [InlineData(401)]
    [InlineData(402)]
    [InlineData(403)]
    [InlineData(404)]
    [InlineData(429)]
    public async Task Another_is_tried_when_the_first_definitely_rejected(int status)
    {
        _first.Submit = _ => throw Refused("first", status);

        var result = await _router.RunAsync(_model, new TestRequest { Prompt = "a" });

        Assert.Equal("second", result.Handle.Provider);
        Assert.Contains("first did not accept the job", Assert.Single(result.Warnings));
    }

    [Fact]
    public async Task Another_is_tried_when_the_first_cannot_be_reached()
    {
        _first.Submit = _ => throw new SubmitException("first", "first/model", true, 3, new TransportException("no route", TransportFailure.NotConnected));

        var job = await _router.SubmitAsync(_model, new TestRequest { Prompt = "a" });

        Assert.Equal("second", job.Handle.Provider);
        Assert.Contains("no route", Assert.Single(job.Warnings));
    }

    [Fact]
    public async Task Another_is_tried_when_the_limits_of_the_first_leave_no_room_in_time()
    {
        var time = new FakeTime();
        var options = new MediaClientOptions { TimeProvider = time, SubmitTimeout = TimeSpan.FromSeconds(20), Limits = new SubmitLimits { InFlight = 1 } };
        using var full = new FakeClient(_first, options);
        var router = new MediaRouter(full, new FakeClient(_second, new MediaClientOptions { TimeProvider = time }));
        await full.SubmitAsync("first/model", RawJson.Parse("{}"));

        var result = await time.RunAsync(() => router.RunAsync(_model, new TestRequest { Prompt = "a" }));

        Assert.Equal("second", result.Handle.Provider);
        Assert.Contains("left no slot for it within 00:00:20", Assert.Single(result.Warnings));
        Assert.Single(_first.Submits);
    }

    [Fact]
    public async Task No_other_is_tried_when_the_first_client_was_disposed()
    {
        var disposed = new FakeClient(_first, new MediaClientOptions { Limits = new SubmitLimits { InFlight = 1 } });
        disposed.Dispose();

        var router = new MediaRouter(disposed, new FakeClient(_second));
        var exception = await Assert.ThrowsAsync<SubmitException>(() => router.SubmitAsync(_model, new TestRequest { Prompt = "a" }));

        Assert.True(exception.WasNotAccepted);
        Assert.Empty(_second.Submits);
    }

    [Theory]
    [InlineData(500)]
    [InlineData(503)]
    [InlineData(408)]
    public async Task No_other_is_tried_when_the_first_may_have_accepted(int status)
    {
        _first.Submit = _ => throw new SubmitException("first", "first/model", wasNotAccepted: false, 1, ErrorResponse("first", status));

        var exception = await Assert.ThrowsAsync<SubmitException>(() => _router.SubmitAsync(_model, new TestRequest { Prompt = "a" }));

        Assert.False(exception.WasNotAccepted);
        Assert.Empty(_second.Submits);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(422)]
    public async Task No_other_is_tried_when_it_is_the_request_that_is_wrong(int status)
    {
        _first.Submit = _ => throw Refused("first", status);

        await Assert.ThrowsAsync<SubmitException>(() => _router.SubmitAsync(_model, new TestRequest { Prompt = "a" }));

        Assert.Empty(_second.Submits);
    }

    [Fact]
    public async Task No_other_is_tried_when_the_user_does_not_want_it()
    {
        _first.Submit = _ => throw Refused("first", 429);

        await Assert.ThrowsAsync<SubmitException>(
            () => _router.SubmitAsync(_model, new TestRequest { Prompt = "a" }, new RouteOptions { AllowFallback = false }));

        Assert.Empty(_second.Submits);
    }

    [Fact]
    public async Task No_other_is_tried_when_the_caller_cancels()
    {
        _first.Submit = _ => throw new SubmitCanceledException("first", "first/model", new CancellationToken(true));

        await Assert.ThrowsAsync<SubmitCanceledException>(() => _router.SubmitAsync(_model, new TestRequest { Prompt = "a" }));

        Assert.Empty(_second.Submits);
    }

    [Fact]
    public async Task A_job_that_fails_is_not_run_elsewhere()
    {
        _first.Statuses.Add(FakeProtocol.Says(JobState.Failed));

        await Assert.ThrowsAsync<JobFailedException>(() => _router.RunAsync(_model, new TestRequest { Prompt = "a" }));

        Assert.Empty(_second.Submits);
    }

    [Fact]
    public async Task When_no_provider_accepts_every_reason_is_reported()
    {
        _first.Submit = _ => throw Refused("first", 429);
        _second.Submit = _ => throw Refused("second", 402);

        var exception = await Assert.ThrowsAsync<RoutingException>(() => _router.SubmitAsync(_model, new TestRequest { Prompt = "a" }));

        Assert.Equal([429, 402], exception.Reasons.Select(reason => (int)((SubmitException)reason).Service!.StatusCode));
        Assert.Contains("first did not accept", exception.Message);
        Assert.Contains("second did not accept", exception.Message);
    }

    [Fact]
    public async Task A_request_that_is_invalid_for_all_providers_is_not_sent()
    {
        await Assert.ThrowsAsync<RequestValidationException>(() => _router.SubmitAsync(_model, new TestRequest { Prompt = "" }));

        Assert.Empty(_first.Submits);
        Assert.Empty(_second.Submits);
    }

    [Fact]
    public async Task A_request_that_only_the_preferred_provider_does_not_support_goes_to_the_next_with_a_warning()
    {
        var result = await _router.RunAsync(_model, new TestRequest { Prompt = "too long" }, new RouteOptions { PreferredProvider = "second" });

        Assert.Equal("first", result.Handle.Provider);
        Assert.Equal("second does not support the request: text: must have at most 5 characters, but has 8.", Assert.Single(result.Warnings));
    }

    [Fact]
    public async Task A_request_that_the_only_provider_does_not_support_is_refused()
    {
        var exception = await Assert.ThrowsAsync<RequestValidationException>(
            () =>
                _router.SubmitAsync(_model, new TestRequest { Prompt = "too long" }, new RouteOptions { PreferredProvider = "second", AllowFallback = false }));

        Assert.Equal("text", Assert.Single(exception.Result.Issues).Path);
    }

    [Fact]
    public async Task A_request_is_not_checked_when_the_user_does_not_want_it()
    {
        await _router.SubmitAsync(
            _model,
            new TestRequest { Prompt = "too long, by far" },
            new RouteOptions { PreferredProvider = "second", Submit = new SubmitOptions { Validate = false } });

        Assert.Single(_second.Submits);
    }

    [Fact]
    public async Task What_a_provider_cannot_honor_is_a_warning_of_that_provider_only()
    {
        _second.Submit = _ => throw Refused("second", 429);
        var request = new TestRequest { Prompt = "a", Steps = 5 };

        var atFirst = await _router.RunAsync(_model, request, new RouteOptions { PreferredProvider = "second" });
        _second.Submit = null;
        var atSecond = await _router.RunAsync(_model, request, new RouteOptions { PreferredProvider = "second" });

        Assert.Contains("did not accept", Assert.Single(atFirst.Warnings));
        Assert.Equal("second has no steps", Assert.Single(atSecond.Warnings));
    }

    [Fact]
    public async Task Submit_options_can_differ_by_provider()
    {
        var common = new SubmitOptions();
        var special = new SubmitOptions();

        await _router.SubmitAsync(
            _model,
            new TestRequest { Prompt = "a" },
            new RouteOptions { Submit = common, SubmitOptionsSelector = provider => provider == "second" ? special : null });
        await _router.SubmitAsync(
            _model,
            new TestRequest { Prompt = "a" },
            new RouteOptions { PreferredProvider = "second", Submit = common, SubmitOptionsSelector = provider => provider == "second" ? special : null });

        Assert.Same(common, _first.Submits[0].Options);
        Assert.Same(special, _second.Submits[0].Options);
    }

    [Fact]
    public async Task Neutral_JSON_is_submitted_and_its_result_is_neutral_JSON()
    {
        var job = await _router.SubmitJsonAsync(_model, RawJson.Parse("""{"prompt":"a","steps":5}"""), new RouteOptions { PreferredProvider = "second" });
        var result = await job.WaitAsync();

        Assert.Equal("""{"text":"a"}""", Assert.Single(_second.Submits).Input.ToString());
        Assert.Equal("""{"video":{"url":"https://files.test/a.mp4"}}""", result.Value.ToString());
        Assert.Equal("second has no steps", Assert.Single(result.Warnings));
        await Assert.ThrowsAsync<RequestValidationException>(() => _router.SubmitJsonAsync(_model, RawJson.Parse("{}")));
    }

    [Fact]
    public async Task A_job_is_resumed_where_it_runs()
    {
        var result = await _router.Model(_model).Resume(new JobHandle("second", "second/model", "7")).WaitAsync();

        Assert.Equal("https://files.test/a.mp4", result.Value.Video.Url);
        Assert.Equal(1, _second.Polls);
        Assert.Empty(_second.Submits);
        Assert.Throws<ArgumentException>(() => _router.Resume(_model, new JobHandle("second", "other/model", "7")));
        Assert.Throws<ArgumentException>(() => _router.Resume(_model, new JobHandle("third", "second/model", "7")));
        Assert.Throws<ArgumentException>(() => new MediaRouter(new FakeClient(_first)).Resume(_model, new JobHandle("second", "second/model", "7")));
    }

    [Fact]
    public async Task A_router_without_a_matching_client_reports_it()
    {
        var router = new MediaRouter(new FakeClient(new FakeProtocol("third")));

        var exception = await Assert.ThrowsAsync<ArgumentException>(() => router.SubmitAsync(_model, new TestRequest { Prompt = "a" }));
        await Assert.ThrowsAsync<ArgumentException>(
            () => _router.SubmitAsync(_model, new TestRequest { Prompt = "a" }, new RouteOptions { PreferredProvider = "third" }));

        Assert.Contains("first, second", exception.Message);
        Assert.Throws<ArgumentException>(() => new MediaRouter());
        Assert.Throws<ArgumentException>(() => new MediaRouter(new FakeClient(_first), new FakeClient(_first)));
    }

    [Fact]
    public void Neutral_JSON_is_validated_and_mapped()
    {
        NeutralModel model = _model;
        var warnings = new List<string>();

        Assert.Equal(["first", "second"], model.Providers);
        Assert.Equal("second/model", model.EndpointId("second"));
        Assert.Equal("""{"text":"a"}""", model.MapRequest("second", RawJson.Parse("""{"prompt":"a","steps":5}"""), warnings).ToString());
        Assert.Equal(["second has no steps"], warnings);
        Assert.Equal("prompt", Assert.Single(model.Validate("second", RawJson.Parse("{}")).Issues).Path);
        Assert.Equal("text", Assert.Single(model.Validate("second", RawJson.Parse("""{"prompt":"too long"}""")).Issues).Path);
        Assert.True(model.Validate("first", RawJson.Parse("""{"prompt":"too long"}""")).IsValid);
        Assert.Equal("""{"video":{"url":"u"}}""", model.MapResult("first", RawJson.Parse("""{"video":{"url":"u"}}""")).ToString());
        Assert.Throws<ArgumentException>(() => model.EndpointId("third"));
    }

    private static SubmitException Refused(string provider, int status) =>
        new(provider, provider + "/model", wasNotAccepted: true, 1, ErrorResponse(provider, status));

    private static ServiceException ErrorResponse(string provider, int status) =>
        new(provider, (HttpStatusCode)status, new ServiceError { Message = $"status {status}" });

    /// <summary>What the second provider takes.</summary>
    private sealed class SecondRequest : IModelRequest<SecondRequest>
    {
        public string? Text { get; private init; }

        public static SecondRequest From(TestRequest request, ICollection<string> warnings)
        {
            if (request.Steps is not null)
                warnings.Add("second has no steps");
            return new SecondRequest { Text = request.Prompt };
        }

        public static SecondRequest Read(ref System.Text.Json.Utf8JsonReader reader) => throw new NotSupportedException();

        public void Write(JsonWriter writer)
        {
            writer.WriteStartObject();
            JsonWrite.String(writer, "text"u8, Text, null);
            writer.WriteEndObject();
        }

        public void Validate(ref Validation.ValidationContext context) => context.Length(Text, "text", max: 5);
    }
}
