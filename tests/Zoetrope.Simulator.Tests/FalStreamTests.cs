using System.Net;
using System.Net.Http.Json;
using System.Text;
using Zoetrope.Errors;
using Zoetrope.Fal.Models;
using Zoetrope.Jobs;
using Zoetrope.Json;

namespace Zoetrope.Simulator.Tests;

/// <summary>fal's streams, tokens, runs by GET and results of other media types, as the SDK's client and plain requests see them.</summary>
public sealed class FalStreamTests
{
    private const string Model = "fal-ai/kling-video/o3/pro/image-to-video";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static KlingVideoO3ProImageToVideo.Request Request => new() { ImageUrl = Clients.Picture, Prompt = "The character walks forward" };

    [Fact]
    public async Task A_stream_yields_typed_parts_and_is_no_submit()
    {
        await using var simulator = await Clients.StartBrieflyAsync();
        using var fal = simulator.Fal();
        simulator.AddFault(new() { Kind = FaultKind.Status, Operation = SimulatorOperation.Submit, StatusCode = 500 });
        simulator.AddFault(new() { Kind = FaultKind.JobFailure });
        var parts = 0;

        await foreach (var part in fal.StreamAsync(KlingVideoO3ProImageToVideo.Endpoint, Request).WithCancellation(Token))
        {
            Assert.StartsWith(simulator.BaseUrl.ToString(), part.Video.Url);
            parts++;
        }

        Assert.Equal((3, 0, 0), (parts, simulator.Counts.Submits, simulator.Counts.DirectRuns));
        Assert.Equal(SimulatorOperation.Stream, Assert.Single(simulator.Requests).Operation);
    }

    [Theory]
    [InlineData(FaultKind.Status)]
    [InlineData(FaultKind.JobFailure)]
    [InlineData(FaultKind.Truncate)]
    [InlineData(FaultKind.Malformed)]
    public async Task Faults_of_streams_are_played(FaultKind kind)
    {
        await using var simulator = await Clients.StartBrieflyAsync();
        using var fal = simulator.Fal();
        simulator.AddFault(new() { Kind = kind, Operation = SimulatorOperation.Stream, StatusCode = kind == FaultKind.Status ? 503 : null });

        var exception = await Assert.ThrowsAnyAsync<ZoetropeException>(async () =>
        {
            await foreach (var part in fal.StreamAsync(KlingVideoO3ProImageToVideo.Endpoint, Request).WithCancellation(Token))
                Assert.NotNull(part);
        });

        var expected = kind switch
        {
            FaultKind.Truncate => TransportFailure.Broken,
            FaultKind.Malformed => TransportFailure.Malformed,
            _ => (TransportFailure?)null,
        };
        Assert.Equal(expected, (exception as TransportException)?.Failure);
        Assert.False(string.IsNullOrEmpty((exception as ServiceException)?.Error.RequestId ?? (exception as TransportException)?.RequestId));
    }

