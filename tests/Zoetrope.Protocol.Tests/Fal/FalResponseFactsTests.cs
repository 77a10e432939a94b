using Zoetrope.Errors;
using Zoetrope.Fal;
using Zoetrope.Jobs;
using Zoetrope.Json;
using Zoetrope.Uploads;
using static Zoetrope.TestKit.FakeServer;

namespace Zoetrope.Protocol.Tests.Fal;

/// <summary>What fal states in headers is on every result and on every exception, however it came about.</summary>
public sealed class FalResponseFactsTests
{
    private const string Id = "fal-ai/some/model";

    private static readonly string[] Headers =
        ["x-fal-request-id: x-1", "X-Fal-Billable-Units: 2.5", "X-Fal-Served-From: eu-1", "X-Fal-Request-Timeout-Type: user"];

    private static readonly FalResponseFacts Expected = new("x-1", 2.5m, "eu-1", "user");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task They_are_on_results()
    {
        await using var server = new FakeServer(exchange => exchange.Request.Contains("/status") ? Reply(200, """{"status":"COMPLETED"}""")(exchange)
            : Reply(200, "{}", Headers)(exchange));
        using var fal = Client(server);

        var job = await fal.Resume(new JobHandle("fal", Id, "r-1")).WaitAsync(cancellationToken: Token);
        var direct = await fal.RunDirectAsync(Id, RawJson.Parse("{}"), cancellationToken: Token);
        await using var stream = await fal.OpenStreamAsync(Id, RawJson.Parse("{}"), cancellationToken: Token);

        Assert.Equal(Expected, FalResponseFacts.Of(job));
        Assert.Equal(Expected, direct.Facts);
        Assert.Equal(Expected, stream.Facts);
        Assert.Null(job.Header("X-Other"));
    }

    [Theory]
    [InlineData(200, "{}")]
    [InlineData(422, """{"detail":"no"}""")]
    public async Task Headers_of_the_content_are_headers_too(int status, string body)
    {
        string[] headers = [.. Headers, "Content-Type: application/json; charset=utf-8", "Content-Language: de", "Content-Disposition: test-key-secret"];
        await using var server = new FakeServer(exchange => exchange.Request.Contains("/status") ? Reply(200, """{"status":"COMPLETED"}""")(exchange)
            : Reply(status, body, headers)(exchange));
        using var fal = Client(server);
        var job = fal.Resume(new JobHandle("fal", Id, "r-1"));

        Func<string, string?> header = status == 200
            ? (await job.WaitAsync(cancellationToken: Token)).Header
            : (await Assert.ThrowsAsync<JobFailedException>(() => job.WaitAsync(cancellationToken: Token))).Header;

        Assert.Equal(("application/json; charset=utf-8", "de"), (header("Content-Type"), header("content-language")));
        Assert.Equal(body.Length.ToString(System.Globalization.CultureInfo.InvariantCulture), header("Content-Length"));
        Assert.Equal("eu-1", header("X-Fal-Served-From"));
        Assert.DoesNotContain("test-key-secret", header("Content-Disposition"));
        Assert.Null(header("Content-Encoding"));
    }

    [Theory]
    [InlineData(200)]
    [InlineData(503)]
    public async Task They_are_on_the_failure_of_a_job_whose_error_is_in_its_status_alone(int result)
    {
        // Where the result says nothing of the failure, or is not received, the error has the facts of what was received last.
        await using var server = new FakeServer(
            exchange => exchange.Request.Contains("/status") ? Reply(200, """{"status":"COMPLETED","error":"wrong"}""", result == 200 ? [] : Headers)(exchange)
                : result == 200 ? Reply(200, "{}", Headers)(exchange) : Reset(exchange));
        using var fal = Client(server);

        var exception = await Assert.ThrowsAsync<JobFailedException>(
            () => fal.Resume(new JobHandle("fal", Id, "r-1")).WaitAsync(new WaitOptions { PollInterval = TimeSpan.FromMilliseconds(5) }, Token));

        Assert.Equal((Expected, "wrong"), (FalResponseFacts.Of(exception), exception.Error.Message));
    }

