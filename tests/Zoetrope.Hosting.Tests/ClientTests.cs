using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Zoetrope.BlackForestLabs;
using Zoetrope.Clients;
using Zoetrope.Eachlabs;
using Zoetrope.Eachlabs.Workflows;
using Zoetrope.ElevenLabs;
using Zoetrope.Extensions.Hosting;
using Zoetrope.Fal;
using Zoetrope.Higgsfield;
using Zoetrope.Http;
using Zoetrope.Leonardo;
using Zoetrope.Luma;
using Zoetrope.Providers;
using Zoetrope.Replicate;
using Zoetrope.Runway;
using Zoetrope.Together;
using Zoetrope.Topaz;
using Zoetrope.WaveSpeed;
using static Zoetrope.TestKit.FakeServer;

namespace Zoetrope.Hosting.Tests;

/// <summary>Clients are services, whose settings are those of the configuration and of the code.</summary>
public sealed class ClientTests
{
    private static readonly Dictionary<string, (Adder Add, Func<TestServices, string, MediaClient> Get)> _providers = new()
    {
        ["BlackForestLabs"] = ((services, name) => services.AddBlackForestLabs(name).Services, (services, name) => services.Get<BlackForestLabsClient>(name)),
        ["Eachlabs"] = ((services, name) => services.AddEachlabs(name).Services, (services, name) => services.Get<EachlabsClient>(name)),
        ["ElevenLabs"] = ((services, name) => services.AddElevenLabs(name).Services, (services, name) => services.Get<ElevenLabsClient>(name)),
        ["Fal"] = ((services, name) => services.AddFal(name).Services, (services, name) => services.Get<FalClient>(name)),
        ["Higgsfield"] = ((services, name) => services.AddHiggsfield(name).Services, (services, name) => services.Get<HiggsfieldClient>(name)),
        ["Leonardo"] = ((services, name) => services.AddLeonardo(name).Services, (services, name) => services.Get<LeonardoClient>(name)),
        ["Luma"] = ((services, name) => services.AddLuma(name).Services, (services, name) => services.Get<LumaClient>(name)),
        ["Replicate"] = ((services, name) => services.AddReplicate(name).Services, (services, name) => services.Get<ReplicateClient>(name)),
        ["Runway"] = ((services, name) => services.AddRunway(name).Services, (services, name) => services.Get<RunwayClient>(name)),
        ["Together"] = ((services, name) => services.AddTogether(name).Services, (services, name) => services.Get<TogetherClient>(name)),
        ["Topaz"] = ((services, name) => services.AddTopaz(name).Services, (services, name) => services.Get<TopazClient>(name)),
        ["WaveSpeed"] = ((services, name) => services.AddWaveSpeed(name).Services, (services, name) => services.Get<WaveSpeedClient>(name)),
    };

    private delegate IServiceCollection Adder(IServiceCollection services, string name);

