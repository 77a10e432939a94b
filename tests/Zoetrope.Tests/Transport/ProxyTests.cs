using System.Net;
using Zoetrope.Jobs;
using static Zoetrope.TestKit.FakeServer;

namespace Zoetrope.Tests;

/// <summary>What is meant for this machine goes through no proxy of the environment. The tests change that of the process, so they run alone.</summary>
[CollectionDefinition(nameof(ProxyTests), DisableParallelization = true)]
[Collection(nameof(ProxyTests))]
public sealed class ProxyTests : IDisposable
{
    private readonly IWebProxy _before = HttpClient.DefaultProxy;

    public void Dispose() => HttpClient.DefaultProxy = _before;

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("localhost")]
    [InlineData("[::ffff:127.0.0.1]")]
    [InlineData("127.1")]
    public async Task A_request_to_this_machine_is_sent_there(string host)
    {
        await using var proxy = new FakeServer(Reply(200, "{}"));
        await using var server = new FakeServer(Reply(200, "{}"));
        HttpClient.DefaultProxy = new EveryProxy(proxy.Url);
        var url = new Uri($"http://{host}:{server.Url.Port}/");
        using var transport = TestTransport.Create(url);
        using var client = DemoClient.At(url);

        await transport.SubmitAsync(TestTransport.Post(url), "some/model", default);
        await transport.SendAsync(TestTransport.Get(url), default);
        await client.DeleteAssetAsync("a");

        Assert.Equal(3, server.Requests.Length);
        Assert.Empty(proxy.Requests);
    }

    [Fact]
    public async Task A_request_to_anywhere_else_goes_through_the_proxy()
    {
        await using var proxy = new FakeServer(Reply(200, "{}"));
        HttpClient.DefaultProxy = new EveryProxy(proxy.Url);
        var url = new Uri("http://gateway.invalid/");
        using var transport = TestTransport.Create(url);

        await transport.SubmitAsync(TestTransport.Post(url), "some/model", default);

        Assert.StartsWith("POST http://gateway.invalid/ HTTP/1.1\r\n", Assert.Single(proxy.Requests));
    }

    [Fact]
    public async Task A_client_of_the_users_that_would_go_through_the_proxy_is_refused()
    {
        await using var proxy = new FakeServer(Reply(200, "{}"));
        await using var server = new FakeServer(Reply(200, "{}"));
        HttpClient.DefaultProxy = new EveryProxy(proxy.Url);
        using var http = new HttpClient();
        using var transport = TestTransport.Create(server.Url, null, options => options.HttpClient = http);

        var exception = await Assert.ThrowsAsync<SubmitException>(() => transport.SubmitAsync(TestTransport.Post(server.Url), "some/model", default));

        Assert.True(exception.WasNotAccepted);
        Assert.Contains($"through the environment's proxy ({proxy.Url.GetLeftPart(UriPartial.Authority)})", exception.Message);
        Assert.Contains("NO_PROXY", exception.Message);
        Assert.Empty(proxy.Requests);
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task A_client_of_the_users_may_have_a_proxy_of_its_own_or_none()
    {
        await using var proxy = new FakeServer(Reply(200, "{}"));
        await using var server = new FakeServer(Reply(200, "{}"));
        HttpClient.DefaultProxy = new EveryProxy(Nowhere());
        using var debugging = new HttpClient(new SocketsHttpHandler { Proxy = new EveryProxy(proxy.Url) });
        using var direct = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        using var first = TestTransport.Create(server.Url, null, options => options.HttpClient = debugging);
        using var second = TestTransport.Create(server.Url, null, options => options.HttpClient = direct);

        await first.SendAsync(TestTransport.Get(server.Url), default);
        await second.SendAsync(TestTransport.Get(server.Url), default);

        Assert.Single(proxy.Requests);
        Assert.Single(server.Requests);
    }

    private sealed class EveryProxy(Uri proxy) : IWebProxy
    {
        public ICredentials? Credentials { get; set; }

        public Uri? GetProxy(Uri destination) => proxy;

        public bool IsBypassed(Uri host) => false;
    }
}
