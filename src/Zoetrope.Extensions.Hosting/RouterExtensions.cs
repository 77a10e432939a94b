using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Zoetrope.Clients;
using Zoetrope.Routing;

namespace Zoetrope.Extensions.Hosting;

/// <summary>Adds a router over clients to services.</summary>
public static class RouterExtensions
{
    /// <summary>The name of its section.</summary>
    internal const string Name = "Router";

    private const string Section = $"{MediaClientRegistration.Root}:{Name}";
    private const string Setting = $"{Section}:Clients";

    /// <summary>
    /// Adds a <see cref="MediaRouter"/> as a singleton, over clients that are added before or after it. Its clients, in order of preference, are those that are
    /// named here; or else those of the list <c>Zoetrope:Router:Clients</c> in the configuration; or else all that have no name of their own, in the order in
    /// which they were added.
    /// </summary>
    /// <exception cref="InvalidOperationException">The services have a router already.</exception>
    /// <param name="services">The services.</param>
    /// <param name="clients">The clients by their sections below <c>Zoetrope</c>, such as <c>Fal</c> or <c>Fal:eu</c>; at most one of a provider.</param>
    public static IServiceCollection AddMediaRouter(this IServiceCollection services, params string[] clients) =>
        services.AddMediaRouter(static (_, members) => new MediaRouter(members), clients);

    /// <summary>Adds a router that is made by a function, for example to set <see cref="MediaRouter.PriceSource"/>.</summary>
    /// <param name="services">The services.</param>
    /// <param name="create">Creates the router of its clients.</param>
    /// <param name="clients">The clients by their sections below <c>Zoetrope</c>; none for those of the configuration.</param>
    /// <inheritdoc cref="AddMediaRouter(IServiceCollection, string[])" path="/summary"/>
    public static IServiceCollection AddMediaRouter(
        this IServiceCollection services, Func<IServiceProvider, MediaClient[], MediaRouter> create, params string[] clients)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(create);
        ArgumentNullException.ThrowIfNull(clients);
        if (services.Any(static service => service.ServiceType == typeof(MediaRouter) && !service.IsKeyedService))
            throw new InvalidOperationException("The services have a router already, and the clients of a second one would not be used.");
        services.AddSingleton(provider => create(provider, Members(provider, clients)));
        MediaClientExtensions.AddStarted(services, static provider => provider.GetRequiredService<MediaRouter>());
        return services;
    }

    private static MediaClient[] Members(IServiceProvider services, string[] clients)
    {
        var known = services.GetServices<MediaClientRegistration>().ToList();
        string[] names = clients.Length > 0 ? clients : [.. Configured(services)];
        if (names.Length == 0)
        {
            var unnamed = known.FindAll(static client => client.Name.Length == 0);
            return unnamed.Count == 0
                ? throw new InvalidOperationException($"The router has no clients: add some, as with AddFal(), and name them in {Setting} if they have names.")
                : [.. unnamed.Select(client => client.Resolve(services))];
        }
        return Array.ConvertAll(names, name => Find(known, name).Resolve(services));
    }

    private static IEnumerable<string> Configured(IServiceProvider services)
    {
        if (services.GetService<IConfiguration>()?.GetSection(Section) is not { } router)
            return [];
        foreach (var child in router.GetChildren())
        {
            if (!child.Path.Equals(Setting, StringComparison.OrdinalIgnoreCase) || !string.IsNullOrEmpty(child.Value))
                throw new InvalidOperationException($"{child.Path} is not a setting of the router, which has the list {Setting}.");
        }
        return router.GetSection("Clients").GetChildren().Select(static child => child.Value ?? "");
    }

    private static MediaClientRegistration Find(List<MediaClientRegistration> known, string name) =>
        known.Find(client => client.ShortName.Equals(name, StringComparison.OrdinalIgnoreCase))
        ?? throw new InvalidOperationException(
            $"The router names the client '{name}' ({Setting}), which was not added. Those that were: "
            + $"{string.Join(", ", known.Select(static client => client.ShortName))}.");
}
