using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Zoetrope.Clients;
using Zoetrope.Extensions.Hosting.Settings;

namespace Zoetrope.Extensions.Hosting;

/// <summary>A client among the services of a host.</summary>
/// <param name="Section">The name of the provider's section, such as <c>Fal</c>.</param>
/// <param name="Name">The name of the client; empty for the one that has none.</param>
/// <param name="Type">The type of the client.</param>
/// <param name="HealthModel">The model for the health check.</param>
/// <param name="Resolve">Returns the client.</param>
internal sealed record MediaClientRegistration(
    string Section, string Name, Type Type, string? HealthModel, Func<IServiceProvider, MediaClient> Resolve)
{
    /// <summary>The section of all clients in the configuration.</summary>
    public const string Root = "Zoetrope";

    /// <summary>The name of the client within all clients, such as <c>Fal</c> or <c>Fal:eu</c>.</summary>
    public string ShortName => Name.Length == 0 ? Section : $"{Section}:{Name}";

    /// <summary>The path of its section in the configuration, and the name of its options and of its HTTP client.</summary>
    public string FullName => $"{Root}:{ShortName}";

    /// <summary>What the host knows of the client beside its options.</summary>
    public HostedClient Hosted { get; } = new();

    /// <summary>Returns its section; null where the services have no configuration.</summary>
    /// <param name="services">The services.</param>
    public IConfigurationSection? SectionOf(IServiceProvider services) => services.GetService<IConfiguration>()?.GetSection(FullName);

    /// <summary>Whether a setting of its section is true.</summary>
    /// <param name="services">The services.</param>
    /// <param name="setting">The name of the setting.</param>
    public bool IsSet(IServiceProvider services, string setting) => bool.TryParse(SectionOf(services)?[setting], out var isSet) && isSet;
}