    [Fact]
    public async Task The_status_stream_has_each_log_line_once_and_closes_after_COMPLETED()
    {
        await using var simulator = await Clients.StartBrieflyAsync();
        using var fal = simulator.Fal();
        using var http = new HttpClient { BaseAddress = simulator.BaseUrl };
        var job = await fal.KlingVideoO3ProImageToVideo.SubmitAsync(Request, cancellationToken: Token);

        using var sent = new HttpRequestMessage(HttpMethod.Get, $"/fal-ai/kling-video/requests/{job.Handle.JobId}/status/stream?logs=1");
        sent.Headers.TryAddWithoutValidation("Authorization", "Key a:b");
        using var response = await http.SendAsync(sent, Token);
        var body = await response.Content.ReadAsStringAsync(Token);

        Assert.Equal("text/event-stream", response.Content.Headers.ContentType!.MediaType);
        Assert.Equal(job.Handle.JobId, response.Headers.GetValues("x-fal-request-id").Single());
        var events = body.Split("\n\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.All(events, text => Assert.StartsWith("data: {", text));
        Assert.Contains("\"COMPLETED\"", events[^1]);
        Assert.Single(events, text => text.Contains("\"COMPLETED\"", StringComparison.Ordinal));
        Assert.Equal(2, body.Split("100% done.").Length);
        Assert.Equal(2, body.Split("\"Started.\"").Length);
    }

    [Fact]
    public async Task A_wait_by_the_status_feed_polls_once()
    {
        await using var simulator = await Clients.StartBrieflyAsync();
        using var fal = simulator.Fal();
        var seen = new List<JobStatus>();

        var result = await fal.KlingVideoO3ProImageToVideo.RunAsync(
            Request, wait: new() { StatusFeed = fal.StatusFeed, IncludeLogs = true, OnUpdate = seen.Add }, cancellationToken: Token);

        Assert.NotNull(result.Value.Video.Url);
        Assert.Equal("100% done.", seen[^1].Logs[^1].Message);
        Assert.Equal(1, simulator.Counts.Statuses);
    }

    [Theory]
    [InlineData("text/html", "<html>A page</html>", 200)]
    [InlineData("text/plain", "Once upon a time", 200)]
    [InlineData("image/png", "iVBORw0KGgo=", 200)]
    [InlineData(null, null, 204)]
    public async Task Results_of_other_media_types_are_delivered_to_jobs_and_runs(string? type, string? body, int status)
    {
        await using var simulator = await Clients.StartBrieflyAsync();
        using var fal = simulator.Fal();
        simulator.AddFault(new() { Kind = FaultKind.JobResult, MediaType = type, Body = body, StatusCode = status, Times = 3 });
        var input = RawJson.From(Request);
        var expected = type == "image/png" ? Convert.FromBase64String(body!) : Encoding.UTF8.GetBytes(body ?? "");

        var job = await fal.SubmitAsync(Model, input, cancellationToken: Token);
        var result = await job.WaitAsync(Clients.Quickly, Token);
        var direct = await fal.RunDirectAsync(Model, input, cancellationToken: Token);
        var failure = await Assert.ThrowsAsync<JobResultException>(
            () => fal.KlingVideoO3ProImageToVideo.RunAsync(Request, wait: Clients.Quickly, cancellationToken: Token));

        Assert.All([result.Content, direct.Content, failure.Content], content =>
        {
            Assert.Equal(type, content!.MediaType);
            Assert.Equal(expected, content.Bytes.ToArray());
        });
        Assert.Equal(2, simulator.Counts.Results);
    }

    [Theory]
    [InlineData("/tokens/", """{"allowed_apps":["kling-video"],"token_expiration":120}""")]
    [InlineData("/tokens/realtime", """{"allowed_apps":["fal-ai/kling-video/realtime"],"duration":120}""")]
    public async Task A_token_opens_a_stream_and_uses_up_no_fault_of_submits(string path, string body)
    {
        await using var simulator = await Clients.StartBrieflyAsync();
        using var http = new HttpClient { BaseAddress = simulator.BaseUrl };
        simulator.AddFault(new() { Kind = FaultKind.Status, Operation = SimulatorOperation.Submit, StatusCode = 500 });

        using var refused = await http.PostAsync(path, new StringContent(body, Encoding.UTF8, "application/json"), Token);
        http.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", "Key a:b");
        using var issued = await http.PostAsync(path, new StringContent(body, Encoding.UTF8, "application/json"), Token);
        http.DefaultRequestHeaders.Remove("Authorization");
        var json = RawJson.Parse(await issued.Content.ReadAsByteArrayAsync(Token));
        var token = json.AsString() ?? System.Text.Json.JsonDocument.Parse(json.ToString()).RootElement.GetProperty("token").GetString();
        using var content = new StringContent(RawJson.From(Request).ToString(), Encoding.UTF8, "application/json");
        using var stream = await http.PostAsync($"/run/{Model}/stream?fal_jwt_token={token}", content, Token);
        using var forged = await http.PostAsync($"/run/{Model}/stream?fal_jwt_token=forged", content, Token);

        Assert.Equal(
            [HttpStatusCode.Unauthorized, HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.Unauthorized],
            [refused.StatusCode, issued.StatusCode, stream.StatusCode, forged.StatusCode]);
        Assert.Equal(0, simulator.Counts.Submits);
        Assert.All([refused, issued, stream, forged], response => Assert.NotEmpty(response.Headers.GetValues("x-fal-request-id")));
    }

    [Fact]
    public async Task A_run_by_GET_takes_its_input_from_the_query()
    {
        await using var simulator = await Clients.StartBrieflyAsync();
        using var http = new HttpClient { BaseAddress = simulator.BaseUrl };
        http.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", "Key a:b");

        using var good = await http.GetAsync(
            $"/run/{Model}?image_url={Uri.EscapeDataString(Clients.Picture)}&prompt=walks&generate_audio=true", Token);
        using var bad = await http.GetAsync($"/run/{Model}?prompt=walks", Token);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.UnprocessableEntity), (good.StatusCode, bad.StatusCode));
        Assert.NotNull((await good.Content.ReadFromJsonAsync<System.Text.Json.Nodes.JsonNode>(Token))!["video"]!["url"]);
    }

    [Fact]
    public async Task A_result_is_found_with_the_suffix_that_documents_show_too()
    {
        await using var simulator = await Clients.StartBrieflyAsync();
        using var fal = simulator.Fal();
        using var http = new HttpClient { BaseAddress = simulator.BaseUrl };
        http.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", "Key a:b");
        var result = await fal.KlingVideoO3ProImageToVideo.RunAsync(Request, wait: Clients.Quickly, cancellationToken: Token);
        var id = result.Handle.JobId;

        foreach (var path in new[] { $"/fal-ai/kling-video/requests/{id}", $"/fal-ai/kling-video/requests/{id}/response" })
            Assert.Equal(HttpStatusCode.OK, (await http.GetAsync(path, Token)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await http.GetAsync($"/fal-ai/other/requests/{id}", Token)).StatusCode);
    }
}
