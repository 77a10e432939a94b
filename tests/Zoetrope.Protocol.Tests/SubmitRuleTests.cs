using System.Net;
using Zoetrope.Errors;
using Zoetrope.Jobs;
using Zoetrope.Protocol.Tests.Stubs;
using Zoetrope.Validation;

namespace Zoetrope.Protocol.Tests;

/// <summary>A submit costs money: it is sent once, unless the first surely was not accepted.</summary>
public sealed class SubmitRuleTests(StubServer<SubmitRuleStubs> server) : StubTest<SubmitRuleStubs>(server)
{
    public static TheoryData<string, string> Doubtful()
    {
        var data = new TheoryData<string, string>();
        foreach (var provider in (string[])["fal", "eachlabs"])
        {
            foreach (var model in (string[])["reset", "empty", "malformed", "random", "http-500", "http-502", "http-503", "http-504", "http-408", "nginx-502",
                "not-json", "truncated", "no-id", "list", "empty-object", "nothing", "said-busy"])
            {
                data.Add(provider, "faults/" + model);
            }
        }
        return data;
    }

    public static TheoryData<string, int> Refused()
    {
        var data = new TheoryData<string, int>();
        foreach (var provider in (string[])["fal", "eachlabs"])
        {
            foreach (var status in (int[])[400, 401, 402, 403, 404, 422])
                data.Add(provider, status);
        }
        return data;
    }

    [Theory]
    [MemberData(nameof(Doubtful))]
    public async Task A_submit_that_may_have_been_accepted_is_sent_once(string provider, string model)
    {
        using var client = Client(provider);

        var exception = await Assert.ThrowsAsync<SubmitException>(() => client.SubmitAsync(model, "x"));

        Assert.False(exception.WasNotAccepted);
        Assert.Equal(1, exception.Attempts);
        Assert.Equal((provider, model), (exception.Provider, exception.EndpointId));
        Assert.Equal(1, Server.Count(Submits(provider, model)));
    }

    [Theory]
    [InlineData("fal")]
    [InlineData("eachlabs")]
    public async Task A_submit_that_times_out_is_sent_once(string provider)
    {
        using var client = Client(provider, options => options.SubmitTimeout = TimeSpan.FromSeconds(2));

        var exception = await Assert.ThrowsAsync<SubmitException>(() => client.SubmitAsync("faults/slow", "x"));

        Assert.False(exception.WasNotAccepted);
        Assert.Equal(TransportFailure.TimedOut, Assert.IsType<TransportException>(exception.InnerException).Failure);
        Assert.Equal(1, Server.Count(Submits(provider, "faults/slow")));
    }

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task A_refusal_is_reported_and_not_sent_again(string provider, int status)
    {
        var model = $"faults/refused-{status}";
        using var client = Client(provider);

        var exception = await Assert.ThrowsAsync<SubmitException>(() => client.SubmitAsync(model, "x"));

        Assert.True(exception.WasNotAccepted);
        Assert.Equal((HttpStatusCode)status, exception.Service?.StatusCode);
        Assert.Equal("refused", exception.Service?.Error.Message);
        Assert.Equal(1, Server.Count(Submits(provider, model)));
    }

    [Theory]
    [InlineData("fal")]
    [InlineData("eachlabs")]
    public async Task After_429_it_is_sent_again(string provider)
    {
        using var client = Client(provider);

        var job = await client.SubmitAsync("faults/busy", "x");

        Assert.Equal("faults-busy", job.Handle.JobId);
        Assert.Equal(2, Server.Count(Submits(provider, "faults/busy")));
    }

    [Theory]
    [InlineData("fal")]
    [InlineData("eachlabs")]
    public async Task After_429_it_is_sent_again_a_bounded_number_of_times(string provider)
    {
        using var client = Client(provider, options => options.SubmitAttempts = 4);

        var exception = await Assert.ThrowsAsync<SubmitException>(() => client.SubmitAsync("faults/always-busy", "x"));

        Assert.True(exception.WasNotAccepted);
        Assert.Equal(4, exception.Attempts);
        Assert.Contains("10 in flight", exception.Message, StringComparison.Ordinal);
        Assert.Equal(4, Server.Count(Submits(provider, "faults/always-busy")));
    }

    [Theory]
    [InlineData("fal")]
    [InlineData("eachlabs")]
    public async Task A_second_sending_that_breaks_is_the_last(string provider)
    {
        using var client = Client(provider, options => options.SubmitAttempts = 5);

        var exception = await Assert.ThrowsAsync<SubmitException>(() => client.SubmitAsync("faults/busy-then-broken", "x"));

        Assert.False(exception.WasNotAccepted);
        Assert.Equal(2, exception.Attempts);
        Assert.Equal(2, Server.Count(Submits(provider, "faults/busy-then-broken")));
    }

    [Theory]
    [InlineData("fal")]
    [InlineData("eachlabs")]
    public async Task Without_a_connection_nothing_was_accepted(string provider)
    {
        using var client = Client(provider, options =>
        {
            options.BaseUrl = FakeServer.Nowhere();
            options.SubmitAttempts = 2;
        });

        var exception = await Assert.ThrowsAsync<SubmitException>(() => client.SubmitAsync("any/model", "x"));

        Assert.True(exception.WasNotAccepted);
        Assert.Equal(2, exception.Attempts);
        Assert.Equal(TransportFailure.NotConnected, Assert.IsType<TransportException>(exception.InnerException).Failure);
    }

    [Theory]
    [InlineData("fal")]
    [InlineData("eachlabs")]
    public async Task An_invalid_request_is_not_sent(string provider)
    {
        using var client = Client(provider);

        var exception = await Assert.ThrowsAsync<RequestValidationException>(
            () => client.Model(Clips.At(provider, "invalid/never-sent")).RunAsync(new() { Prompt = null! }));

        Assert.Equal("prompt", Assert.Single(exception.Result.Issues).Path);
        Assert.Equal(0, Server.Count(Submits(provider, "invalid/never-sent")));
    }
}
