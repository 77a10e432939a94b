using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Http.Resilience;
using Polly;
using Zoetrope.Errors;
using Zoetrope.Http;
using Zoetrope.Jobs;
using Zoetrope.Uploads;
using static Zoetrope.TestKit.FakeServer;

namespace Zoetrope.Tests;

/// <summary>The resilience handlers of Microsoft.Extensions.Http.Resilience, which services of Aspire have around every client without being asked.</summary>
public sealed class ResilienceTests
{
    public static TheoryData<string, string> Submits
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var handler in (string[])["standard", "hedging"])
            {
                foreach (var first in (string[])["503", "408", "close", "reset", "hang"])
                    data.Add(handler, first);
            }
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Submits))]
    public async Task A_submit_leaves_once(string handler, string first)
    {
        await using var server = new FakeServer(First(first), Reply(200, "{\"id\":1}"));
        using var services = Services(handler);
        using var transport = TestTransport.Create(server.Url, null, Over(services));

        var exception = await Assert.ThrowsAsync<SubmitException>(() => transport.SubmitAsync(TestTransport.Post(server.Url), "some/model", default));

        Assert.False(exception.WasNotAccepted);
        Assert.Contains("sent again by a handler of the HttpClient", exception.Message);
        Assert.Equal(TransportFailure.Repeated, Assert.IsType<TransportException>(exception.InnerException).Failure);
        Assert.Single(server.Requests);
        Assert.Equal(0, server.StrayBytes);
    }

    [Theory]
    [InlineData("standard")]
    [InlineData("hedging")]
    public async Task A_submit_that_succeeds_is_as_it_is_without_them(string handler)
    {
        await using var server = new FakeServer(Reply(200, "{\"id\":1}"));
        using var services = Services(handler);
        using var transport = TestTransport.Create(server.Url, null, Over(services));

        var response = await transport.SubmitAsync(TestTransport.Post(server.Url), "some/model", default);

        Assert.Equal("{\"id\":1}", response.RequireJson().ToString());
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task A_submit_without_a_connection_was_definitely_rejected()
    {
        var nowhere = Nowhere();
        using var services = Services("standard");
        using var transport = TestTransport.Create(
            nowhere, new FakeTime { FireAtOnce = TimeSpan.FromSeconds(61) }, Over(services));

        var exception = await Assert.ThrowsAsync<SubmitException>(() => transport.SubmitAsync(TestTransport.Post(nowhere), "some/model", default));

        Assert.True(exception.WasNotAccepted);
    }

    [Theory]
    [InlineData("standard")]
    [InlineData("hedging")]
    public async Task A_poll_is_sent_again(string handler)
    {
        await using var server = new FakeServer(Reply(503, "{}"), Reply(200, "{\"id\":1}"));
        using var services = Services(handler);
        using var transport = TestTransport.Create(server.Url, null, Over(services));

        var response = await transport.SendAsync(TestTransport.Get(server.Url), default);

        Assert.Equal("{\"id\":1}", response.RequireJson().ToString());
        Assert.Equal(2, server.Requests.Length);
    }

    [Fact]
    public async Task With_unsafe_methods_left_out_the_first_response_is_what_counts()
    {
        await using var server = new FakeServer(Reply(503, "{\"message\":\"busy\"}"), Reply(200, "{}"));
        using var services = Services("safe");
        using var transport = TestTransport.Create(server.Url, null, Over(services));

        var exception = await Assert.ThrowsAsync<SubmitException>(() => transport.SubmitAsync(TestTransport.Post(server.Url), "some/model", default));

        Assert.Equal("busy", exception.Service!.Error.Message);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task An_upload_is_sent_again_whole()
    {
        await using var server = new FakeServer(Reply(503, "{}"), Reply(200, "{}"));
        using var services = Services("standard");
        using var client = DemoClient.At(server.Url, Over(services));

        await client.PutContentAsync("a", UploadFile.FromBytes("abc"u8.ToArray(), "a.bin"));

        Assert.Equal(2, server.Requests.Length);
        Assert.All(server.Requests, static request => Assert.EndsWith("\r\n\r\nabc", request));
    }

    private static Action<ClientOptions> Over(ServiceProvider services) =>
        options => options.HttpClient = services.GetRequiredService<IHttpClientFactory>().CreateClient("test");

    private static ServiceProvider Services(string handler)
    {
        var services = new ServiceCollection();
        var client = services.AddHttpClient("test");
        if (handler == "hedging")
        {
            client.AddStandardHedgingHandler().Configure(static options =>
            {
                // A response that is there on a busy machine, too, is not late.
                options.Hedging.Delay = TimeSpan.FromSeconds(2);
                options.Endpoint.Timeout.Timeout = TimeSpan.FromSeconds(5);
            });
            return services.BuildServiceProvider();
        }
        client.AddStandardResilienceHandler(options =>
        {
            options.Retry.Delay = TimeSpan.FromMilliseconds(1);
            options.Retry.BackoffType = DelayBackoffType.Constant;
            options.AttemptTimeout.Timeout = TimeSpan.FromSeconds(2);
            if (handler == "safe")
                options.Retry.DisableForUnsafeHttpMethods();
        });
        return services.BuildServiceProvider();
    }

    private static Func<Exchange, Task> First(string first) => first switch
    {
        "close" => Raw(""),
        "reset" => Reset,
        "hang" => Hang,
        _ => Reply(int.Parse(first), "{}"),
    };
}
