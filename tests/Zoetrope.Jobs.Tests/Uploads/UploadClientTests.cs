using System.Net;
using Zoetrope.Errors;
using Zoetrope.Http;
using Zoetrope.Jobs.Tests.Odd;
using Zoetrope.Uploads;

namespace Zoetrope.Jobs.Tests.Uploads;

/// <summary>Uploads over a user's own <see cref="HttpClient"/>, with its time limit, its headers and its handlers.</summary>
public sealed class UploadClientTests
{
    private static readonly byte[] _png = [0x89, .. "PNG-and-more"u8];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_time_limit_of_the_client_does_not_include_the_transfer_to_a_storage()
    {
        await using var storage = new FakeServer(Late(""));
        await using var server = new FakeServer(Granted(storage));
        using var handlers = new Counting();
        using var http = new HttpClient(handlers) { Timeout = TimeSpan.FromSeconds(2) };
        http.DefaultRequestHeaders.Add("X-Gateway-Token", "of-the-gateway");
        using var client = new OddClient(new OddClientOptions { ApiKey = "secret", BaseUrl = server.Url, HttpClient = http });

        await client.UploadAsync(UploadFile.FromBytes(_png, "a.png"), cancellationToken: Token);

        Assert.Equal(2, handlers.Requests);
        Assert.Contains("of-the-gateway", Assert.Single(server.Requests));
        Assert.DoesNotContain("of-the-gateway", Assert.Single(storage.Requests));
    }

    [Fact]
    public async Task The_time_limit_of_the_client_does_not_include_the_transfer_to_the_provider()
    {
        await using var server = new FakeServer(Late("""{"code":200,"data":{"download_url":"https://cdn.example/a.png"}}"""));
        using var handlers = new Counting();
        using var http = new HttpClient(handlers) { Timeout = TimeSpan.FromSeconds(2) };
        http.DefaultRequestHeaders.Add("X-Gateway-Token", "of-the-gateway");
        using var client = new WaveClient(new WaveClientOptions { ApiKey = "secret", BaseUrl = server.Url, HttpClient = http });

        var file = await client.UploadAsync(UploadFile.FromBytes(_png, "a.png"), cancellationToken: Token);

        Assert.Equal(("https://cdn.example/a.png", 1), (file.Reference, handlers.Requests));
        Assert.Contains("X-Gateway-Token: of-the-gateway", Assert.Single(server.Requests));
    }