    [Theory]
    [InlineData(400, """{"detail":"no"}""")]
    [InlineData(504, """{"detail":"late","error_type":"request_timeout"}""")]
    [InlineData(302, "")]
    [InlineData(200, "<html>")]
    public async Task They_are_on_exceptions_of_every_call(int status, string body)
    {
        await using var server = new FakeServer(Reply(status, body, Headers));
        using var fal = Client(server);
        var job = fal.Resume(new JobHandle("fal", Id, "r-1"));
        Func<Task>[] calls =
        [
            () => fal.SubmitAsync(Id, RawJson.Parse("{}"), cancellationToken: Token),
            () => job.GetStatusAsync(cancellationToken: Token),
            () => fal.Protocol.GetPriceAsync(Id, Token),
            () => fal.Files.UploadAsync(UploadFile.FromBytes([1], "a.png"), new FalUploadOptions { Attempts = 1, Fallback = false }, Token),
            () => fal.ConnectRealtimeAsync(Id, cancellationToken: Token),
            () => fal.ConnectRealtimeAsync(Id, new() { UseToken = true }, Token),
        ];
        foreach (var call in calls)
            Assert.Equal(Expected, FalResponseFacts.Of(await Assert.ThrowsAnyAsync<ZoetropeException>(call)));
        if (status != 200)
        {
            Assert.Equal(Expected, FalResponseFacts.Of(await Assert.ThrowsAnyAsync<ZoetropeException>(
                () => fal.RunDirectAsync(Id, RawJson.Parse("{}"), cancellationToken: Token))));
        }
    }

    [Theory]
    [InlineData("""{"status":"COMPLETED","error":"late","error_type":"request_timeout"}""", 504, """{"detail":"late","error_type":"request_timeout"}""")]
    [InlineData("""{"status":"COMPLETED","error":"wrong"}""", 422, """{"detail":[{"loc":["body","a"],"msg":"wrong","type":"missing"}]}""")]
    [InlineData("""{"status":"COMPLETED"}""", 422, """{"detail":"wrong"}""")]
    public async Task They_are_on_the_failure_of_a_job(string status, int code, string result)
    {
        await using var server = new FakeServer(
            exchange => exchange.Request.Contains("/status") ? Reply(200, status)(exchange) : Reply(code, result, Headers)(exchange));
        using var fal = Client(server);

        var exception = await Assert.ThrowsAsync<JobFailedException>(
            () => fal.Resume(new JobHandle("fal", Id, "r-1")).WaitAsync(new WaitOptions { PollInterval = TimeSpan.FromMilliseconds(5) }, Token));

        Assert.Equal(Expected, FalResponseFacts.Of(exception));
    }

    [Fact]
    public async Task The_key_is_in_none_of_them()
    {
        await using var server = new FakeServer(Reply(400, """{"detail":"no"}""", "X-Fal-Served-From: Key test-key-id:test-key-secret"));
        using var fal = Client(server);

        var exception = await Assert.ThrowsAsync<ServiceException>(() => fal.RunDirectAsync(Id, RawJson.Parse("{}"), cancellationToken: Token));

        Assert.DoesNotContain("test-key-secret", FalResponseFacts.Of(exception).ServedFrom);
    }

    [Fact]
    public async Task Without_a_response_there_are_none()
    {
        var options = new FalClientOptions { BaseUrl = Nowhere(), ApiKey = "test-key-id:test-key-secret", SubmitAttempts = 1 };
        using var fal = new FalClient(options);

        var exception = await Assert.ThrowsAsync<SubmitException>(() => fal.SubmitAsync(Id, RawJson.Parse("{}"), cancellationToken: Token));

        Assert.Equal(new FalResponseFacts(null, null, null, null), FalResponseFacts.Of(exception));
        Assert.Equal(new FalResponseFacts(null, null, null, null), FalResponseFacts.Of(new InvalidOperationException()));
        Assert.Equal("x-2", FalResponseFacts.Of(new SubmitCanceledException("fal", Id, default, requestId: "x-2")).RequestId);
    }

    [Fact]
    public async Task An_uploaded_file_has_the_id_of_its_exchange()
    {
        FakeServer? server = null;
        await using var _ = server = new FakeServer(exchange => exchange.Request.StartsWith("POST", StringComparison.Ordinal)
            ? Reply(200, $$"""{"file_url":"{{server!.Url}}f","upload_url":"{{server.Url}}put"}""", Headers)(exchange)
            : Reply(200, "")(exchange));
        using var fal = Client(server);

        Assert.Equal("x-1", (await fal.Files.UploadAsync(UploadFile.FromBytes([1], "a.png"), null, Token)).RequestId);
    }

    private static FalClient Client(FakeServer server) =>
        new(new FalClientOptions { BaseUrl = server.Url, ApiKey = "test-key-id:test-key-secret", SubmitAttempts = 1, Jitter = new Random(1) });
}
