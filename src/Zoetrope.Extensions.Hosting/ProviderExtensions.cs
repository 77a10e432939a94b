using Microsoft.Extensions.DependencyInjection;
using Zoetrope.BlackForestLabs;
using Zoetrope.Eachlabs;
using Zoetrope.ElevenLabs;
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

/// <summary>
/// Adds the clients of providers to services, as <see cref="MediaClientExtensions.AddMediaClient"/> does. A client without a name is injected as its type, one
/// with a name as a keyed service, such as <c>[FromKeyedServices("eu")] FalClient</c>.
/// </summary>
public static class ProviderExtensions
{
    /// <summary>Adds the client of Black Forest Labs, with the settings of the section <c>Zoetrope:BlackForestLabs</c>.</summary>
    /// <param name="services">The services.</param>
    /// <param name="configure">Sets options in code, after those of the configuration; null for none.</param>
    public static MediaClientBuilder AddBlackForestLabs(this IServiceCollection services, Action<BlackForestLabsClientOptions>? configure = null) =>
        services.AddMediaClient(Providers.BlackForestLabs, null, configure);

    /// <summary>Adds a named client of Black Forest Labs, with the settings of the section <c>Zoetrope:BlackForestLabs:{name}</c>.</summary>
    /// <param name="services">The services.</param>
    /// <param name="name">The name, which is the key of the service.</param>
    /// <param name="configure">Sets options in code, after those of the configuration; null for none.</param>
    public static MediaClientBuilder AddBlackForestLabs(
        this IServiceCollection services, string name, Action<BlackForestLabsClientOptions>? configure = null) =>
        services.AddMediaClient(Providers.BlackForestLabs, name, configure);

    /// <summary>Adds the client of Eachlabs, with the settings of the section <c>Zoetrope:Eachlabs</c>.</summary>
    /// <param name="services">The services.</param>
    /// <param name="configure">Sets options in code, after those of the configuration; null for none.</param>
    public static MediaClientBuilder AddEachlabs(this IServiceCollection services, Action<EachlabsClientOptions>? configure = null) =>
        services.AddMediaClient(Providers.Eachlabs, null, configure);

    /// <summary>Adds a named client of Eachlabs, with the settings of the section <c>Zoetrope:Eachlabs:{name}</c>.</summary>
    /// <param name="services">The services.</param>
    /// <param name="name">The name, which is the key of the service.</param>
    /// <param name="configure">Sets options in code, after those of the configuration; null for none.</param>
    public static MediaClientBuilder AddEachlabs(this IServiceCollection services, string name, Action<EachlabsClientOptions>? configure = null) =>
        services.AddMediaClient(Providers.Eachlabs, name, configure);

    /// <summary>Adds the client of ElevenLabs, with the settings of the section <c>Zoetrope:ElevenLabs</c>.</summary>
    /// <param name="services">The services.</param>
    /// <param name="configure">Sets options in code, after those of the configuration; null for none.</param>
    public static MediaClientBuilder AddElevenLabs(this IServiceCollection services, Action<ElevenLabsClientOptions>? configure = null) =>
        services.AddMediaClient(Providers.ElevenLabs, null, configure);

    /// <summary>Adds a named client of ElevenLabs, with the settings of the section <c>Zoetrope:ElevenLabs:{name}</c>.</summary>
    /// <param name="services">The services.</param>
    /// <param name="name">The name, which is the key of the service.</param>
    /// <param name="configure">Sets options in code, after those of the configuration; null for none.</param>
    public static MediaClientBuilder AddElevenLabs(this IServiceCollection services, string name, Action<ElevenLabsClientOptions>? configure = null) =>
        services.AddMediaClient(Providers.ElevenLabs, name, configure);

    /// <summary>Adds the client of fal, with the settings of the section <c>Zoetrope:Fal</c>.</summary>
    /// <param name="services">The services.</param>
    /// <param name="configure">Sets options in code, after those of the configuration; null for none.</param>
    public static MediaClientBuilder AddFal(this IServiceCollection services, Action<FalClientOptions>? configure = null) =>
        services.AddMediaClient(Providers.Fal, null, configure);

