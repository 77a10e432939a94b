using Zoetrope.Errors;
using Zoetrope.Jobs.Tests.Odd;
using Zoetrope.Media;
using Zoetrope.Runway;

namespace Zoetrope.Jobs.Tests;

/// <summary>Files that a provider serves to requests with the key only, which a declaration says (<c>needsKey</c>).</summary>
public sealed class KeyedFileTests
{
    private const string Authorization = "\r\nAuthorization: Bearer secret\r\n";

    private static readonly Func<FakeServer.Exchange, Task> _video = FakeServer.Reply(200, "0000ftypisom0000", "Content-Type: video/mp4");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_file_at_the_provider_is_fetched_with_the_key()
    {
        await using var server = new FakeServer(_video);
        using var client = Client(server);

        var length = await client.DownloadAsync(new VideoFile { Url = $"{server.Url}files/a.mp4" }, new MemoryStream(), Token);

        Assert.Equal(16, length);
        Assert.Contains(Authorization, Assert.Single(server.Requests), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_key_does_not_go_where_the_provider_redirects_to()
    {
        await using var storage = new FakeServer(_video);
        await using var server = new FakeServer(FakeServer.Reply(302, "", $"Location: {storage.Url}a.mp4?signed=1"));
        using var client = Client(server);

        await client.DownloadAsync(new VideoFile { Url = $"{server.Url}files/a.mp4" }, new MemoryStream(), Token);

        Assert.Contains(Authorization, Assert.Single(server.Requests), StringComparison.Ordinal);
        Assert.DoesNotContain("secret", Assert.Single(storage.Requests), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_key_does_not_go_to_a_file_elsewhere()
    {
        await using var storage = new FakeServer(_video);
        await using var server = new FakeServer(_video);
        using var client = Client(server);

        await client.DownloadAsync(new VideoFile { Url = $"{storage.Url}a.mp4" }, new MemoryStream(), Token);

        Assert.DoesNotContain("secret", Assert.Single(storage.Requests), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_of_a_provider_that_serves_files_to_everyone_is_fetched_without_the_key()
    {
        await using var server = new FakeServer(_video);
        using var client = new RunwayClient(new RunwayClientOptions { ApiKey = "secret", BaseUrl = server.Url });

        await client.DownloadAsync(new VideoFile { Url = $"{server.Url}files/a.mp4" }, new MemoryStream(), Token);

        Assert.DoesNotContain("secret", Assert.Single(server.Requests), StringComparison.Ordinal);
        Assert.Equal((false, true), (RunwayClient.Description.FilesNeedKey, WaveClient.Description.FilesNeedKey));
    }

    [Fact]
    public async Task A_download_whose_token_provider_fails_is_a_download_that_failed()
    {
        using var folder = new TemporaryFolder();
        await using var server = new FakeServer(_video);
        var options = new WaveClientOptions { ApiKey = "secret", BaseUrl = server.Url, PollTimeout = TimeSpan.FromSeconds(1) };
        using var client = new WaveClient(options);
        var file = new VideoFile { Url = $"{server.Url}files/a.mp4" };

        options.TokenProvider = static _ => throw new InvalidOperationException("the vault is locked");
        var failed = await Assert.ThrowsAsync<MediaDownloadException>(() => client.DownloadAsync(file, new MemoryStream(), Token));
        var unsaved = await Assert.ThrowsAsync<MediaDownloadException>(() => client.SaveAsync(file, Path.Combine(folder.Path, "a.mp4"), Token));
        options.TokenProvider = static async token =>
        {
            await Task.Delay(Timeout.Infinite, token);
            return null;
        };
        var late = await Assert.ThrowsAsync<MediaDownloadException>(() => client.DownloadAsync(file, new MemoryStream(), Token));

        Assert.All([failed, unsaved], exception =>
        {
            Assert.Equal("The token provider failed, so nothing was sent: the vault is locked.", exception.Message);
            Assert.Equal(TransportFailure.NotConnected, Assert.IsType<TransportException>(exception.InnerException).Failure);
        });
        Assert.Equal("The token provider returned no key within 00:00:01, so nothing was sent.", late.Message);
        Assert.Empty(server.Requests);
        Assert.Empty(Directory.GetFiles(folder.Path));
    }

    private static WaveClient Client(FakeServer server) => new(new WaveClientOptions { ApiKey = "secret", BaseUrl = server.Url });
}
