using System.Net;
using Zoetrope.Errors;
using Zoetrope.Fal;
using Zoetrope.Json;
using Zoetrope.Uploads;

namespace Zoetrope.Simulator.Tests.Uploads;

/// <summary>Files at fal that are not public, and the addresses that show them for a while, against the simulator.</summary>
public sealed class FalSignedFileTests
{
    private const string Model = "fal-ai/kling-video/o3/pro/image-to-video";
    private static readonly byte[] _content = [1, 2, 3];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<FalUploadRoute> Routes => [FalUploadRoute.Presigned, FalUploadRoute.Cdn];

    [Theory]
    [MemberData(nameof(Routes))]
    public async Task A_private_file_is_shown_by_its_signed_address_until_that_expires(FalUploadRoute route)
    {
        var clock = new SimulatorClock(new(2026, 12, 1, 0, 0, 0, TimeSpan.Zero));
        await using var simulator = await MediaSimulator.StartAsync(new() { TimeProvider = clock }, Token);
        using var fal = Client(simulator, clock: clock);
        using var http = new HttpClient();
        var file = await fal.Files.UploadAsync(
            UploadFile.FromBytes(_content, "a b\u00e9.png"), new FalUploadOptions { Route = route, Acl = new(FalFileAccess.Forbid) }, Token);
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(http, file.Url!));

        var signed = await fal.Files.SignAsync(file.Url!, TimeSpan.FromMinutes(5), Token);

