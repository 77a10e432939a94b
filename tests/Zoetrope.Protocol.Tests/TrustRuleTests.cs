using Zoetrope.Eachlabs;
using Zoetrope.Errors;
using Zoetrope.Fal;
using Zoetrope.Jobs;
using Zoetrope.Protocol.Tests.Stubs;

namespace Zoetrope.Protocol.Tests;

/// <summary>The key goes only where it belongs, and into no text.</summary>
public sealed class TrustRuleTests(StubServer<TrustRuleStubs> server) : StubTest<TrustRuleStubs>(server)
{
    [Theory]
    [InlineData("fal", 301)]
    [InlineData("fal", 302)]
    [InlineData("fal", 307)]
    [InlineData("fal", 308)]
    [InlineData("eachlabs", 301)]
    [InlineData("eachlabs", 302)]
    [InlineData("eachlabs", 307)]
    [InlineData("eachlabs", 308)]
    public async Task A_redirected_submit_is_not_followed(string provider, int status)
    {
        using var client = Client(provider);

        var exception = await Assert.ThrowsAsync<SubmitException>(() => client.SubmitAsync($"redirects/http-{status}", "x"));

        Assert.Equal(TransportFailure.Redirected, Assert.IsType<TransportException>(exception.InnerException).Failure);
        Assert.Equal(0, Server.Count(new("ANY", "/redirected/" + provider)));
    }

    [Theory]
    [InlineData("fal")]
    [InlineData("eachlabs")]
    public async Task A_redirected_poll_is_not_followed(string provider)
    {
        using var client = Client(provider);
        var job = await client.SubmitAsync("redirects/poll", "x");

        var exception = await Assert.ThrowsAnyAsync<ZoetropeException>(() => job.GetStatusAsync());

        Assert.Contains("redirect", exception.Message, StringComparison.Ordinal);
        Assert.Equal(0, Server.Count(new("ANY", "/redirected/" + provider)));
    }

    [Theory]
    [InlineData("fal", "echo/key")]
    [InlineData("fal", "echo/unreadable")]
    [InlineData("eachlabs", "echo/key")]
    [InlineData("eachlabs", "echo/unreadable")]
    public async Task A_key_that_a_server_echoes_is_in_no_exception(string provider, string model)
    {
        using var client = Client(provider);

        var exception = await Assert.ThrowsAsync<SubmitException>(() => client.SubmitAsync(model, "x"));

        Assert.DoesNotContain("test-key", exception.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("test-key", exception.Service?.Error.Body?.ToString() ?? "", StringComparison.Ordinal);
        Assert.Contains("***", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("fal")]
    [InlineData("eachlabs")]
    public async Task Responses_are_bounded(string provider)
    {
        using var client = Client(provider, options => options.MaxResponseBytes = 1024);

        var submit = await Assert.ThrowsAsync<SubmitException>(() => client.SubmitAsync("large/receipt", "x"));
        var job = await client.SubmitAsync("large/status", "x");
        var poll = await Assert.ThrowsAnyAsync<ZoetropeException>(() => job.GetStatusAsync());

        Assert.Equal(TransportFailure.TooLarge, Assert.IsType<TransportException>(submit.InnerException).Failure);
        Assert.False(submit.WasNotAccepted);
        Assert.Contains("larger than 1024 bytes", poll.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://queue.fal.run.")]
    [InlineData("http://QUEUE.FAL.RUN")]
    [InlineData("http://queue.fal.run\u3002")]
    [InlineData("http://queue\u3002fal\uFF0Erun\uFF61")]
    [InlineData("http://fal.run.:8080/x")]
    public void A_providers_own_host_is_known_however_it_is_written(string url)
    {
        var exception = Assert.Throws<ArgumentException>(() => new FalClient(new() { ApiKey = Key, BaseUrl = new(url) }));

        Assert.Contains("over http", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_providers_own_host_is_not_spoken_to_over_http()
    {
        var queue = Assert.Throws<ArgumentException>(() => new FalClient(new() { ApiKey = Key, BaseUrl = new("http://queue.fal.run") }));
        var run = Assert.Throws<ArgumentException>(() => new FalClient(new() { ApiKey = Key, RunUrl = new("http://fal.run") }));
        var eachlabs = Assert.Throws<ArgumentException>(() => new EachlabsClient(new() { ApiKey = Key, BaseUrl = new("http://api.eachlabs.ai") }));

        Assert.All([queue, run, eachlabs], static exception => Assert.Contains("over http", exception.Message, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("ftp://127.0.0.1/")]
    [InlineData("https://user:password@proxy.example/")]
    [InlineData("https://proxy.example/?key=1")]
    public void A_base_url_that_cannot_be_used_is_refused(string url)
    {
        Assert.Throws<ArgumentException>(() => new FalClient(new() { ApiKey = Key, BaseUrl = new(url) }));
        Assert.Throws<ArgumentException>(() => new EachlabsClient(new() { ApiKey = Key, BaseUrl = new(url) }));
    }

    [Theory]
    [InlineData("fal", "Authorization")]
    [InlineData("fal", "Host")]
    [InlineData("eachlabs", "X-API-Key")]
    [InlineData("eachlabs", "authorization")]
    public async Task Headers_that_carry_keys_cannot_be_set(string provider, string header)
    {
        using var client = Client(provider);
        var options = new SubmitOptions { Headers = { [header] = "x" } };

        var exception = await Assert.ThrowsAsync<SubmitException>(() => client.SubmitAsync("headers/never-sent", "x", options));

        Assert.True(exception.WasNotAccepted);
        Assert.Equal(0, Server.Count(Submits(provider, "headers/never-sent")));
    }
}
