using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Zoetrope.Fal;
using Zoetrope.Fal.Models;
using Zoetrope.Uploads;

namespace Zoetrope.Simulator.Tests.Uploads;

/// <summary>Both of fal's ways to upload a file, against the simulator.</summary>
public sealed class FalUploadTests
{
    private const int MiB = 1024 * 1024;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<FalUploadRoute> Routes => [FalUploadRoute.Presigned, FalUploadRoute.Cdn];

    [Theory]
    [MemberData(nameof(Routes))]
    public async Task A_file_is_stored_and_is_no_submit(FalUploadRoute route)
    {
        await using var simulator = await MediaSimulator.StartAsync(cancellationToken: Token);
        // It waits for a submit.
        simulator.AddFault(new SimulatorFault { Kind = FaultKind.Reset, Operation = SimulatorOperation.Submit });
        using var fal = Client(simulator);
        var content = RandomNumberGenerator.GetBytes(300_000);

        var file = await fal.Files.UploadAsync(
            UploadFile.FromBytes(content, "a.png"), new FalUploadOptions { Route = route, ExpiresAfter = FalFileExpiry.OneDay }, Token);

        using var http = new HttpClient();
        Assert.Equal(content, await http.GetByteArrayAsync(new Uri(file.Url!), Token));
        Assert.Equal((0, 2), (simulator.Submits, simulator.Counts.Uploads));
        Assert.All(simulator.Requests.Where(request => request.Path.StartsWith("/files/", StringComparison.Ordinal) && request.Method == "PUT"),
            request => Assert.DoesNotContain("Authorization", request.Headers.Keys));
        var withLifecycle = simulator.Requests.Single(request => request.Headers.ContainsKey("X-Fal-Object-Lifecycle"));
        Assert.Equal("""{"expiration_duration_seconds":86400}""", withLifecycle.Headers["X-Fal-Object-Lifecycle"]);
    }

    [Theory]
    [MemberData(nameof(Routes))]
    public async Task A_large_file_comes_in_parts_that_are_in_order(FalUploadRoute route)
    {
        await using var simulator = await MediaSimulator.StartAsync(cancellationToken: Token);
        using var fal = Client(simulator);
        var content = RandomNumberGenerator.GetBytes((13 * MiB) + 17);
        var options = new FalUploadOptions { Route = route, PartsAbove = 12 * MiB, PartBytes = 5 * MiB, PartsAtOnce = 3 };

        var file = await fal.Files.UploadAsync(UploadFile.FromBytes(content, "a.mp4"), options, Token);

        using var http = new HttpClient();
        var stored = JsonNode.Parse(await http.GetStringAsync(new Uri(file.Url!), Token))!;
        Assert.Equal(content.Length, (int)stored["size"]!);
        Assert.Equal(
            content.Chunk(5 * MiB).Select(part => Convert.ToHexStringLower(SHA256.HashData(part))), stored["parts"]!.AsArray().Select(hash => (string)hash!));
        Assert.Equal(0, simulator.Submits);
    }

    [Theory]
    [InlineData(90, FalUploadRoute.Presigned)]
    [InlineData(100, FalUploadRoute.Cdn)]
    public async Task The_documented_sizes_decide_about_parts(int mebibytes, FalUploadRoute route)
    {
        await using var simulator = await MediaSimulator.StartAsync(cancellationToken: Token);
        using var fal = Client(simulator);
        var options = new FalUploadOptions { Route = route };

        await fal.Files.UploadAsync(UploadFile.FromStream(new Zeros((long)mebibytes * MiB), "a.mp4"), options, Token);
        var whole = simulator.Counts.Uploads;
        await fal.Files.UploadAsync(UploadFile.FromStream(new Zeros(((long)mebibytes * MiB) + 1), "b.mp4"), options, Token);

        // An address and the content, or a token; then the beginning, a part for each 10 MiB, and the end. The token is kept.
        Assert.Equal(2, whole);
        Assert.Equal(1 + (mebibytes / 10) + 1 + 1, simulator.Counts.Uploads - whole);
    }

