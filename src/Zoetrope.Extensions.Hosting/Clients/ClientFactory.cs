using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Zoetrope.Clients;
using Zoetrope.Errors;
using Zoetrope.Extensions.Hosting.Logging;
using Zoetrope.Extensions.Hosting.Settings;
using Zoetrope.Http;

namespace Zoetrope.Extensions.Hosting.Clients;

/// <summary>Makes a client of a host.</summary>
internal static class ClientFactory
{
    /// <summary>Makes a client.</summary>
    /// <param name="services">The services.</param>
    /// <param name="definition">The provider.</param>
    /// <param name="registration">The client.</param>
    /// <exception cref="OptionsValidationException">An option is not valid, or there is no key; the messages name the keys in the configuration.</exception>
    /// <exception cref="InvalidOperationException">The handlers of the HTTP client would follow redirects.</exception>
    public static TClient Create<TClient, [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicParameterlessConstructor)] TOptions>(
        IServiceProvider services, MediaClientDefinition<TClient, TOptions> definition, MediaClientRegistration registration)
        where TClient : MediaClient
        where TOptions : MediaClientOptions
    {
        var name = registration.FullName;
        // Its own instance: what is set here concerns this client alone.
        var options = services.GetRequiredService<IOptionsFactory<TOptions>>().Create(registration.Name);
        var hosted = registration.Hosted;
        var log = new HostLog(services, registration.Section);
        options.Observer ??= new JobLog(log, hosted.LogsInputs || registration.IsSet(services, nameof(ClientSettings.LogInputs)));
        if (options is { HttpClient: null, HttpClientSource: null })
        {
            var handlers = new HandlerSource(services, name);
            options.HttpClientSource = handlers.Get;
            if (handlers.HasOwnConnections())
                definition.WithOwnConnections?.Invoke(options);
        }
        if (hosted.TokenProvider is { } tokens)
            options.TokenProvider = token => tokens(services, token);
        var client = Make(definition, registration, options);
        if (options.TokenProvider is null)
            options.TokenProvider = new CurrentKey<TOptions>(services, registration.Name, definition.GetKey, definition.GetKey(options), log).GetAsync;
        return client;
    }

    private static TClient Make<TClient, TOptions>(
        MediaClientDefinition<TClient, TOptions> definition, MediaClientRegistration registration, TOptions options)
        where TClient : MediaClient
        where TOptions : MediaClientOptions
    {
        try
        {
            return definition.Create(options);
        }
        catch (MissingKeyException exception)
        {
            throw Invalid<TOptions>(registration, $"{registration.FullName}:{nameof(ClientSettings.ApiKey)} is not set. {exception.Message}");
        }
        catch (ArgumentException exception)
        {
            // The one about the key is that of the header that it would be in.
            var setting = exception.ParamName is null or "auth" ? nameof(ClientSettings.ApiKey) : exception.ParamName;
            throw Invalid<TOptions>(registration, SettingsReader.ProblemOf($"{registration.FullName}:{setting}", exception));
        }
    }

    private static OptionsValidationException Invalid<TOptions>(MediaClientRegistration registration, string problem) =>
        new(registration.Name, typeof(TOptions), [problem]);
}
