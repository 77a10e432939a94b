using Microsoft.Extensions.DependencyInjection;
using Zoetrope.Extensions.Hosting;
using Zoetrope.Fal;
using Zoetrope.Jobs;
using Zoetrope.Json;
using Zoetrope.Together;
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
        await TestServices.AskAsync(fal);
        services.Change("Zoetrope:Fal:ApiKey", null);
        await TestServices.AskAsync(fal);
        services.Change("Zoetrope:Fal:ApiKey", TestServices.Key);
        await TestServices.AskAsync(fal);

        Assert.Equal([TestServices.Key, Second, Second, TestServices.Key], server.Requests.Select(KeyOf));
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

    /// <summary>A new key belongs to the new address, which the client does not have: it would be sent to the old one.</summary>
    [Theory]
    [InlineData("BaseUrl")]
    [InlineData("RunUrl")]
    [InlineData("RestUrl")]
    public async Task A_key_that_comes_with_another_address_is_not_taken(string setting)
    {
        await using var server = new FakeServer(Reply(404, "{}"));
        await using var services = new TestServices(TestServices.At(server.Url), services => services.AddFal());
        var fal = services.Get<FalClient>();
        await TestServices.AskAsync(fal);
        var before = services.Configuration[$"Zoetrope:Fal:{setting}"];

        services.Configuration["Zoetrope:Fal:ApiKey"] = Second;
        services.Change($"Zoetrope:Fal:{setting}", "https://elsewhere.example/");
        await TestServices.AskAsync(fal);
        var warning = Assert.Single(services.Log, static entry => entry.Id == 16);
        services.Change($"Zoetrope:Fal:{setting}", before);
        await TestServices.AskAsync(fal);

        Assert.Equal([TestServices.Key, TestServices.Key, Second], server.Requests.Select(KeyOf));
        Assert.Contains("Zoetrope:Fal", warning.Text);
        Assert.DoesNotContain(Second, string.Concat(services.Log.Select(static entry => entry.Text)));
    }

    [Theory]
    [InlineData("SubmitTimeout", "nonsense", Second)]
    [InlineData("ApiKey", "two\nlines", "two\nlines")]
    public async Task Settings_that_are_not_valid_any_more_are_logged_and_change_nothing(string setting, string value, string key)
    {
        await using var server = new FakeServer(Reply(404, "{}"));
        await using var services = new TestServices(TestServices.At(server.Url), services => services.AddFal());
        var fal = services.Get<FalClient>();

        services.Configuration["Zoetrope:Fal:ApiKey"] = key;
        // Nothing is thrown into the code that loads it.
        services.Change($"Zoetrope:Fal:{setting}", value);
        await TestServices.AskAsync(fal);
        var warning = Assert.Single(services.Log, static entry => entry.Id == 15);
        services.Configuration["Zoetrope:Fal:ApiKey"] = Second;
        services.Change("Zoetrope:Fal:SubmitTimeout", null);
        await TestServices.AskAsync(fal);

        Assert.Equal([TestServices.Key, Second], server.Requests.Select(KeyOf));
        Assert.Contains($"Zoetrope:Fal:{setting}", warning.Text);
        Assert.DoesNotContain(Second, string.Concat(services.Log.Select(static entry => entry.Text)));
    }

    /// <summary>The account of the configuration or the environment is not that of the vault.</summary>
    [Theory]
    [InlineData(null, true)]
    [InlineData("", true)]
    [InlineData(" ", false)]
    [InlineData(null, false)]
    public async Task A_token_provider_without_a_key_pays_from_no_other_account(string? returned, bool isConfigured)
    {
        await using var server = new FakeServer(Reply(200, Receipt));
        Environment.SetEnvironmentVariable("TOGETHER_API_KEY", "key-of-the-environment");
        await using var services = new TestServices(
            new() { ["Zoetrope:Together:BaseUrl"] = server.Url.ToString(), ["Zoetrope:Together:ApiKey"] = isConfigured ? TestServices.Key : null },
            services => services.AddTogether(static options => options.SubmitAttempts = 1).UseTokenProvider((_, _) => new(returned)));
        var together = services.Get<TogetherClient>();

        var exception = await Assert.ThrowsAsync<SubmitException>(
            () => together.SubmitAsync("some/model", RawJson.Parse("{}"), null, TestContext.Current.CancellationToken));
        await TestServices.AskAsync(together);

        Assert.True(exception.WasNotAccepted);
        Assert.Contains("it returned no key", exception.Message);
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task A_token_provider_has_services_of_a_scope_of_its_own()
    {
        await using var server = new FakeServer(Reply(404, "{}"));
        var made = new List<Scoped>();
        await using var services = new TestServices(
            new() { ["Zoetrope:Fal:BaseUrl"] = server.Url.ToString() },
            services =>
            {
                services.AddScoped<Scoped>();
                services.AddFal().UseTokenProvider((provider, _) =>
                {
                    made.Add(provider.GetRequiredService<Scoped>());
                    return new($"key-{made.Count}");
                });
            });

        await TestServices.AskAsync(services.Get<FalClient>());
        await TestServices.AskAsync(services.Get<FalClient>());

        Assert.Equal(["key-1", "key-2"], server.Requests.Select(KeyOf));
        Assert.NotSame(made[0], made[1]);
        Assert.All(made, static scoped => Assert.True(scoped.IsDisposed));
    }

    private static string Receipt => """{"request_id":"job-1"}""";

    private static string? KeyOf(string request) => Connection.HeaderOf(request, "Authorization")?["Key ".Length..];

    private sealed class Scoped : IDisposable
    {
        public bool IsDisposed { get; private set; }

        public void Dispose() => IsDisposed = true;
    }

    private sealed class Vault
    {
        private int _keys;

        public string Next() => $"vault-key-{++_keys}";
    }
}
