using System.Text;
using Zoetrope.Clients;
using Zoetrope.Errors;
using Zoetrope.Fal;
using Zoetrope.Jobs;
using Zoetrope.Json;
using Zoetrope.Uploads;

namespace Zoetrope.Protocol.Tests.Sockets;

/// <summary>A client that was disposed says so with exceptions of the SDK, and of a job with its handle. Nothing is sent.</summary>
public sealed class DisposedClientTests
{
    /// <summary>A provider, whether the user has an HttpClient, and whether it is disposed, too.</summary>
    public static MatrixTheoryData<string, bool, bool> Clients => new(["fal", "eachlabs"], [true, false], [true, false]);

    [Theory]
    [MemberData(nameof(Clients))]
    public async Task Nothing_is_sent_and_nothing_is_lost(string provider, bool hasHttp, bool disposesHttp)
    {
        await using var server = new ScriptedProvider { Submits = [new(200, """{"request_id":"j","predictionID":"j"}""")] };
        using var http = hasHttp ? new HttpClient() : null;
        MediaClient client = provider == "fal" ? server.Fal(options => options.HttpClient = http) : server.Eachlabs(options => options.HttpClient = http);
        var job = await client.SubmitAsync("fal-ai/some/model", RawJson.Parse("{}"));
        client.Dispose();
        if (disposesHttp)
            http?.Dispose();

        var submit = await Assert.ThrowsAsync<SubmitException>(() => client.SubmitAsync("fal-ai/some/model", RawJson.Parse("{}")));
        var status = await Assert.ThrowsAsync<JobWatchException>(() => job.GetStatusAsync());
        var wait = await Assert.ThrowsAsync<JobWatchException>(() => job.WaitAsync(ScriptedProvider.Wait()));
        var cancel = await Assert.ThrowsAsync<CancelFailedException>(() => job.CancelAsync());

        Assert.True(submit.WasNotAccepted);
        Assert.Equal((job.Handle, job.Handle, job.Handle), (status.Handle, wait.Handle, cancel.Handle));
        Assert.All((Exception[])[submit, status, wait, cancel], exception => Assert.Contains("disposed", exception.Message, StringComparison.Ordinal));
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task A_wait_ends_while_a_token_provider_runs()
    {
        await using var server = new ScriptedProvider();
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var client = server.Fal(options => options.TokenProvider = async token =>
        {
            asked.TrySetResult();
            await Task.Delay(Timeout.Infinite, token);
            return null;
        });
        var failures = new List<PollFailure>();
        var job = client.Resume(new JobHandle("fal", "fal-ai/some/model", "j"));
        var waiting = job.WaitAsync(new() { PollInterval = TimeSpan.FromMilliseconds(5), OnPollFailure = failures.Add });
        await asked.Task;

        client.Dispose();

        Assert.Contains("was not sent", (await Assert.ThrowsAsync<JobWatchException>(() => waiting)).Message, StringComparison.Ordinal);
        Assert.Empty(failures);
        Assert.Empty(server.Requests);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_stream_ends_with_what_was_received_of_its_event(bool isUsers)
    {
        await using var server = new FakeServer(async exchange =>
        {
            const string Events = "data: 1\n\ndata: {\"paid\":2}\n";
            await exchange.WriteAsync($"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nContent-Length: 1000\r\n\r\n{Events}");
            await exchange.HangAsync();
        });
        using var http = isUsers ? new HttpClient() : null;
        var hour = TimeSpan.FromHours(1);
        var client = new FalClient(new() { BaseUrl = server.Url, ApiKey = "test-key-id:test-key-secret", HttpClient = http, StreamIdleTimeout = hour });
        var events = new List<string>();

        var exception = await Assert.ThrowsAsync<TransportException>(async () =>
        {
            await foreach (var next in client.StreamAsync("fal-ai/some/model", RawJson.Parse("{}"), cancellationToken: TestContext.Current.CancellationToken))
            {
                events.Add(next.ToString());
                client.Dispose();
            }
        });

        Assert.Equal(["1"], events);
        Assert.Equal((TransportFailure.Broken, "{\"paid\":2}"), (exception.Failure, Encoding.UTF8.GetString(exception.Body.Span)));
        Assert.Contains("the client was disposed", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_upload_says_what_may_be_stored(bool isUsers)
    {
        var sending = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Uri? url = null;
        await using var server = new FakeServer(async exchange =>
        {
            if (exchange.Request.Contains("initiate", StringComparison.Ordinal))
            {
                await exchange.ReplyAsync(200, $$"""{"file_url":"{{url}}f.png","upload_url":"{{url}}put/f.png"}""");
                return;
            }
            sending.TrySetResult();
            await exchange.HangAsync();
        });
        url = server.Url;
        using var http = isUsers ? new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) : null;
        var client = new FalClient(new() { BaseUrl = server.Url, ApiKey = "test-key-id:test-key-secret", HttpClient = http });
        var uploading = client.Files.UploadAsync(
            UploadFile.FromBytes(new byte[20], "a.png"), new FalUploadOptions { Route = FalUploadRoute.Presigned }, TestContext.Current.CancellationToken);
        await sending.Task;

        client.Dispose();

        var exception = await Assert.ThrowsAsync<UploadException>(() => uploading);
        Assert.Equal((UploadStep.Transfer, UploadRemains.Unknown), (exception.Step, exception.Remains));
        Assert.Equal($"{server.Url}f.png", exception.Promised!.Url);
        Assert.Contains("disposed", exception.Message, StringComparison.Ordinal);
        Assert.Equal(2, server.Requests.Length);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Requests_in_flight_end_and_say_what_may_have_been_accepted(bool isUsers)
    {
        using var http = isUsers ? new HttpClient() : null;
        var received = new SemaphoreSlim(0);
        await using var server = new FakeServer(async exchange =>
        {
            received.Release();
            await exchange.HangAsync();
        });
        var hour = TimeSpan.FromHours(1);
        var client = new FalClient(
            new() { BaseUrl = server.Url, ApiKey = "test-key-id:test-key-secret", SubmitTimeout = hour, PollTimeout = hour, HttpClient = http });
        var job = client.Resume(new JobHandle("fal", "fal-ai/some/model", "j"));
        var (submitting, asking) = (client.SubmitAsync("fal-ai/some/model", RawJson.Parse("{}")), job.GetStatusAsync());
        await received.WaitAsync();
        await received.WaitAsync();

        client.Dispose();

        var submit = await Assert.ThrowsAsync<SubmitException>(() => submitting);
        var status = await Assert.ThrowsAsync<JobWatchException>(() => asking);
        Assert.False(submit.WasNotAccepted);
        Assert.Equal(job.Handle, status.Handle);
        Assert.All((Exception[])[submit, status], exception => Assert.Contains("disposed before", exception.Message, StringComparison.Ordinal));
    }
}