    public static TheoryData<string> Names => [.. _providers.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Every_provider_has_named_clients_with_keys_of_their_own(string provider)
    {
        await using var server = new FakeServer(Reply(404, "{}"));
        var settings = TestServices.At(server.Url, $"{provider}:eu");
        settings[$"Zoetrope:{provider}:us:BaseUrl"] = server.Url.ToString();
        settings[$"Zoetrope:{provider}:us:ApiKey"] = "another-key-987654321";
        await using var services = new TestServices(settings, services => _providers[provider].Add(_providers[provider].Add(services, "eu"), "us"));

        await TestServices.AskAsync(_providers[provider].Get(services, "eu"));
        await TestServices.AskAsync(_providers[provider].Get(services, "us"));

        Assert.Contains(TestServices.Key, server.Requests[0]);
        Assert.Contains("another-key-987654321", server.Requests[1]);
        Assert.Same(_providers[provider].Get(services, "eu"), _providers[provider].Get(services, "eu"));
    }

    /// <summary>A provider that is declared, and has a package, is added by a method of its own.</summary>
    [Fact]
    public void Every_package_of_a_provider_is_here()
    {
        var packages = Directory.EnumerateFiles(Repository.PathOf("src"), "*.csproj", SearchOption.AllDirectories)
            .Where(path => File.ReadAllText(path).Contains("Provider.targets", StringComparison.Ordinal))
            .Select(path => Path.GetFileNameWithoutExtension(path)["Zoetrope.".Length..]);

        Assert.Equal(packages.Append("Eachlabs").Append("Fal").Order(StringComparer.Ordinal), _providers.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Settings_of_the_configuration_come_before_those_of_the_code()
    {
        FalClientOptions? fal = null;
        EachlabsClientOptions? eachlabs = null;
        await using var services = new TestServices(
            new()
            {
                ["Zoetrope:Fal:ApiKey"] = TestServices.Key,
                ["Zoetrope:Fal:SubmitTimeout"] = "00:03:00",
                ["Zoetrope:Fal:SubmitAttempts"] = "7",
                ["Zoetrope:Fal:MaxDownloadBytes"] = "1000",
                ["Zoetrope:Fal:RunTimeout"] = "00:20:00",
                ["Zoetrope:Fal:UseBackupHosts"] = "false",
                ["Zoetrope:Fal:Limits:InFlight"] = "3",
                ["Zoetrope:Eachlabs:ApiKey"] = TestServices.Key,
                ["Zoetrope:Eachlabs:Limits:CreatesPerMinute"] = "50",
            },
            services =>
            {
                services.AddFal(options => options.SubmitAttempts = 2);
                services.AddFal(options => fal = options);
                services.AddEachlabs(options => eachlabs = options);
            });

        services.Get<FalClient>();
        services.Get<EachlabsClient>();

        Assert.Equal(TimeSpan.FromMinutes(3), fal!.SubmitTimeout);
        Assert.Equal(2, fal.SubmitAttempts);
        Assert.Equal(1000, fal.MaxDownloadBytes);
        Assert.Equal(TimeSpan.FromMinutes(20), fal.RunTimeout);
        Assert.False(fal.UseBackupHosts);
        Assert.Equal(3, fal.Limits!.InFlight);
        Assert.Equal((50, 10), (eachlabs!.Limits!.CreatesPerMinute, eachlabs.Limits.InFlight));
    }

    [Fact]
    public async Task All_mistakes_are_named_by_their_keys_when_the_host_starts()
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        foreach (var (key, value) in new Dictionary<string, string>
        {
            ["Zoetrope:Fal:ApiKey"] = TestServices.Key,
            ["Zoetrope:Fal:ApiKye"] = "x",
            ["Zoetrope:Fal:SubmitAttempts"] = "0",
            ["Zoetrope:Fal:RunTimeout"] = "-00:00:01",
            ["Zoetrope:Fal:Limits:InFlight"] = "0",
            ["Zoetrope:Fal:Limits:InFligth"] = "1",
            ["Zoetrope:Fal:Limits"] = "1",
            ["Zoetrope:Fal:Limits:QueueTimeout:Seconds"] = "1",
            ["Zoetrope:Fal:Limit:InFlight"] = "1",
            ["Zoetrope:Fal:PollTimeout:Seconds"] = "1",
            ["Zoetrope:Fal:eu:ApiKey"] = "of another client",
            ["Zoetrope:Fal:ue:ApiKey"] = "of no client",
        })
        {
            builder.Configuration[key] = value;
        }
        builder.Services.AddFal();
        builder.Services.AddFal("EU");
        using var host = builder.Build();

        var exception = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync(TestContext.Current.CancellationToken));

        Assert.Equal(
            [
                "Zoetrope:Fal:ApiKye", "Zoetrope:Fal:Limit", "Zoetrope:Fal:Limits", "Zoetrope:Fal:PollTimeout", "Zoetrope:Fal:ue",
                "Zoetrope:Fal:Limits:InFligth", "Zoetrope:Fal:Limits:QueueTimeout", "Zoetrope:Fal:SubmitAttempts", "Zoetrope:Fal:Limits:InFlight",
                "Zoetrope:Fal:RunTimeout",
            ],
            exception.Failures.Select(static failure => failure[..failure.IndexOf(' ', StringComparison.Ordinal)]));
        Assert.DoesNotContain(TestServices.Key, exception.ToString());
    }

    [Fact]
    public async Task A_section_of_no_provider_and_no_client_stops_the_host()
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        foreach (var name in (string[])["Fal", "EACHLABS", "Router:Clients:0", "Own", "Fla", "Limits"])
            builder.Configuration[$"Zoetrope:{name}{(name.StartsWith("Router", StringComparison.Ordinal) ? "" : ":ApiKey")}"] = "Fal";
        builder.Services.AddFal();
        builder.Services.AddMediaClient(Workflows("Own"), "named");
        using var host = builder.Build();

        var exception = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync(TestContext.Current.CancellationToken));

