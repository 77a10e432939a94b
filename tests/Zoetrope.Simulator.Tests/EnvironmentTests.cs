using Zoetrope.Eachlabs;
using Zoetrope.Eachlabs.Models;
using Zoetrope.Eachlabs.Workflows;
using Zoetrope.Errors;
using Zoetrope.Fal;
using Zoetrope.Fal.Platform;
using Zoetrope.Fal.Webhooks;

namespace Zoetrope.Simulator.Tests;

/// <summary>Tests that change the environment of this process, so that no other test runs beside them.</summary>
[CollectionDefinition(nameof(EnvironmentTests), DisableParallelization = true)]
public sealed class EnvironmentCollection;

/// <summary>A program runs against a simulator unchanged: the environment names the server.</summary>
[Collection(nameof(EnvironmentTests))]
public sealed class EnvironmentTests
{
    [Fact]
    public async Task The_environment_leads_clients_to_a_simulator_and_options_win()
    {
        await using var simulator = await Support.StartAsync();
        await using var other = await Support.StartAsync();
        using var variables = new Variables(
            ("FAL_BASE_URL", simulator.BaseUrl.ToString()),
            ("FAL_KEY", "any"),
            ("EACHLABS_BASE_URL", simulator.BaseUrl.ToString()),
            ("EACHLABS_API_KEY", "any"));
        using var fal = new FalClient();
        using var eachlabs = new EachlabsClient();
        using var elsewhere = new FalClient(new() { BaseUrl = other.BaseUrl });

        await fal.SubmitAsync(Support.FalId, Json.RawJson.Parse(Support.GoodInput().ToJsonString()), cancellationToken: TestContext.Current.CancellationToken);
        await eachlabs.SubmitAsync(
            Support.EachlabsId,
            Json.RawJson.Parse(Support.GoodInput().ToJsonString()),
            cancellationToken: TestContext.Current.CancellationToken);
        await elsewhere.SubmitAsync(
            Support.FalId,
            Json.RawJson.Parse(Support.GoodInput().ToJsonString()),
            cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal((1, 1), (simulator.CountsOf("fal").Accepted, simulator.CountsOf("eachlabs").Accepted));
        Assert.Equal(1, other.CountsOf("fal").Accepted);
        Assert.Null(new FalClientOptions { BaseUrl = null }.BaseUrl);
    }

    [Fact]
    public async Task The_environment_leads_the_client_of_the_platform_too_and_its_key_may_be_in_parts()
    {
        await using var server = new FakeServer(FakeServer.Reply(200, """{"prices": [], "has_more": false}"""));
        await using var other = await Support.StartAsync();
        using var variables = new Variables(
            ("FAL_BASE_URL", server.Url.ToString()), ("FAL_KEY", null), ("FAL_KEY_ID", " id "), ("FAL_KEY_SECRET", "secret"));
        using var platform = new FalPlatformClient();
        using var elsewhere = new FalPlatformClient(new() { BaseUrl = new Uri(other.BaseUrl, "platform/v1") });

        await platform.GetPricingAsync(new() { EndpointId = [Support.FalId] }, cancellationToken: TestContext.Current.CancellationToken);
        await elsewhere.GetPricingAsync(new() { EndpointId = [Support.FalId] }, cancellationToken: TestContext.Current.CancellationToken);

        var sent = Assert.Single(server.Requests);
        Assert.StartsWith("GET /platform/v1/models/pricing?endpoint_id=", sent, StringComparison.Ordinal);
        Assert.Contains("Authorization: Key id:secret\r\n", sent, StringComparison.Ordinal);
        Assert.Single(other.Requests);
    }

    [Theory]
    [InlineData("")]
    [InlineData("/")]
    [InlineData("/v1")]
    [InlineData("/gateway/v1/")]
    public async Task The_environment_leads_all_clients_of_eachlabs_to_one_server(string path)
    {
        await using var server = new FakeServer(FakeServer.Reply(404, "{}"));
        await using var other = new FakeServer(FakeServer.Reply(404, "{}"));
        using var variables = new Variables(("EACHLABS_BASE_URL", server.Url.ToString().TrimEnd('/') + path), ("EACHLABS_API_KEY", "any"));
        using var models = new EachlabsClient();
        using var workflows = new EachlabsWorkflowClient();
        using var api = new EachlabsApiClient();
        using var elsewhere = new EachlabsApiClient(new() { BaseUrl = other.Url });
        var token = TestContext.Current.CancellationToken;

        await Assert.ThrowsAnyAsync<ZoetropeException>(() => models.Resume(new("eachlabs", "m", "p")).GetStatusAsync(cancellationToken: token));
        await Assert.ThrowsAnyAsync<ZoetropeException>(() => workflows.Resume(new("eachlabs-workflows", "wf/v1", "e")).GetStatusAsync(cancellationToken: token));
        await Assert.ThrowsAnyAsync<ZoetropeException>(() => api.ListExecutionsAsync(new(), cancellationToken: token));
        await Assert.ThrowsAnyAsync<ZoetropeException>(() => elsewhere.ListExecutionsAsync(new(), cancellationToken: token));

        var root = path.StartsWith("/gateway", StringComparison.Ordinal) ? "/gateway" : "";
        Assert.Equal(
            [$"GET {root}/v1/prediction/p", $"GET {root}/v1/workflows/executions/e", $"GET {root}/v1/executions"],
            server.Requests.Select(request => string.Join(' ', request.Split(' ', '?')[..2])));
        Assert.StartsWith("GET /v1/executions ", Assert.Single(other.Requests), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Half_a_key_is_none()
    {
        using var variables = new Variables(("FAL_BASE_URL", null), ("FAL_KEY", null), ("FAL_KEY_ID", "id"), ("FAL_KEY_SECRET", null));
        using var platform = new FalPlatformClient();

        var exception = await Assert.ThrowsAsync<MissingKeyException>(() => platform.GetUsageAsync(cancellationToken: TestContext.Current.CancellationToken));

        Assert.Contains("set the environment variable FAL_KEY (or FAL_KEY_ID and FAL_KEY_SECRET)", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_alone_makes_a_client()
    {
        await using var simulator = await Support.StartAsync();
        using var variables = new Variables(
            ("FAL_BASE_URL", simulator.BaseUrl.ToString()), ("FAL_KEY", null), ("EACHLABS_BASE_URL", simulator.BaseUrl.ToString()), ("EACHLABS_API_KEY", null));
        using var fal = new FalClient("id:secret");
        using var eachlabs = new EachlabsClient("secret");

        await fal.SubmitAsync(Support.FalId, Json.RawJson.Parse(Support.GoodInput().ToJsonString()));
        await eachlabs.SubmitAsync(Support.EachlabsId, Json.RawJson.Parse(Support.GoodInput().ToJsonString()));

        Assert.Equal((1, 1), (simulator.CountsOf("fal").Accepted, simulator.CountsOf("eachlabs").Accepted));
    }

    [Theory]
    [InlineData("http://example.com/")]
    [InlineData("http://10.0.0.1:8787")]
    [InlineData("example.com")]
    [InlineData("file:///etc/passwd")]
    public void An_address_that_would_show_the_key_to_the_network_is_refused(string address)
    {
        using var variables = new Variables(("FAL_BASE_URL", address), ("EACHLABS_BASE_URL", address));

        Assert.Contains("FAL_BASE_URL", Assert.Throws<ArgumentException>(() => new FalClientOptions()).Message, StringComparison.Ordinal);
        Assert.Contains("EACHLABS_BASE_URL", Assert.Throws<ArgumentException>(() => new EachlabsClientOptions()).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://127.0.0.1:8787", "http://127.0.0.1:8787/.well-known/jwks.json")]
    [InlineData("http://localhost:8787/", "http://localhost:8787/.well-known/jwks.json")]
    [InlineData("http://sim.localhost:8787/", "http://sim.localhost:8787/.well-known/jwks.json")]
    // What a gateway passes on is signed by fal.
    [InlineData("https://gateway.example/fal", "https://rest.fal.ai/.well-known/jwks.json")]
    [InlineData(null, "https://rest.fal.ai/.well-known/jwks.json")]
    public void The_keys_of_webhooks_are_those_of_the_simulator_that_the_environment_names(string? address, string keys)
    {
        using var variables = new Variables(("FAL_BASE_URL", address));

        Assert.Equal(keys, new FalWebhookOptions().KeysUrl.ToString());
        Assert.Equal("https://keys.example/", new FalWebhookOptions { KeysUrl = new("https://keys.example/") }.KeysUrl.ToString());
    }

    [Fact]
    public void Without_a_key_the_way_to_a_simulator_is_shown()
    {
        using var variables = new Variables(("FAL_KEY", null), ("FAL_KEY_ID", null), ("EACHLABS_API_KEY", null), ("EACH_API_KEY", null));

        Assert.Contains("FAL_BASE_URL", Assert.Throws<MissingKeyException>(() => new FalClient()).Message, StringComparison.Ordinal);
        Assert.Contains("EACHLABS_BASE_URL", Assert.Throws<MissingKeyException>(() => new EachlabsClient()).Message, StringComparison.Ordinal);
    }

    private sealed class Variables : IDisposable
    {
        private readonly List<(string Name, string? Value)> _before = [];

        public Variables(params (string Name, string? Value)[] variables)
        {
            foreach (var (name, value) in variables)
            {
                _before.Add((name, Environment.GetEnvironmentVariable(name)));
                Environment.SetEnvironmentVariable(name, value);
            }
        }

        public void Dispose()
        {
            foreach (var (name, value) in _before)
                Environment.SetEnvironmentVariable(name, value);
        }
    }
}