    [Theory]
    [MemberData(nameof(Routes))]
    public async Task A_part_that_fails_is_sent_again_by_itself(FalUploadRoute route)
    {
        await using var simulator = await MediaSimulator.StartAsync(cancellationToken: Token);
        simulator.AddFault(new SimulatorFault { Kind = FaultKind.Status, StatusCode = 503, Method = "PUT", Times = 2 });
        simulator.AddFault(new SimulatorFault { Kind = FaultKind.Reset, Method = "PUT" });
        using var fal = Client(simulator);
        var options = new FalUploadOptions { Route = route, PartsAbove = 0, PartBytes = 5 * MiB, PartsAtOnce = 2, Attempts = 5 };
        var progress = new List<UploadProgress>();
        options.Progress = new Inline(progress.Add);

        var file = await fal.Files.UploadAsync(UploadFile.FromStream(new Zeros(11 * MiB), "a.mp4"), options, Token);

        using var http = new HttpClient();
        Assert.Equal(11 * MiB, (int)JsonNode.Parse(await http.GetStringAsync(new Uri(file.Url!), Token))!["size"]!);
        Assert.Equal(6, simulator.Requests.Count(request => request.Method == "PUT"));
        Assert.Equal(new UploadProgress(11 * MiB, 11 * MiB), progress[^1]);
    }

    [Theory]
    [MemberData(nameof(Routes))]
    public async Task A_part_that_fails_for_good_ends_the_upload_before_its_end(FalUploadRoute route)
    {
        await using var simulator = await MediaSimulator.StartAsync(cancellationToken: Token);
        simulator.AddFault(new SimulatorFault { Kind = FaultKind.Status, StatusCode = 400, Method = "PUT", Times = 1000 });
        using var fal = Client(simulator);
        var options = new FalUploadOptions { Route = route, PartsAbove = 0, PartBytes = 5 * MiB, PartsAtOnce = 1 };

        var exception = await Assert.ThrowsAsync<UploadException>(
            () => fal.Files.UploadAsync(UploadFile.FromStream(new Zeros(50 * MiB), "a.mp4"), options, Token));

        Assert.Equal((UploadStep.Transfer, 1, UploadRemains.Nothing), (exception.Step, exception.Part, exception.Remains));
        Assert.NotNull(exception.Promised);
        Assert.Contains("sending part 1 failed", exception.Message);
        Assert.DoesNotContain(simulator.Requests, request => request.Path.EndsWith("/complete", StringComparison.Ordinal));
        Assert.Single(simulator.Requests, request => request.Method == "PUT");
    }

    [Theory]
    [MemberData(nameof(Routes))]
    public async Task An_end_that_fails_says_so(FalUploadRoute route)
    {
        await using var simulator = await MediaSimulator.StartAsync(cancellationToken: Token);
        simulator.AddFault(new SimulatorFault { Kind = FaultKind.Status, StatusCode = 500, Method = "POST", PathPrefix = "/files/uploads/", Times = 1000 });
        using var fal = Client(simulator);
        var options = new FalUploadOptions { Route = route, PartsAbove = 0, PartBytes = 5 * MiB, Attempts = 2 };

        var exception = await Assert.ThrowsAsync<UploadException>(
            () => fal.Files.UploadAsync(UploadFile.FromStream(new Zeros(6 * MiB), "a.mp4"), options, Token));

        Assert.Equal((UploadStep.Complete, null, UploadRemains.Unknown), (exception.Step, exception.Part, exception.Remains));
        Assert.Contains("making a file of its parts failed 2 times", exception.Message);
    }

    [Theory]
    [InlineData(FalUploadRoute.Presigned, "/storage/upload/initiate", "/files/upload", 404)]
    [InlineData(FalUploadRoute.Presigned, "/files/uploads/", "/files/upload", 403)]
    [InlineData(FalUploadRoute.Cdn, "/storage/auth/token", "/storage/upload/initiate", 404)]
    [InlineData(FalUploadRoute.Cdn, "/files/upload", "/storage/upload/initiate", 404)]
    [InlineData(FalUploadRoute.Cdn, "/files/upload", "/storage/upload/initiate", 403)]
    public async Task The_other_way_is_taken_when_the_first_has_stored_nothing(FalUploadRoute route, string failing, string other, int status)
    {
        await using var simulator = await MediaSimulator.StartAsync(cancellationToken: Token);
        simulator.AddFault(new SimulatorFault { Kind = FaultKind.Status, StatusCode = status, PathPrefix = failing, Times = 1 });
        using var fal = Client(simulator);
        await using var once = new OneWay(new MemoryStream(RandomNumberGenerator.GetBytes(1000)));
        var options = new FalUploadOptions { Route = route, ExpiresAfter = FalFileExpiry.OneDay };

        var file = await fal.Files.UploadAsync(UploadFile.FromStream(once, "a.png"), options, Token);

        Assert.Equal(1000, file.Size);
        Assert.NotNull(file.ExpiresAt);
        Assert.Contains(simulator.Requests, request => request.Path == other);
    }