    /// <summary>Adds a named client of fal, with the settings of the section <c>Zoetrope:Fal:{name}</c>.</summary>
    /// <param name="services">The services.</param>
    /// <param name="name">The name, which is the key of the service.</param>
    /// <param name="configure">Sets options in code, after those of the configuration; null for none.</param>
    public static MediaClientBuilder AddFal(this IServiceCollection services, string name, Action<FalClientOptions>? configure = null) =>
        services.AddMediaClient(Providers.Fal, name, configure);

    /// <summary>Adds the client of Higgsfield, with the settings of the section <c>Zoetrope:Higgsfield</c>.</summary>
    /// <param name="services">The services.</param>
    /// <param name="configure">Sets options in code, after those of the configuration; null for none.</param>
    public static MediaClientBuilder AddHiggsfield(this IServiceCollection services, Action<HiggsfieldClientOptions>? configure = null) =>
        services.AddMediaClient(Providers.Higgsfield, null, configure);

    /// <summary>Adds a named client of Higgsfield, with the settings of the section <c>Zoetrope:Higgsfield:{name}</c>.</summary>
    /// <param name="services">The services.</param>
    /// <param name="name">The name, which is the key of the service.</param>
    /// <param name="configure">Sets options in code, after those of the configuration; null for none.</param>
    public static MediaClientBuilder AddHiggsfield(this IServiceCollection services, string name, Action<HiggsfieldClientOptions>? configure = null) =>
        services.AddMediaClient(Providers.Higgsfield, name, configure);

    /// <summary>Adds the client of Leonardo, with the settings of the section <c>Zoetrope:Leonardo</c>.</summary>
    /// <param name="services">The services.</param>
    /// <param name="configure">Sets options in code, after those of the configuration; null for none.</param>
    public static MediaClientBuilder AddLeonardo(this IServiceCollection services, Action<LeonardoClientOptions>? configure = null) =>
        services.AddMediaClient(Providers.Leonardo, null, configure);

    /// <summary>Adds a named client of Leonardo, with the settings of the section <c>Zoetrope:Leonardo:{name}</c>.</summary>
    /// <param name="services">The services.</param>
    /// <param name="name">The name, which is the key of the service.</param>
    /// <param name="configure">Sets options in code, after those of the configuration; null for none.</param>
    public static MediaClientBuilder AddLeonardo(this IServiceCollection services, string name, Action<LeonardoClientOptions>? configure = null) =>
        services.AddMediaClient(Providers.Leonardo, name, configure);

    /// <summary>Adds the client of Luma, with the settings of the section <c>Zoetrope:Luma</c>.</summary>
    /// <param name="services">The services.</param>
    /// <param name="configure">Sets options in code, after those of the configuration; null for none.</param>
    public static MediaClientBuilder AddLuma(this IServiceCollection services, Action<LumaClientOptions>? configure = null) =>
        services.AddMediaClient(Providers.Luma, null, configure);

    /// <summary>Adds a named client of Luma, with the settings of the section <c>Zoetrope:Luma:{name}</c>.</summary>
    /// <param name="services">The services.</param>
    /// <param name="name">The name, which is the key of the service.</param>
    /// <param name="configure">Sets options in code, after those of the configuration; null for none.</param>
    public static MediaClientBuilder AddLuma(this IServiceCollection services, string name, Action<LumaClientOptions>? configure = null) =>
        services.AddMediaClient(Providers.Luma, name, configure);

    /// <summary>Adds the client of Replicate, with the settings of the section <c>Zoetrope:Replicate</c>.</summary>
    /// <param name="services">The services.</param>
    /// <param name="configure">Sets options in code, after those of the configuration; null for none.</param>
    public static MediaClientBuilder AddReplicate(this IServiceCollection services, Action<ReplicateClientOptions>? configure = null) =>
        services.AddMediaClient(Providers.Replicate, null, configure);