        Assert.StartsWith(file.Url + "?", signed.Url, StringComparison.Ordinal);
        Assert.Equal(clock.GetUtcNow() + TimeSpan.FromMinutes(5), signed.ExpiresAt);
        Assert.Equal(_content, await http.GetByteArrayAsync(new Uri(signed.Url), Token));
        Assert.DoesNotContain("signature", signed.ToString(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(http, signed.Url.Replace("expires=1", "expires=2", StringComparison.Ordinal)));
        clock.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(http, signed.Url));
    }

    [Fact]
    public async Task A_hidden_file_of_a_job_looks_as_if_it_were_not_there_and_can_be_signed()
    {
        await using var simulator = await MediaSimulator.StartAsync(new() { QueueTime = TimeSpan.Zero, JobDuration = TimeSpan.Zero }, Token);
        using var fal = Client(simulator);
        using var http = new HttpClient();
        var input = RawJson.Parse("""{"image_url":"https://example.com/a.png","prompt":"p"}""");

        var result = await fal.RunDirectAsync(Model, input, new() { ObjectAcl = new(FalFileAccess.Hide) }, Token);
        var url = System.Text.Json.Nodes.JsonNode.Parse(result.Value.ToString())!["video"]!["url"]!.GetValue<string>();

        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(http, url));
        var signed = await fal.Files.SignAsync(url, TimeSpan.FromMinutes(1), Token);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(http, signed.Url));
    }

    [Fact]
    public async Task A_file_of_another_account_and_one_that_is_not_there_are_not_signed()
    {
        await using var simulator = await MediaSimulator.StartAsync(cancellationToken: Token);
        using var owner = Client(simulator);
        using var other = Client(simulator, "another-key");
        using var refused = Client(simulator, "bad-key");
        var url = (await owner.Files.UploadAsync(UploadFile.FromBytes(_content, "a.png"), cancellationToken: Token)).Url!;

        var foreign = await Assert.ThrowsAsync<ServiceException>(() => other.Files.SignAsync(url, TimeSpan.FromHours(1), Token));
        var missing = await Assert.ThrowsAsync<ServiceException>(
            () => owner.Files.SignAsync(new Uri(simulator.BaseUrl, "files/uploads/none/a.png").AbsoluteUri, TimeSpan.FromHours(1), Token));
        var elsewhere = await Assert.ThrowsAsync<ServiceException>(
            () => owner.Files.SignAsync("https://v3.fal.media/files/b/1/a.png", TimeSpan.FromHours(1), Token));
        var unknown = await Assert.ThrowsAsync<ServiceException>(() => refused.Files.SignAsync(url, TimeSpan.FromHours(1), Token));

        Assert.Equal(
            [(HttpStatusCode.Forbidden, "authorization_error"), (HttpStatusCode.NotFound, "not_found"), (HttpStatusCode.BadRequest, "validation_error"),
                (HttpStatusCode.Unauthorized, "authorization_error")],
            new[] { foreign, missing, elsewhere, unknown }.Select(exception => (exception.StatusCode, exception.Error.Type)));
        Assert.Equal(0, simulator.Submits);
    }

    [Theory]
    [InlineData("/files/a.png", 60)]
    [InlineData("ftp://v3.fal.media/files/a.png", 60)]
    [InlineData("https://v3.fal.media/files/a.png?a=1", 60)]
    [InlineData("https://v3.fal.media/files/a.png?", 60)]
    [InlineData("https://v3.fal.media/files/a.png#a", 60)]
    [InlineData("https://me@v3.fal.media/files/a.png", 60)]
    [InlineData(" ", 60)]
    [InlineData("https://v3.fal.media/files/a.png", 0)]
    [InlineData("https://v3.fal.media/files/a.png", 1.5)]
    [InlineData("https://v3.fal.media/files/a.png", 604801)]
    public async Task What_is_not_valid_is_not_sent(string url, double seconds)
    {
        await using var simulator = await MediaSimulator.StartAsync(cancellationToken: Token);
        using var fal = Client(simulator);

        await Assert.ThrowsAnyAsync<ArgumentException>(() => fal.Files.SignAsync(url, TimeSpan.FromSeconds(seconds), Token));

        Assert.Empty(simulator.Requests);
    }

    [Fact]
    public async Task A_file_at_http_is_not_signed_by_fal_itself()
    {
        using var fal = new FalClient(new FalClientOptions { BaseUrl = null, ApiKey = "id:secret" });

        await Assert.ThrowsAsync<ArgumentException>(() => fal.Files.SignAsync("http://v3.fal.media/files/a.png", TimeSpan.FromHours(1), Token));
    }

    [Theory]
    [InlineData("""{"expiration_seconds":604801}""")]
    [InlineData("""{"expiration_seconds":0}""")]
    [InlineData("""{"expiration_seconds":1.5}""")]
    [InlineData("""{"expiration_seconds":"60"}""")]
    [InlineData("{}")]
    [InlineData("no")]
    public async Task The_simulator_refuses_what_fal_does_not_take(string body)
    {
        await using var simulator = await MediaSimulator.StartAsync(cancellationToken: Token);
        using var fal = Client(simulator);
        using var http = new HttpClient { BaseAddress = simulator.BaseUrl, DefaultRequestHeaders = { { "Authorization", "Key id:secret" } } };
        var url = (await fal.Files.UploadAsync(UploadFile.FromBytes(_content, "a.png"), cancellationToken: Token)).Url!;

        using var response = await http.PostAsync(
            new Uri($"platform/v1/storage/files/sign?url={Uri.EscapeDataString(url)}", UriKind.Relative), new StringContent(body), Token);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("expiration_seconds", await response.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_access_list_can_be_changed_later_by_the_account_that_has_the_file()
    {
        await using var simulator = await MediaSimulator.StartAsync(cancellationToken: Token);
        using var fal = Client(simulator);
        using var http = new HttpClient { BaseAddress = simulator.BaseUrl, DefaultRequestHeaders = { { "Authorization", "Key id:secret" } } };
        var url = (await fal.Files.UploadAsync(UploadFile.FromBytes(_content, "a.png"), cancellationToken: Token)).Url!;
        var list = new Uri($"platform/v1/storage/files/acl?url={Uri.EscapeDataString(url)}", UriKind.Relative);

        Assert.Equal("""{"default":"allow","rules":[]}""", await http.GetStringAsync(list, Token));
        using (var bad = await http.PutAsync(list, new StringContent("""{"default":"none"}"""), Token))
            Assert.Equal(HttpStatusCode.BadRequest, bad.StatusCode);
        using (var good = await http.PutAsync(list, new StringContent("""{"default":"hide","rules":[{"user":"u","decision":"allow"}]}"""), Token))
            Assert.Equal(HttpStatusCode.OK, good.StatusCode);

        Assert.Equal("""{"default":"hide","rules":[{"user":"u","decision":"allow"}]}""", await http.GetStringAsync(list, Token));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(http, url));
    }

    [Fact]
    public async Task A_canceled_request_ends()
    {
        await using var simulator = await MediaSimulator.StartAsync(cancellationToken: Token);
        using var fal = Client(simulator);
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => fal.Files.SignAsync("https://v3.fal.media/files/a.png", TimeSpan.FromHours(1), cancelled.Token));
    }

    private static async Task<HttpStatusCode> StatusAsync(HttpClient http, string url)
    {
        using var response = await http.GetAsync(new Uri(url), Token);
        return response.StatusCode;
    }

    private static FalClient Client(MediaSimulator simulator, string key = "id:secret", TimeProvider? clock = null) =>
        new(new FalClientOptions { BaseUrl = simulator.BaseUrl, ApiKey = key, TimeProvider = clock ?? TimeProvider.System });
}