    [Theory]
    [InlineData(401)]
    [InlineData(403)]
    public async Task A_refused_key_is_not_tried_elsewhere(int status)
    {
        await using var simulator = await MediaSimulator.StartAsync(cancellationToken: Token);
        simulator.AddFault(new SimulatorFault { Kind = FaultKind.Status, StatusCode = status, Times = 1000 });
        using var fal = Client(simulator);

        var exception = await Assert.ThrowsAsync<UploadException>(() => fal.Files.UploadAsync(UploadFile.FromBytes([1], "a.png"), cancellationToken: Token));

        Assert.Equal((UploadStep.Initiate, 1), (exception.Step, simulator.Requests.Count));
    }

    [Fact]
    public async Task A_way_that_leaves_doubt_is_not_followed_by_another()
    {
        await using var simulator = await MediaSimulator.StartAsync(cancellationToken: Token);
        simulator.AddFault(new SimulatorFault { Kind = FaultKind.Reset, Method = "PUT", Times = 1000, CarryOut = true });
        // Whether it was stored cannot be seen.
        simulator.AddFault(new SimulatorFault { Kind = FaultKind.Status, StatusCode = 403, Method = "HEAD", Times = 1000 });
        using var fal = Client(simulator);

        var exception = await Assert.ThrowsAsync<UploadException>(
            () => fal.Files.UploadAsync(UploadFile.FromBytes([1], "a.png"), new FalUploadOptions { Attempts = 1 }, Token));

        Assert.Equal((UploadStep.Transfer, UploadRemains.Unknown), (exception.Step, exception.Remains));
        Assert.DoesNotContain(simulator.Requests, request => request.Path == "/storage/auth/token");
    }

    [Fact]
    public async Task Both_ways_that_fail_are_in_the_message()
    {
        await using var simulator = await MediaSimulator.StartAsync(cancellationToken: Token);
        simulator.AddFault(new SimulatorFault { Kind = FaultKind.Status, StatusCode = 404, Times = 1000 });
        using var fal = Client(simulator);

        var exception = await Assert.ThrowsAsync<UploadException>(() => fal.Files.UploadAsync(UploadFile.FromBytes([1], "a.png"), cancellationToken: Token));

        Assert.Contains("; and by the other way ", exception.Message);
        Assert.Equal(["/storage/upload/initiate", "/storage/auth/token"], simulator.Requests.Select(request => request.Path));
    }

