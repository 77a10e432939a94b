using Microsoft.Extensions.DependencyInjection;

namespace Zoetrope.Extensions.Hosting;

/// <summary>
/// A client that is being added to services. It is a builder of HTTP clients, too: all that Microsoft.Extensions.Http and other packages do with those works
/// with this one, such as <c>AddHttpMessageHandler</c>, <c>ConfigurePrimaryHttpMessageHandler</c> and <c>SetHandlerLifetime</c>. Calls of such methods return
/// their own type, so those of this one come first.
/// </summary>
public sealed class MediaClientBuilder : IHttpClientBuilder
{
    internal MediaClientBuilder(IServiceCollection services, MediaClientRegistration registration)
    {
        Services = services;
        Registration = registration;
    }

    /// <summary>The full name of the client, which is its section in the configuration and the name of its HTTP client, such as <c>Zoetrope:Fal</c>.</summary>
    public string Name => Registration.FullName;

    /// <summary>The services.</summary>
    public IServiceCollection Services { get; }

    internal MediaClientRegistration Registration { get; }

    /// <summary>
    /// Gets the key for each request from a function, such as one that asks a vault, in place of the key in the configuration or the environment. It is called
    /// often, and should keep a key for as long as it is valid. Where it throws, or returns none, nothing was sent: a submit is tried again, and a wait goes
    /// on.
    /// </summary>
    /// <param name="provider">Returns the key, given the services of a scope of its own. A null or empty one fails the request.</param>
    /// <returns>This builder.</returns>
    public MediaClientBuilder UseTokenProvider(Func<IServiceProvider, CancellationToken, ValueTask<string?>> provider)
    {
        ArgumentNullException.ThrowIfNull(provider);
        Registration.Hosted.TokenProvider = provider;
        return this;
    }

    /// <summary>
    /// Logs the inputs of jobs, which contain what users wrote, and what providers say of them when they refuse them. The setting <c>LogInputs</c> does the
    /// same. By default neither is logged.
    /// </summary>
    /// <returns>This builder.</returns>
    public MediaClientBuilder LogInputs()
    {
        Registration.Hosted.LogsInputs = true;
        return this;
    }
}