    /// <summary>Adds a named client of Replicate, with the settings of the section <c>Zoetrope:Replicate:{name}</c>.</summary>
    /// <param name="services">The services.</param>
    /// <param name="name">The name, which is the key of the service.</param>
    /// <param name="configure">Sets options in code, after those of the configuration; null for none.</param>
    public static MediaClientBuilder AddReplicate(this IServiceCollection services, string name, Action<ReplicateClientOptions>? configure = null) =>
        services.AddMediaClient(Providers.Replicate, name, configure);

    /// <summary>Adds the client of Runway, with the settings of the section <c>Zoetrope:Runway</c>.</summary>
    /// <param name="services">The services.</param>
    /// <param name="configure">Sets options in code, after those of the configuration; null for none.</param>
    public static MediaClientBuilder AddRunway(this IServiceCollection services, Action<RunwayClientOptions>? configure = null) =>
        services.AddMediaClient(Providers.Runway, null, configure);

    /// <summary>Adds a named client of Runway, with the settings of the section <c>Zoetrope:Runway:{name}</c>.</summary>
    /// <param name="services">The services.</param>
    /// <param name="name">The name, which is the key of the service.</param>
    /// <param name="configure">Sets options in code, after those of the configuration; null for none.</param>
    public static MediaClientBuilder AddRunway(this IServiceCollection services, string name, Action<RunwayClientOptions>? configure = null) =>
        services.AddMediaClient(Providers.Runway, name, configure);

    /// <summary>Adds the client of Together, with the settings of the section <c>Zoetrope:Together</c>.</summary>
    /// <param name="services">The services.</param>
    /// <param name="configure">Sets options in code, after those of the configuration; null for none.</param>
    public static MediaClientBuilder AddTogether(this IServiceCollection services, Action<TogetherClientOptions>? configure = null) =>
        services.AddMediaClient(Providers.Together, null, configure);

    /// <summary>Adds a named client of Together, with the settings of the section <c>Zoetrope:Together:{name}</c>.</summary>
    /// <param name="services">The services.</param>
    /// <param name="name">The name, which is the key of the service.</param>
    /// <param name="configure">Sets options in code, after those of the configuration; null for none.</param>
    public static MediaClientBuilder AddTogether(this IServiceCollection services, string name, Action<TogetherClientOptions>? configure = null) =>
        services.AddMediaClient(Providers.Together, name, configure);

    /// <summary>Adds the client of Topaz, with the settings of the section <c>Zoetrope:Topaz</c>.</summary>
    /// <param name="services">The services.</param>
    /// <param name="configure">Sets options in code, after those of the configuration; null for none.</param>
    public static MediaClientBuilder AddTopaz(this IServiceCollection services, Action<TopazClientOptions>? configure = null) =>
        services.AddMediaClient(Providers.Topaz, null, configure);

    /// <summary>Adds a named client of Topaz, with the settings of the section <c>Zoetrope:Topaz:{name}</c>.</summary>
    /// <param name="services">The services.</param>
    /// <param name="name">The name, which is the key of the service.</param>
    /// <param name="configure">Sets options in code, after those of the configuration; null for none.</param>
    public static MediaClientBuilder AddTopaz(this IServiceCollection services, string name, Action<TopazClientOptions>? configure = null) =>
        services.AddMediaClient(Providers.Topaz, name, configure);

    /// <summary>Adds the client of WaveSpeed, with the settings of the section <c>Zoetrope:WaveSpeed</c>.</summary>
    /// <param name="services">The services.</param>
    /// <param name="configure">Sets options in code, after those of the configuration; null for none.</param>
    public static MediaClientBuilder AddWaveSpeed(this IServiceCollection services, Action<WaveSpeedClientOptions>? configure = null) =>
        services.AddMediaClient(Providers.WaveSpeed, null, configure);

    /// <summary>Adds a named client of WaveSpeed, with the settings of the section <c>Zoetrope:WaveSpeed:{name}</c>.</summary>
    /// <param name="services">The services.</param>
    /// <param name="name">The name, which is the key of the service.</param>
    /// <param name="configure">Sets options in code, after those of the configuration; null for none.</param>
    public static MediaClientBuilder AddWaveSpeed(this IServiceCollection services, string name, Action<WaveSpeedClientOptions>? configure = null) =>
        services.AddMediaClient(Providers.WaveSpeed, name, configure);
}
