using Zoetrope.BlackForestLabs;
using Zoetrope.Eachlabs;
using Zoetrope.ElevenLabs;
using Zoetrope.Extensions.Hosting.Settings;
using Zoetrope.Fal;
using Zoetrope.Higgsfield;
using Zoetrope.Leonardo;
using Zoetrope.Luma;
using Zoetrope.Replicate;
using Zoetrope.Runway;
using Zoetrope.Together;
using Zoetrope.Topaz;
using Zoetrope.WaveSpeed;

namespace Zoetrope.Extensions.Hosting;

/// <summary>The providers of this package. Each is a property of its own, so that a trimmed app contains those that it adds.</summary>
internal static class Providers
{
    /// <summary>The names of the sections of all providers.</summary>
    public static IReadOnlyList<string> Sections { get; } =
    [
        nameof(Fal), nameof(Eachlabs), nameof(BlackForestLabs), nameof(ElevenLabs), nameof(Higgsfield), nameof(Leonardo), nameof(Luma), nameof(Replicate),
        nameof(Runway), nameof(Together), nameof(Topaz), nameof(WaveSpeed),
    ];

    public static MediaClientDefinition<FalClient, FalClientOptions> Fal => new("Fal")
    {
        Create = static options => new(options),
        GetKey = static options => options.ApiKey,
        SetKey = static (options, key) => options.ApiKey = key,
        HealthModel = "fal-ai/flux/dev",
        OwnSettings =
        [
            nameof(ClientSettings.RunUrl), nameof(ClientSettings.RestUrl), nameof(ClientSettings.UseBackupHosts), nameof(ClientSettings.RunTimeout),
            nameof(ClientSettings.StreamIdleTimeout),
        ],
        Apply = static (options, settings, reader) =>
        {
            reader.Set(nameof(settings.RunUrl), settings.RunUrl, url => options.RunUrl = url);
            reader.Set(nameof(settings.RestUrl), settings.RestUrl, url => options.RestUrl = url);
            reader.Set(nameof(settings.UseBackupHosts), settings.UseBackupHosts, use => options.UseBackupHosts = use);
            reader.Set(nameof(settings.RunTimeout), settings.RunTimeout, time => options.RunTimeout = time);
            reader.Set(nameof(settings.StreamIdleTimeout), settings.StreamIdleTimeout, time => options.StreamIdleTimeout = time);
        },
        GetDestination = static options => (options.RunUrl, options.RestUrl),
        // As without a host: its connections lead to fal, and stop connecting in time.
        WithOwnConnections = static options => options.UseBackupHosts ??= true,
    };

    public static MediaClientDefinition<EachlabsClient, EachlabsClientOptions> Eachlabs => new("Eachlabs")
    {
        Create = static options => new(options),
        GetKey = static options => options.ApiKey,
        SetKey = static (options, key) => options.ApiKey = key,
        OwnSettings = [nameof(ClientSettings.RunTimeout), nameof(ClientSettings.StreamIdleTimeout)],
        Apply = static (options, settings, reader) =>
        {
            reader.Set(nameof(settings.RunTimeout), settings.RunTimeout, time => options.RunTimeout = time);
            reader.Set(nameof(settings.StreamIdleTimeout), settings.StreamIdleTimeout, time => options.StreamIdleTimeout = time);
        },
    };

    public static MediaClientDefinition<BlackForestLabsClient, BlackForestLabsClientOptions> BlackForestLabs => new("BlackForestLabs")
    {
        Create = static options => new(options),
        GetKey = static options => options.ApiKey,
        SetKey = static (options, key) => options.ApiKey = key,
    };

    public static MediaClientDefinition<ElevenLabsClient, ElevenLabsClientOptions> ElevenLabs => new("ElevenLabs")
    {
        Create = static options => new(options),
        GetKey = static options => options.ApiKey,
        SetKey = static (options, key) => options.ApiKey = key,
    };

    public static MediaClientDefinition<HiggsfieldClient, HiggsfieldClientOptions> Higgsfield => new("Higgsfield")
    {
        Create = static options => new(options),
        GetKey = static options => options.ApiKey,
        SetKey = static (options, key) => options.ApiKey = key,
    };

    public static MediaClientDefinition<LeonardoClient, LeonardoClientOptions> Leonardo => new("Leonardo")
    {
        Create = static options => new(options),
        GetKey = static options => options.ApiKey,
        SetKey = static (options, key) => options.ApiKey = key,
    };

    public static MediaClientDefinition<LumaClient, LumaClientOptions> Luma => new("Luma")
    {
        Create = static options => new(options),
        GetKey = static options => options.ApiKey,
        SetKey = static (options, key) => options.ApiKey = key,
    };

    public static MediaClientDefinition<ReplicateClient, ReplicateClientOptions> Replicate => new("Replicate")
    {
        Create = static options => new(options),
        GetKey = static options => options.ApiKey,
        SetKey = static (options, key) => options.ApiKey = key,
    };

    public static MediaClientDefinition<RunwayClient, RunwayClientOptions> Runway => new("Runway")
    {
        Create = static options => new(options),
        GetKey = static options => options.ApiKey,
        SetKey = static (options, key) => options.ApiKey = key,
    };

    public static MediaClientDefinition<TogetherClient, TogetherClientOptions> Together => new("Together")
    {
        Create = static options => new(options),
        GetKey = static options => options.ApiKey,
        SetKey = static (options, key) => options.ApiKey = key,
    };

    public static MediaClientDefinition<TopazClient, TopazClientOptions> Topaz => new("Topaz")
    {
        Create = static options => new(options),
        GetKey = static options => options.ApiKey,
        SetKey = static (options, key) => options.ApiKey = key,
    };

    public static MediaClientDefinition<WaveSpeedClient, WaveSpeedClientOptions> WaveSpeed => new("WaveSpeed")
    {
        Create = static options => new(options),
        GetKey = static options => options.ApiKey,
        SetKey = static (options, key) => options.ApiKey = key,
    };
}
