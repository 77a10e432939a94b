using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Zoetrope.Extensions.Hosting;
using Zoetrope.Simulator;
using static Zoetrope.TestKit.FakeServer;

namespace Zoetrope.Hosting.Tests;

/// <summary>A health check says whether a provider responds and refuses the key, and costs nothing.</summary>
public sealed class HealthTests
{
    private static readonly Dictionary<string, Func<IServiceCollection, MediaClientBuilder>> _providers = new()
    {
        ["BlackForestLabs:bfl"] = static services => services.AddBlackForestLabs(),
        ["Eachlabs:"] = static services => services.AddEachlabs(),
        ["ElevenLabs:elevenlabs"] = static services => services.AddElevenLabs(),
        ["Fal:"] = static services => services.AddFal(),
        ["Higgsfield:higgsfield"] = static services => services.AddHiggsfield(),
        ["Leonardo:leonardo"] = static services => services.AddLeonardo(),
        ["Luma:luma"] = static services => services.AddLuma(),
        ["Replicate:replicate"] = static services => services.AddReplicate(),
        ["Runway:runway"] = static services => services.AddRunway(),
        ["Together:together"] = static services => services.AddTogether(),
        ["Topaz:topaz"] = static services => services.AddTopaz(),
        ["WaveSpeed:wavespeed"] = static services => services.AddWaveSpeed(),
    };

    public static TheoryData<string> Providers => [.. _providers.Keys];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task A_key_is_accepted_or_refused(string provider)
    {
        var (section, path) = (provider.Split(':')[0], provider.Split(':')[1]);
        await using var simulator = await MediaSimulator.StartAsync(cancellationToken: Token);
        var settings = TestServices.At(new Uri(simulator.BaseUrl, path), section);
        await using var services = new TestServices(settings, services => _providers[provider](services).AddHealthCheck());

        var good = await CheckAsync(services);
        services.Change($"Zoetrope:{section}:ApiKey", "bad-key");
        var bad = await CheckAsync(services);

        Assert.Equal((HealthStatus.Healthy, HealthStatus.Unhealthy), (good.Status, bad.Status));
        Assert.Contains("refuses the key (40", bad.Description);
        Assert.Equal(0, simulator.Counts.Submits + simulator.Counts.DirectRuns);
    }

    [Theory]
    [InlineData(429, HealthStatus.Degraded)]
    [InlineData(500, HealthStatus.Unhealthy)]
    [InlineData(200, HealthStatus.Degraded)]
    [InlineData(404, HealthStatus.Healthy)]
    [InlineData(0, HealthStatus.Unhealthy)]
    public async Task What_a_provider_responds_with_decides(int status, HealthStatus expected)
    {
        await using var server = new FakeServer(Reply(status, $$"""{"detail":"{{TestServices.Key}}"}"""));
        var settings = TestServices.At(status == 0 ? Nowhere() : server.Url);
        await using var services = new TestServices(settings, services => services.AddFal().AddHealthCheck());

        var result = await CheckAsync(services);

        Assert.Equal(expected, result.Status);
        Assert.Null(result.Exception);
        Assert.DoesNotContain("secret", result.Description);
    }

    [Fact]
    public async Task A_check_has_a_name_tags_and_a_status_of_failure()
    {
        await using var services = new TestServices(
            TestServices.At(Nowhere(), "Fal:eu"), services => services.AddFal("eu").AddHealthCheck("video", HealthStatus.Degraded, ["paid"]));

        var report = await services.Get<HealthCheckService>().CheckHealthAsync(static check => check.Tags.Contains("paid"), Token);

        Assert.Equal("video", Assert.Single(report.Entries).Key);
        Assert.Equal(HealthStatus.Degraded, report.Status);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_token_provider_that_fails_says_nothing_about_the_provider(bool throws)
    {
        await using var server = new FakeServer(Reply(404, "{}"));
        await using var services = new TestServices(TestServices.At(server.Url), services => services.AddFal()
            .UseTokenProvider((_, _) => throws ? throw new InvalidOperationException("a secret") : default).AddHealthCheck());

        var result = await CheckAsync(services);

        Assert.Equal(HealthStatus.Unhealthy, result.Status);
        Assert.Contains("the token provider failed", result.Description);
        Assert.DoesNotContain("secret", result.Description);
        Assert.Empty(server.Requests);
    }

    private static async Task<HealthReportEntry> CheckAsync(TestServices services)
    {
        var report = await services.Get<HealthCheckService>().CheckHealthAsync(Token);
        return Assert.Single(report.Entries).Value;
    }
}