    [Fact]
    public async Task The_client_remains_the_users_after_uploads()
    {
        await using var storage = new FakeServer(FakeServer.Reply(200, ""));
        await using var server = new FakeServer(Granted(storage));
        using var handlers = new Counting();
        using var http = new HttpClient(handlers);
        using (var client = new OddClient(new OddClientOptions { ApiKey = "secret", BaseUrl = server.Url, HttpClient = http }))
            await client.UploadAsync(UploadFile.FromBytes(_png, "a.png"), cancellationToken: Token);

        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync(storage.Url, Token)).StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(100), http.Timeout);
    }

    [Fact]
    public async Task A_handler_that_repeats_does_not_store_a_file_twice_at_the_provider()
    {
        await using var server = new FakeServer(
            FakeServer.Reply(503, "{}"), FakeServer.Reply(200, """{"code":200,"data":{"download_url":"https://cdn.example/a"}}"""));
        using var http = new HttpClient(new Repeating());
        using var client = new WaveClient(new WaveClientOptions { ApiKey = "secret", BaseUrl = server.Url, HttpClient = http });

        var exception = await Assert.ThrowsAsync<UploadException>(() => client.UploadAsync(UploadFile.FromBytes(_png, "a.png"), cancellationToken: Token));

        Assert.Equal((UploadStep.Transfer, UploadRemains.Unknown), (exception.Step, exception.Remains));
        var reason = Assert.IsType<TransportException>(exception.InnerException);
        Assert.Equal(TransportFailure.Repeated, reason.Failure);
        Assert.Contains("because it could be stored twice", reason.Message);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task A_handler_that_repeats_may_send_the_same_content_to_the_same_address()
    {
        await using var storage = new FakeServer(FakeServer.Reply(503, ""), FakeServer.Reply(200, ""));
        await using var server = new FakeServer(Granted(storage));
        using var http = new HttpClient(new Repeating());
        using var client = new OddClient(new OddClientOptions { ApiKey = "secret", BaseUrl = server.Url, HttpClient = http });

        await client.UploadAsync(UploadFile.FromBytes(_png, "a.png"), cancellationToken: Token);

        Assert.Equal(2, storage.Requests.Length);
        Assert.All(storage.Requests, request => Assert.EndsWith("PNG-and-more", request));
    }

    [Theory]
    [InlineData("http://storage.example/up")]
    [InlineData("https://10.0.0.1/up")]
    [InlineData("https://user:password@storage.example/up")]
    public async Task A_protocol_that_does_not_check_an_address_sends_nothing_there(string address)
    {
        using var transport = NewTransport();
        await using var transfer = await FileTransfer.PrepareAsync(transport, UploadFile.FromBytes(_png, "a.png"), null, null, Token);

        await RefusedAsync(() => transfer.PutAsync(new Uri(address)));
        await RefusedAsync(() => transfer.PostAsync(new Uri(address)));
        await RefusedAsync(() => transfer.PostFormAsync(new Uri(address), [], "file"));
        await RefusedAsync(() => transfer.InitiateAsync(new Uri(address), null));
        await RefusedAsync(() => transfer.CompleteAsync(new Uri(address), null, "{}"u8.ToArray()));
        await RefusedAsync(() => transfer.PutPartsAsync(5, 1, _ => new((new Uri(address), null)), (_, response) => response));

        async Task RefusedAsync(Func<Task> send)
        {
            var exception = await Assert.ThrowsAsync<UploadException>(send);
            Assert.Contains("is refused: it", exception.Message);
            Assert.DoesNotContain("password", exception.Problem.Replace("it contains a password", ""));
        }
    }

    [Fact]
    public async Task A_stream_that_is_too_large_has_no_size_yet()
    {
        using var transport = NewTransport();
        var file = UploadFile.FromStream(new OneWay(new MemoryStream(new byte[100_000])), "a.png");

        var exception = await Assert.ThrowsAsync<UploadException>(() => FileTransfer.PrepareAsync(transport, file, null, 10, Token));

        Assert.Equal("it has more than 10 bytes", exception.Problem);
    }

    private static Transport NewTransport() =>
        new("own", new OddClientOptions { BaseUrl = new Uri("https://api.own.example") }, new Errors(), new TrustedHosts(), new AuthHeader("X-Key", "secret"));

    private static Func<FakeServer.Exchange, Task> Late(string body) => async exchange =>
    {
        await Task.Delay(TimeSpan.FromSeconds(4));
        await exchange.ReplyAsync(200, body);
    };

    private static Func<FakeServer.Exchange, Task> Granted(FakeServer storage) =>
        FakeServer.Reply(200, $$$"""{"name":"shelf-7","where":{"to":"{{{storage.Url}}}up?sig=1"}}""");

    private sealed class Errors : IServiceErrorReader
    {
        public ServiceError Read(TransportResponse response) => new() { Message = "refused" };
    }

    private sealed class Counting : DelegatingHandler
    {
        private int _requests;

        public Counting()
            : base(new SocketsHttpHandler { AllowAutoRedirect = false })
        {
        }

        public int Requests => _requests;

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref _requests);
            return base.SendAsync(request, cancellationToken);
        }
    }

    /// <summary>Sends a request a second time after an error, whatever its method.</summary>
    private sealed class Repeating() : DelegatingHandler(new SocketsHttpHandler { AllowAutoRedirect = false })
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var response = await base.SendAsync(request, cancellationToken);
            if ((int)response.StatusCode < 500)
                return response;
            response.Dispose();
            return await base.SendAsync(request, cancellationToken);
        }
    }
}