        const string Known =
            "Fal, Own, Eachlabs, BlackForestLabs, ElevenLabs, Higgsfield, Leonardo, Luma, Replicate, Runway, Together, Topaz, WaveSpeed, Router";
        Assert.Equal(
            [
                $"Zoetrope:Fla is neither the section of a provider nor that of a client that was added (is Zoetrope:Fal meant?): those are {Known}.",
                $"Zoetrope:Limits is neither the section of a provider nor that of a client that was added: those are {Known}.",
            ],
            exception.Failures);
    }

    [Theory]
    [InlineData("SubmitTimeout", "soon", "TimeSpan")]
    [InlineData("SubmitAttempts", "many", "Int32")]
    [InlineData("UseBackupHosts", "perhaps", "Boolean")]
    [InlineData("BaseUrl", "ftp://example.com", "absolute http or https URL")]
    [InlineData("RunUrl", "http://fal.run", "use https")]
    [InlineData("ApiKey", "two\nlines", "not valid in a header")]
    public async Task A_value_that_is_not_valid_is_named_by_its_key(string setting, string value, string reason)
    {
        await using var services = new TestServices(
            new() { ["Zoetrope:Fal:ApiKey"] = TestServices.Key, [$"Zoetrope:Fal:{setting}"] = value }, services => services.AddFal());

        var exception = Assert.Throws<OptionsValidationException>(() => services.Get<FalClient>());

        Assert.Contains($"Zoetrope:Fal:{setting}", Assert.Single(exception.Failures));
        Assert.Contains(reason, exception.Message);
    }

    [Fact]
    public async Task A_missing_key_is_named_by_its_key_and_its_variable()
    {
        await using var services = new TestServices([], services => services.AddTopaz("eu"));

        var exception = Assert.Throws<OptionsValidationException>(() => services.Get<TopazClient>("eu"));

        Assert.StartsWith("Zoetrope:Topaz:eu:ApiKey is not set. There is no key for Topaz: set the environment variable TOPAZ_API_KEY", exception.Message);
    }

    [Fact]
    public async Task Services_without_a_configuration_take_the_key_of_the_environment()
    {
        await using var server = new FakeServer(Reply(404, "{}"));
        Environment.SetEnvironmentVariable("WAVESPEED_API_KEY", "key-of-the-environment");
        var services = new ServiceCollection();
        services.AddWaveSpeed(options => options.BaseUrl = server.Url);
        await using var provider = services.BuildServiceProvider();

        await TestServices.AskAsync(provider.GetRequiredService<WaveSpeedClient>());

        Assert.Contains("key-of-the-environment", Assert.Single(server.Requests));
    }

    [Theory]
    [InlineData("ApiKey")]
    [InlineData("runurl")]
    [InlineData("a:b")]
    public void A_name_that_means_something_else_is_refused(string name) =>
        Assert.Contains(name, Assert.Throws<ArgumentException>(() => new ServiceCollection().AddFal(name)).Message);

    [Fact]
    public async Task A_provider_of_the_users_own_is_added_alike()
    {
        await using var server = new FakeServer(Reply(200, "{}"));
        var definition = new MediaClientDefinition<OwnClient, OwnOptions>("Own")
        {
            Create = static options => new(options),
            GetKey = static options => options.Token,
            SetKey = static (options, key) => options.Token = key,
        };
        await using var services = new TestServices(TestServices.At(server.Url, "Own"), services => services.AddMediaClient(definition));

        await services.Get<OwnClient>().Transport.SendAsync(new() { Method = HttpMethod.Get, Uri = server.Url }, TestContext.Current.CancellationToken);
        services.Change("Zoetrope:Own:ApiKey", "changed-key-1234");
        await services.Get<OwnClient>().Transport.SendAsync(new() { Method = HttpMethod.Get, Uri = server.Url }, TestContext.Current.CancellationToken);

        Assert.Equal([TestServices.Key, "changed-key-1234"], server.Requests.Select(static request => Connection.HeaderOf(request, "X-Own")));
    }

    /// <summary>A client of the same type of options has settings of its own, which nobody else gets.</summary>
    [Fact]
    public async Task Clients_with_options_of_one_type_share_no_key_and_no_address()
    {
        await using var server = new FakeServer(Reply(404, "{}"));
        await using var other = new FakeServer(Reply(404, "{}"));
        var settings = TestServices.At(server.Url, "Eachlabs");
        settings["Zoetrope:Workflows:BaseUrl"] = other.Url.ToString();
        settings["Zoetrope:Workflows:ApiKey"] = "key-of-workflows-123";
        settings["Zoetrope:Workflows:Limits:InFlight"] = "2";
        var limits = new List<int?>();
        await using var services = new TestServices(settings, services =>
        {
            services.AddEachlabs(options => limits.Add(options.Limits!.InFlight));
            services.AddMediaClient(Workflows("Workflows"));
        });

        await TestServices.AskAsync(services.Get<EachlabsClient>());
        await TestServices.AskAsync(services.Get<EachlabsWorkflowClient>());

        Assert.Contains(TestServices.Key, Assert.Single(server.Requests));
        Assert.Contains("key-of-workflows-123", Assert.Single(other.Requests));
        Assert.Equal([10], limits);
    }

    /// <summary>What would take the place of a client, or of its key, is refused.</summary>
    [Fact]
    public void A_client_does_not_take_the_place_of_another()
    {
        var services = new ServiceCollection();
        services.AddEachlabs();
        services.AddFal("eu");
        services.AddMediaClient(Workflows("Workflows"));

        string[] problems =
        [
            // The same type and name in another section, the same section for another type, and a section that differs by case alone.
            Refusal(() => services.AddMediaClient(Workflows("Flows"))), Refusal(() => services.AddMediaClient(Workflows("Eachlabs"))),
            Refusal(() => services.AddFal("EU")),
        ];

        Assert.Contains("'Flows' cannot be added beside EachlabsWorkflowClient of the section 'Workflows'", problems[0]);
        Assert.Contains("EachlabsWorkflowClient of the section 'Eachlabs' cannot be added beside EachlabsClient", problems[1]);
        Assert.Contains("with the name 'EU' cannot be added beside FalClient of the section 'Fal' with the name 'eu'", problems[2]);
        // The same once more adds to its configuration, and another name is another client.
        Assert.Equal(services.AddMediaClient(Workflows("Workflows")).Name, services.AddMediaClient(Workflows("Workflows")).Name);
        services.AddMediaClient(Workflows("Flows"), "second");

        static string Refusal(Action add) => Assert.Throws<InvalidOperationException>(add).Message;
    }

    private static MediaClientDefinition<EachlabsWorkflowClient, EachlabsClientOptions> Workflows(string section) => new(section)
    {
        Create = static options => new(options),
        GetKey = static options => options.ApiKey,
        SetKey = static (options, key) => options.ApiKey = key,
    };

    private sealed class OwnOptions : MediaClientOptions
    {
        public string? Token { get; set; }
    }

    private sealed class OwnClient(OwnOptions options, Zoetrope.Http.Transport transport) : MediaClient(new Unused(), options)
    {
        public OwnClient(OwnOptions options)
            : this(options, new("own", options, new CommonErrorReader(), new TrustedHosts("own.test"), new AuthHeader("X-Own", options.Token!)))
        {
        }

        public Zoetrope.Http.Transport Transport { get; } = transport;
    }

    private sealed class Unused : JobProtocol
    {
        public override string Provider => "own";

        public override PollSchedule Polling => new(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));

        public override Task<Jobs.SubmitReceipt> SubmitAsync(
            string endpointId, Json.RawJson input, Jobs.SubmitOptions? options, CancellationToken cancellationToken) => throw new NotSupportedException();

        public override Task<Jobs.JobStatus> GetStatusAsync(Jobs.JobHandle handle, bool logs, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public override Task<Jobs.JobOutput> GetOutputAsync(Jobs.JobHandle handle, Jobs.JobStatus completed, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public override Task<Jobs.CancelOutcome> CancelAsync(Jobs.JobHandle handle, CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}
