using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Http;
using Microsoft.Extensions.Options;
using Zoetrope.Clients;
using Zoetrope.Extensions.Hosting.Clients;
using Zoetrope.Extensions.Hosting.Resilience;
using Zoetrope.Extensions.Hosting.Settings;
using Zoetrope.Http;

namespace Zoetrope.Extensions.Hosting;

/// <summary>Adds clients of any provider to services.</summary>
public static class MediaClientExtensions
{
    /// <summary>
    /// Adds the client of a provider, as a singleton: <typeparamref name="TClient"/>, or, where it has a name, a keyed service with that key. Its settings are
    /// those of the section <c>Zoetrope:{section}</c>, or <c>Zoetrope:{section}:{name}</c>, of the configuration, which the services have in a host, and then
    /// those of <paramref name="configure"/>. Its options and its HTTP client have the name of the section. To add it again only adds to its configuration.
    /// </summary>
    /// <typeparam name="TClient">The client.</typeparam>
    /// <typeparam name="TOptions">Its options.</typeparam>
    /// <param name="services">The services.</param>
    /// <param name="definition">How the client is made.</param>
    /// <param name="name">The name of the client; null or empty for the one that has none.</param>
    /// <param name="configure">Sets options in code, after those of the configuration; null for none.</param>
    /// <exception cref="ArgumentException">The name is that of a setting, or contains a colon.</exception>
    /// <exception cref="InvalidOperationException">
    /// The section and the name are those of a client of another type, or the type and the name are those of a client of another section.
    /// </exception>
    public static MediaClientBuilder AddMediaClient<
        TClient, [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicParameterlessConstructor)] TOptions>(
        this IServiceCollection services, MediaClientDefinition<TClient, TOptions> definition, string? name = null, Action<TOptions>? configure = null)
        where TClient : MediaClient
        where TOptions : MediaClientOptions
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(definition);
        name ??= Options.DefaultName;
        if (name.Contains(':', StringComparison.Ordinal) || SettingsReader.IsSetting(name, definition.OwnSettings))
        {
            throw new ArgumentException(
                $"A client of {definition.Section} cannot have the name '{name}', which means something else in its section.", nameof(name));
        }
        if (Find(services, definition.Section, name, typeof(TClient)) is { } known)
        {
            if (configure is not null)
                services.Configure(known.FullName, configure);
            return new MediaClientBuilder(services, known);
        }
        var registration = new MediaClientRegistration(
            definition.Section,
            name,
            typeof(TClient),
            definition.HealthModel,
            name.Length == 0
                ? static provider => provider.GetRequiredService<TClient>()
                : provider => provider.GetRequiredKeyedService<TClient>(name));
        AddSettings(services, definition, registration);
        if (configure is not null)
            services.Configure(registration.FullName, configure);
        AddConnections(services, registration.FullName);
        services.AddSingleton(registration);
        if (name.Length == 0)
            services.AddSingleton(provider => ClientFactory.Create(provider, definition, registration));
        else
            services.AddKeyedSingleton(name, (provider, _) => ClientFactory.Create(provider, definition, registration));
        AddStarted(services, provider =>
        {
            // A host has the time to make the handlers, too, whose mistakes would come to light with the first request.
            new HandlerSource(provider, registration.FullName).Get();
            return registration.Resolve(provider);
        });
        return new MediaClientBuilder(services, registration);
    }

    /// <summary>Creates a service when the host starts.</summary>
    internal static void AddStarted(IServiceCollection services, Func<IServiceProvider, object> resolve)
    {
        services.AddSingleton(new StartedService(resolve));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, StartCheck>());
    }

    // What has the same name would take the place of the other: its key, its address, or itself.
    private static MediaClientRegistration? Find(IServiceCollection services, string section, string name, Type type)
    {
        foreach (var service in services)
        {
            if (service.IsKeyedService || service.ImplementationInstance is not MediaClientRegistration known)
                continue;
            var isSameSection = IsSame(known.Section, section) && IsSame(known.Name, name);
            if (isSameSection && known.Type == type && known.Section == section && known.Name == name)
                return known;
            if (isSameSection || (known.Type == type && known.Name == name))
            {
                throw new InvalidOperationException(
                    $"The client {type.Name} of the section '{section}'{Named(name)} cannot be added beside {known.Type.Name} of the section '{known.Section}'"
                    + $"{Named(known.Name)}: give one of them another name, which is the key of its service and a section of its own.");
            }
        }
        return null;
    }

    private static string Named(string name) => name.Length == 0 ? "" : $" with the name '{name}'";

    // As in the configuration.
    private static bool IsSame(string left, string right) => left.Equals(right, StringComparison.OrdinalIgnoreCase);

    private static void AddSettings<TClient, [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicParameterlessConstructor)] TOptions>(
        IServiceCollection services, MediaClientDefinition<TClient, TOptions> definition, MediaClientRegistration registration)
        where TClient : MediaClient
        where TOptions : MediaClientOptions
    {
        services.AddOptions();
        services.AddSingleton<IConfigureOptions<TOptions>>(provider => new ConfigureNamedOptions<TOptions>(registration.FullName, options =>
        {
            if (registration.SectionOf(provider) is not { } section)
                return;
            var reader = new SettingsReader(section);
            if (reader.Read(definition.OwnSettings, NamesIn(provider, registration)) is { } settings)
            {
                reader.Apply(options, settings);
                definition.Apply?.Invoke(options, settings, reader);
                if (!string.IsNullOrWhiteSpace(settings.ApiKey))
                    definition.SetKey(options, settings.ApiKey);
            }
            if (reader.Problems.Count > 0)
                throw new OptionsValidationException(registration.FullName, typeof(TOptions), reader.Problems);
        }));
    }

    // The sections in that of the client that has no name.
    private static IEnumerable<string> NamesIn(IServiceProvider services, MediaClientRegistration registration) => registration.Name.Length > 0
        ? []
        : from client in services.GetServices<MediaClientRegistration>()
          where client.Name.Length > 0 && client.Section == registration.Section
          select client.Name;

    private static void AddConnections(IServiceCollection services, string name)
    {
        // Before all other configuration of HTTP clients, so that what the user says of all of them, or of this one, comes after it.
        services.Insert(0, ServiceDescriptor.Singleton<IConfigureOptions<HttpClientFactoryOptions>>(new ConfigureNamedOptions<HttpClientFactoryOptions>(
            name, static options => options.HttpMessageHandlerBuilderActions.Add(static builder => builder.PrimaryHandler = new ProviderConnections()))));
        // What it logs of each request costs memory, and is in the log of jobs.
        services.AddHttpClient(name).RemoveAllLoggers();
        ResilienceRules.Add(services);
    }
}
