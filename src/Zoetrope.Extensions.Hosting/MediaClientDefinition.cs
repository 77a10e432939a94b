using Zoetrope.Clients;
using Zoetrope.Http;

namespace Zoetrope.Extensions.Hosting;

/// <summary>How the client of a provider is made and configured. The providers of this package have one each; write one for a provider of your own.</summary>
/// <typeparam name="TClient">The client.</typeparam>
/// <typeparam name="TOptions">Its options.</typeparam>
public sealed class MediaClientDefinition<TClient, TOptions>
    where TClient : MediaClient
    where TOptions : MediaClientOptions
{
    /// <summary>Initializes a new instance of the <see cref="MediaClientDefinition{TClient, TOptions}"/> class.</summary>
    /// <param name="section">The name of the provider's section below <c>Zoetrope</c> in the configuration, such as <c>Fal</c>.</param>
    /// <exception cref="ArgumentException">The name is empty, or contains a colon, which separates names in the configuration.</exception>
    public MediaClientDefinition(string section)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(section);
        if (section.Contains(':', StringComparison.Ordinal))
            throw new ArgumentException($"The section of a provider is a single name, not '{section}'.", nameof(section));
        Section = section;
    }

    /// <summary>The name of the provider's section below <c>Zoetrope</c> in the configuration.</summary>
    public string Section { get; }

    /// <summary>Creates the client, such as <c>options => new MyClient(options)</c>.</summary>
    public required Func<TOptions, TClient> Create { get; init; }

    /// <summary>Returns the key in the options; null where there is none.</summary>
    public required Func<TOptions, string?> GetKey { get; init; }

    /// <summary>Sets the key in the options.</summary>
    public required Action<TOptions, string> SetKey { get; init; }

    /// <summary>
    /// A model for the health check, whose job is asked for that does not exist; null where the address of a job does not depend on its model.
    /// </summary>
    public string? HealthModel { get; init; }

    /// <summary>Applies settings that only this provider has.</summary>
    internal Action<TOptions, Settings.ClientSettings, Settings.SettingsReader>? Apply { get; init; }

    /// <summary>The names of the settings that only this provider has.</summary>
    internal IReadOnlyList<string> OwnSettings { get; init; } = [];

    /// <summary>Returns what decides, beside the base URL, where and how the key is sent; null for nothing.</summary>
    internal Func<TOptions, object?>? GetDestination { get; init; }

    /// <summary>Called where the primary handler is that of this package. The handlers above it may be the user's own.</summary>
    internal Action<TOptions>? WithOwnConnections { get; init; }
}
