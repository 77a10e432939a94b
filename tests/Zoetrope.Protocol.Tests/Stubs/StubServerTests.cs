using System.Net;

namespace Zoetrope.Protocol.Tests.Stubs;

/// <summary>What the stubs promise to the tests: faults are faults on the wire, responses come in order, requests are seen as they were sent.</summary>
public sealed class StubServerTests(StubServer<StubServerTests.Samples> server) : IClassFixture<StubServer<StubServerTests.Samples>>
{
    [Theory]
    [InlineData(WireFault.Reset)]
    [InlineData(WireFault.EmptyResponse)]
    [InlineData(WireFault.RandomData)]
    [InlineData(WireFault.MalformedChunk)]
    public async Task A_fault_is_not_a_response(WireFault fault)
    {
        using var http = new HttpClient { BaseAddress = server.BaseUrl };

        var exception = await Assert.ThrowsAsync<HttpRequestException>(() => http.PostAsync($"{fault}", new StringContent("{}")));

        Assert.NotEqual(HttpRequestError.ConnectionError, exception.HttpRequestError);
        Assert.Equal(1, server.Count(new("POST", $"/{fault}")));
    }

    [Fact]
    public async Task A_stall_lasts_until_the_client_has_gone()
    {
        using var http = new HttpClient { BaseAddress = server.BaseUrl, Timeout = TimeSpan.FromSeconds(2) };

        await Assert.ThrowsAsync<TaskCanceledException>(() => http.PostAsync($"{WireFault.Stall}", new StringContent("{}")));

        Assert.Equal(1, server.Count(new("POST", $"/{WireFault.Stall}")));
    }

    [Fact]
    public async Task Responses_and_faults_come_in_order_and_the_last_for_ever()
    {
        using var http = new HttpClient { BaseAddress = server.BaseUrl };

        await Assert.ThrowsAsync<HttpRequestException>(PostAsync);

        Assert.Equal("one", await PostAsync());
        Assert.Equal("two", await PostAsync());
        Assert.Equal("two", await PostAsync());

        // HttpClient itself sends a GET again.
        async Task<string> PostAsync()
        {
            using var response = await http.PostAsync("turns", new StringContent("{}"));
            return await response.Content.ReadAsStringAsync();
        }
    }

    [Fact]
    public async Task A_stub_of_a_model_is_for_that_model()
    {
        using var http = new HttpClient { BaseAddress = server.BaseUrl };

        using var right = await http.PostAsync("models", new StringContent("""{"model":"a","input":{"model":"b"}}"""));
        using var wrong = await http.PostAsync("models", new StringContent("""{"model":"b","input":{"model":"a"}}"""));

        Assert.Equal((HttpStatusCode.Accepted, HttpStatusCode.NotFound), (right.StatusCode, wrong.StatusCode));
        Assert.Equal(1, server.Count(new("POST", "/models", "a")));
        Assert.Equal(1, server.Count(new("POST", "/models", "b")));
    }

    [Fact]
    public async Task A_request_is_seen_as_it_was_sent()
    {
        using var http = new HttpClient { BaseAddress = server.BaseUrl };
        using var request = new HttpRequestMessage(HttpMethod.Put, "seen/a%2Fb?c=%20d") { Content = new StringContent("é") };
        request.Headers.Add("X-Some", "value");

        using var response = await http.SendAsync(request);

        var seen = server.Single(new("PUT", "/seen/.*"));
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Equal(("/seen/a%2Fb?c=%20d", "é", "value"), (seen.Url, seen.Body, seen.Headers["x-some"]));
    }

    public sealed class Samples : IStubs
    {
        public static void Add(StubServer stubs)
        {
            foreach (var fault in Enum.GetValues<WireFault>())
                stubs.Post($"/{fault}").Gives(fault);
            stubs.Post("/turns").Gives(WireFault.Reset, CannedResponse.OfText("one"), CannedResponse.OfText("two"));
            stubs.Post("/models", "a").Gives(CannedResponse.OfJson("{}", 202));
        }
    }
}
