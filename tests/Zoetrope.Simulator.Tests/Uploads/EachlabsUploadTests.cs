using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Zoetrope.Eachlabs;
using Zoetrope.Errors;
using Zoetrope.Uploads;

namespace Zoetrope.Simulator.Tests.Uploads;

/// <summary>The files of Eachlabs: an address with a signature, and headers that the content must have.</summary>
public sealed class EachlabsUploadTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_file_is_stored_with_every_header_and_is_no_submit()
    {
        await using var simulator = await MediaSimulator.StartAsync(cancellationToken: Token);
        simulator.AddFault(new SimulatorFault { Kind = FaultKind.Reset, Operation = SimulatorOperation.Submit });
        using var eachlabs = Client(simulator.BaseUrl);
        var content = RandomNumberGenerator.GetBytes(200_000);

        var file = await eachlabs.Files.UploadAsync(
            UploadFile.FromBytes(content, "a.png"), new EachlabsUploadOptions { ExpiresAfter = TimeSpan.FromHours(1) }, Token);

        Assert.StartsWith("https://", file.Url, StringComparison.Ordinal);
        Assert.InRange(file.ExpiresAt!.Value - DateTimeOffset.UtcNow, TimeSpan.FromMinutes(59), TimeSpan.FromMinutes(61));
        using var http = new HttpClient();
        Assert.Equal(content, await http.GetByteArrayAsync(new Uri(simulator.BaseUrl, $"/files/uploads/{file.Id}/file"), Token));
        Assert.Equal((0, 2), (simulator.Submits, simulator.Counts.Uploads));
        Assert.Equal(
            """{"content_type":"image/png","file_type":"image","expires_in_seconds":3600}""", JsonNode.Parse(simulator.Requests[0].Body)!.ToJsonString());
        Assert.DoesNotContain(simulator.Requests[1].Headers.Keys, name => name is "X-API-Key" or "Authorization");

        await eachlabs.Files.DeleteAsync(file.Id!, Token);
        await eachlabs.Files.DeleteAsync(file.Id!, Token);
        using var gone = await http.GetAsync(new Uri(simulator.BaseUrl, $"/files/uploads/{file.Id}/file"), Token);
        Assert.Equal(404, (int)gone.StatusCode);
    }

    [Theory]
    [InlineData("a.mp4", "video/mp4", "video")]
    [InlineData("a.mp3", "audio/mpeg", "audio")]
    [InlineData("a.zip", "application/octet-stream", "other")]
    public async Task The_kind_follows_the_media_type(string name, string type, string kind)
    {
        await using var simulator = await MediaSimulator.StartAsync(cancellationToken: Token);
        using var eachlabs = Client(simulator.BaseUrl);

        await eachlabs.Files.UploadAsync(UploadFile.FromBytes([1, 2], name), cancellationToken: Token);

        Assert.Equal($$"""{"content_type":"{{type}}","file_type":"{{kind}}"}""", simulator.Requests[0].Body);
    }

    [Fact]
    public async Task A_file_that_is_too_large_is_refused_before_anything_is_sent()
    {
        await using var server = new FakeServer(FakeServer.Reply(200, "{}"));
        using var eachlabs = Client(server.Url);

        var exception = await Assert.ThrowsAsync<UploadException>(
            () => eachlabs.Files.UploadAsync(UploadFile.FromStream(new Zeros(EachlabsFiles.MaxBytes + 1), "a.mp4"), cancellationToken: Token));

        Assert.Equal(UploadStep.Check, exception.Step);
        Assert.Empty(server.Requests);
    }

    [Theory]
    [InlineData("""{"id":"1","presigned_url":"{0}"}""", "does not name the file's public address")]
    [InlineData("""{"id":"1","public_url":"https://x.example/a.png"}""", "has no address")]
    [InlineData("""{"id":"1","public_url":"https://x.example/a.png","presigned_url":"http://storage.example/a"}""", "it is not an https URL")]
    [InlineData("[]", "does not name the file's public address")]
    [InlineData("not JSON", "does not name the file's public address")]
    public async Task A_response_that_cannot_be_used_sends_no_content(string response, string problem)
    {
        await using var server = new FakeServer(FakeServer.Reply(200, response));
        using var eachlabs = Client(server.Url);

        var exception = await Assert.ThrowsAsync<UploadException>(
            () => eachlabs.Files.UploadAsync(UploadFile.FromBytes([1], "a.png"), cancellationToken: Token));

        Assert.Equal((UploadStep.Initiate, UploadRemains.Nothing), (exception.Step, exception.Remains));
        Assert.Contains(problem, exception.Message);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task A_file_that_is_processed_cannot_be_deleted()
    {
        await using var server = new FakeServer(FakeServer.Reply(409, """{"error":"file is processing"}"""));
        using var eachlabs = Client(server.Url);

        var exception = await Assert.ThrowsAsync<ServiceException>(() => eachlabs.Files.DeleteAsync("a/b", Token));

        Assert.Equal(409, (int)exception.StatusCode);
        Assert.StartsWith("DELETE /v1/files/a%2Fb ", server.Requests[0], StringComparison.Ordinal);
        await Assert.ThrowsAsync<ArgumentException>(() => eachlabs.Files.DeleteAsync("..", Token));
    }

    [Fact]
    public void A_time_that_is_not_possible_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new EachlabsUploadOptions { ExpiresAfter = TimeSpan.FromSeconds(59) });
        Assert.Throws<ArgumentOutOfRangeException>(() => new EachlabsUploadOptions { ExpiresAfter = TimeSpan.FromDays(366) });
    }

    private static EachlabsClient Client(Uri baseUrl) => new(new EachlabsClientOptions { ApiKey = "key", BaseUrl = baseUrl, Jitter = new Random(1) });
}