    [Fact]
    public async Task One_token_is_for_many_uploads_until_shortly_before_it_expires()
    {
        var time = new FakeTime();
        await using var simulator = await MediaSimulator.StartAsync(new() { TimeProvider = time }, Token);
        using var fal = Client(simulator, options => options.TimeProvider = time);
        var options = new FalUploadOptions { Route = FalUploadRoute.Cdn };
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => fal.Files.UploadAsync(UploadFile.FromBytes([1], "a.png"), options, Token)));
        Assert.Single(simulator.Requests, request => request.Path == "/storage/auth/token");

        // It is valid for an hour.
        time.Advance(TimeSpan.FromMinutes(54));
        await fal.Files.UploadAsync(UploadFile.FromBytes([1], "a.png"), options, Token);
        Assert.Single(simulator.Requests, request => request.Path == "/storage/auth/token");
        time.Advance(TimeSpan.FromMinutes(2));
        await fal.Files.UploadAsync(UploadFile.FromBytes([1], "a.png"), options, Token);

        Assert.Equal(2, simulator.Requests.Count(request => request.Path == "/storage/auth/token"));
    }

    [Fact]
    public async Task A_token_that_was_withdrawn_is_replaced()
    {
        await using var simulator = await MediaSimulator.StartAsync(cancellationToken: Token);
        using var fal = Client(simulator);
        var options = new FalUploadOptions { Route = FalUploadRoute.Cdn, Fallback = false };
        await fal.Files.UploadAsync(UploadFile.FromBytes([1], "a.png"), options, Token);
        simulator.AddFault(new SimulatorFault { Kind = FaultKind.Status, StatusCode = 401, PathPrefix = "/files/upload" });

        await fal.Files.UploadAsync(UploadFile.FromBytes([1], "a.png"), options, Token);

        Assert.Equal(2, simulator.Requests.Count(request => request.Path == "/storage/auth/token"));
    }

    [Fact]
    public async Task Uploads_at_a_time_share_the_token_that_replaces_a_withdrawn_one()
    {
        var tokens = 0;
        using var refused = new CountdownEvent(4);
        Uri? address = null;
        await using var server = new FakeServer(async exchange =>
        {
            if (exchange.Request.Contains("/storage/auth/token", StringComparison.Ordinal))
            {
                var token = $$"""{"token":"t{{Interlocked.Increment(ref tokens)}}","token_type":"Bearer","base_url":"{{address}}","expires_at":"2100-01-01"}""";
                await exchange.ReplyAsync(200, token);
            }
            else if (exchange.Request.Contains("Bearer t1", StringComparison.Ordinal))
            {
                // All of them have the first token before it is refused.
                refused.Signal();
                await Task.Run(() => refused.Wait(TimeSpan.FromMinutes(2)));
                await exchange.ReplyAsync(401, "{}");
            }
            else
            {
                await exchange.ReplyAsync(200, """{"access_url":"https://v3.fal.media/files/a.png"}""");
            }
        });
        address = server.Url;
        using var fal = new FalClient(new FalClientOptions { BaseUrl = address, ApiKey = "any" });
        var options = new FalUploadOptions { Route = FalUploadRoute.Cdn, Fallback = false };

        var files = await Task.WhenAll(Enumerable.Range(0, 4).Select(i => fal.Files.UploadAsync(UploadFile.FromBytes([1], $"{i}.png"), options, Token)));

        Assert.All(files, file => Assert.Equal("https://v3.fal.media/files/a.png", file.Reference));
        Assert.Equal(2, tokens);
    }

    [Fact]
    public async Task What_was_uploaded_is_an_input()
    {
        await using var simulator = await MediaSimulator.StartAsync(new() { QueueTime = TimeSpan.Zero, JobDuration = TimeSpan.Zero }, Token);
        using var fal = Client(simulator);

        var request = new KlingVideoO3ProImageToVideo.Request
        {
            ImageUrl = await fal.Files.UploadAsync(UploadFile.FromBytes([0x89, 0x50, 0x4E, 0x47], "a.png"), cancellationToken: Token),
            Prompt = "The character walks forward",
        };
        var result = await fal.KlingVideoO3ProImageToVideo.RunAsync(request, cancellationToken: Token);

        Assert.NotNull(result.Value.Video);
        Assert.Equal(1, simulator.Counts.Accepted);
    }

    [Fact]
    public async Task The_access_to_a_file_is_in_a_header()
    {
        await using var simulator = await MediaSimulator.StartAsync(cancellationToken: Token);
        using var fal = Client(simulator);
        var acl = new FalFileAcl(FalFileAccess.Forbid) { Rules = [new("a \"user\"", FalFileAccess.Allow), new("b", FalFileAccess.Hide)] };

        await fal.Files.UploadAsync(UploadFile.FromBytes([1], "a.png"), new FalUploadOptions { Acl = acl }, Token);

        var sent = JsonNode.Parse(simulator.Requests[0].Headers["X-Fal-Object-Lifecycle"]);
        Assert.True(JsonNode.DeepEquals(sent, JsonNode.Parse(
            """{"initial_acl":{"default":"forbid","rules":[{"user":"a \"user\"","decision":"allow"},{"user":"b","decision":"hide"}]}}""")));
    }

    [Fact]
    public async Task A_name_that_is_not_ascii_is_sent()
    {
        await using var simulator = await MediaSimulator.StartAsync(cancellationToken: Token);
        using var fal = Client(simulator);

        await fal.Files.UploadAsync(UploadFile.FromBytes([1], "Bär.png"), new FalUploadOptions { Route = FalUploadRoute.Cdn }, Token);
        await fal.Files.UploadAsync(UploadFile.FromBytes([1], "Bär.png"), cancellationToken: Token);

        Assert.Contains(simulator.Requests, request => request.Headers.TryGetValue("X-Fal-File-Name", out var name) && name == "B%C3%A4r.png");
        var initiate = simulator.Requests.Single(request => request.Path == "/storage/upload/initiate");
        Assert.Equal("Bär.png", (string?)JsonNode.Parse(initiate.Body)!["file_name"]);
    }

    [Fact]
    public void Options_that_make_no_sense_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new FalUploadOptions { ExpiresAfter = TimeSpan.Zero });
        Assert.Throws<ArgumentOutOfRangeException>(() => new FalUploadOptions { ExpiresAfter = TimeSpan.FromMilliseconds(1500) });
        Assert.Throws<ArgumentOutOfRangeException>(() => new FalUploadOptions { PartBytes = MiB });
        Assert.Throws<ArgumentOutOfRangeException>(() => new FalUploadOptions { PartsAtOnce = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new FalUploadOptions { PartsAbove = -1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new FalUploadOptions { Attempts = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new FalUploadOptions { StallTimeout = TimeSpan.Zero });
    }

    private static FalClient Client(MediaSimulator simulator, Action<FalClientOptions>? change = null)
    {
        var options = new FalClientOptions { ApiKey = "id:secret", BaseUrl = simulator.BaseUrl, Jitter = new Random(1) };
        change?.Invoke(options);
        return new FalClient(options);
    }
}
