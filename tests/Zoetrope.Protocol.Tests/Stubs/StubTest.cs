using Zoetrope.Clients;
using Zoetrope.Eachlabs;
using Zoetrope.Fal;
using Zoetrope.Http;
using Zoetrope.Jobs;

namespace Zoetrope.Protocol.Tests.Stubs;

/// <summary>The base of tests against stubs.</summary>
public abstract class StubTest<TStubs>(StubServer<TStubs> server) : IClassFixture<StubServer<TStubs>>
    where TStubs : IStubs
{
    protected const string Key = "test-key-id:test-key-secret";

    // Short, so that tests are quick; what is waited for is never a time.
    protected static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(5);

    protected StubServer Server { get; } = server;

    protected static WaitOptions Wait(Action<WaitOptions>? change = null)
    {
        var options = new WaitOptions { PollInterval = Poll, Timeout = TimeSpan.FromMinutes(2) };
        change?.Invoke(options);
        return options;
    }

    protected FalClient Fal(Action<FalClientOptions>? change = null)
    {
        var options = new FalClientOptions { BaseUrl = Server.BaseUrl, ApiKey = Key };
        change?.Invoke(options);
        return new FalClient(options);
    }

    protected EachlabsClient Eachlabs(Action<EachlabsClientOptions>? change = null)
    {
        // All tests of a server have one key, whose limits would make them wait for each other.
        var options = new EachlabsClientOptions { BaseUrl = Server.BaseUrl, ApiKey = Key, Limits = null };
        change?.Invoke(options);
        return new EachlabsClient(options);
    }

    /// <summary>A client of either provider, for the rules that hold for both.</summary>
    protected MediaClient Client(string provider, Action<MediaClientOptions>? change = null) => provider == "fal" ? Fal(change) : Eachlabs(change);

    /// <summary>The requests that submit a job for a model.</summary>
    protected static RequestPattern Submits(string provider, string model) =>
        provider == "fal" ? new("POST", "/" + model) : new("POST", "/v1/prediction/", model);

    /// <summary>The requests about a job that both providers' stubs name after the model.</summary>
    protected static RequestPattern Polls(string provider, string job) =>
        provider == "fal" ? new("GET", $".*/requests/{job}/status") : new("GET", $"/v1/prediction/{job}");

    /// <summary>The requests that cancel a job.</summary>
    protected static RequestPattern Cancels(string provider, string job) =>
        provider == "fal" ? new("PUT", $".*/requests/{job}/cancel") : new("POST", $"/v1/prediction/{job}/cancel");
}
