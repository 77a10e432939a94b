using Microsoft.Extensions.DependencyInjection;
using Zoetrope.Extensions.Hosting;
using Zoetrope.Fal;
using Zoetrope.Json;
using static Zoetrope.TestKit.FakeServer;

namespace Zoetrope.Hosting.Tests;

/// <summary>Keys change without a restart, and without a new client.</summary>
public sealed class KeyTests
{
    private const string Second = "second-id-098765:second-secret-zyxwv";

    [Fact]
    public async Task A_key_that_changes_during_a_wait_is_used_from_then_on()
    {
        TestServices? changing = null;
        await using var server = new FakeServer(
            Reply(200, Receipt), Reply(200, """{"status":"IN_QUEUE","request_id":"job-1"}"""),
            async exchange =>
            {
                changing!.Change("Zoetrope:Fal:ApiKey", Second);
                await exchange.ReplyAsync(200, """{"status":"IN_PROGRESS","request_id":"job-1"}""");
            },
            Reply(200, """{"status":"COMPLETED","request_id":"job-1"}"""), Reply(200, $$"""{"echo":"{{Second}}"}"""));
        await using var services = changing = new TestServices(TestServices.At(server.Url), services => services.AddFal());
        var fal = services.Get<FalClient>();

        var job = await fal.SubmitAsync("some/model", RawJson.Parse("{}"), null, TestContext.Current.CancellationToken);
        var result = await job.WaitAsync(new() { PollInterval = TimeSpan.FromMilliseconds(1) }, TestContext.Current.CancellationToken);

        Assert.Equal([TestServices.Key, TestServices.Key, TestServices.Key, Second, Second], server.Requests.Select(KeyOf));
        Assert.Equal("""{"echo":"***"}""", result.Raw.ToString());
        Assert.Same(fal, services.Get<FalClient>());
        Assert.Equal(14, Assert.Single(services.Log, static entry => entry.Id == 14).Id);
        Assert.DoesNotContain("secret", string.Concat(services.Log.Select(static entry => entry.Text)));
    }

    [Fact]
    public async Task A_key_that_is_taken_away_stays_in_use()
    {
        await using var server = new FakeServer(Reply(404, "{}"));
        await using var services = new TestServices(TestServices.At(server.Url), services => services.AddFal());
        var fal = services.Get<FalClient>();

        await TestServices.AskAsync(fal);
        services.Change("Zoetrope:Fal:ApiKey", Second);
        services.Change("Zoetrope:Fal:ApiKey", null);
        await TestServices.AskAsync(fal);
        services.Change("Zoetrope:Fal:ApiKey", TestServices.Key);
        await TestServices.AskAsync(fal);

        Assert.Equal([TestServices.Key, Second, TestServices.Key], server.Requests.Select(KeyOf));
    }

    [Fact]
    public async Task A_key_that_changes_before_the_first_request_is_used_for_it()
    {
        await using var server = new FakeServer(Reply(404, "{}"));
        await using var services = new TestServices(TestServices.At(server.Url), services => services.AddFal());
        var fal = services.Get<FalClient>();

        services.Change("Zoetrope:Fal:ApiKey", Second);
        await TestServices.AskAsync(fal);

        Assert.Equal(Second, KeyOf(Assert.Single(server.Requests)));
    }

    [Fact]
    public async Task A_named_client_does_not_take_the_key_of_another()
    {
        await using var server = new FakeServer(Reply(404, "{}"));
        var settings = TestServices.At(server.Url, "Fal:eu");
        await using var services = new TestServices(settings, services => services.AddFal("eu"));
        var eu = services.Get<FalClient>("eu");

        services.Change("Zoetrope:Fal:ApiKey", Second);
        await TestServices.AskAsync(eu);
        services.Change("Zoetrope:Fal:eu:ApiKey", Second);
        await TestServices.AskAsync(eu);

        Assert.Equal([TestServices.Key, Second], server.Requests.Select(KeyOf));
    }

    [Fact]
    public async Task A_token_provider_needs_no_key_elsewhere()
    {
        await using var server = new FakeServer(Reply(404, "{}"));
        await using var services = new TestServices(
            new() { ["Zoetrope:Fal:BaseUrl"] = server.Url.ToString() },
            services =>
            {
                services.AddSingleton(new Vault());
                services.AddFal().UseTokenProvider(async (provider, token) =>
                {
                    await Task.Yield();
                    return provider.GetRequiredService<Vault>().Next();
                });
            });
        var fal = services.Get<FalClient>();

        await TestServices.AskAsync(fal);
        await TestServices.AskAsync(fal);

        Assert.Equal(["vault-key-1", "vault-key-2"], server.Requests.Select(KeyOf));
    }

    private static string Receipt => """{"request_id":"job-1"}""";

    private static string? KeyOf(string request) => Connection.HeaderOf(request, "Authorization")?["Key ".Length..];

    private sealed class Vault
    {
        private int _keys;

        public string Next() => $"vault-key-{++_keys}";
    }
}
