using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Zoetrope.Clients;
using Zoetrope.Errors;
using Zoetrope.Extensions.Hosting.Logging;
using Zoetrope.Extensions.Hosting.Settings;
using Zoetrope.Http;

namespace Zoetrope.Extensions.Hosting.Clients;

/// <summary>Creates a client of a host.</summary>
internal static class ClientFactory
{
    /// <summary>Creates a client.</summary>
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
        // First, because a key that is missing may be in a section with a misspelled name.
        if (SectionNames.Problems(services) is { Count: > 0 } problems)
            throw new OptionsValidationException(name, typeof(TOptions), problems);
        // Before the section is read, so that a change meanwhile is seen.
        var reload = registration.SectionOf(services)?.GetReloadToken();
        // Its own instance: what is set here concerns this client alone.
        var options = services.GetRequiredService<IOptionsFactory<TOptions>>().Create(name);
        var hosted = registration.Hosted;
        var log = new HostLog(services, registration);
        options.Observer ??= new JobLog(log, hosted.LogsInputs || registration.IsSet(services, nameof(ClientSettings.LogInputs)));
        // First, because what the user does may throw.
        options.OnDeprecation = log.Deprecated + options.OnDeprecation;
        if (options is { HttpClient: null, HttpClientSource: null })
        {
            var handlers = new HandlerSource(services, name);
            options.HttpClientSource = handlers.Get;
            if (handlers.HasOwnConnections())
                definition.WithOwnConnections?.Invoke(options);
        }
        if (hosted.TokenProvider is { } tokens)
        {
            options.TokenProvider = token => AskAsync(services, tokens, token);
            // In place of the key of the configuration or the environment, which may be of another account. It is never sent.
            definition.SetKey(options, $"key-of-token-provider-{Guid.NewGuid():N}");
        }
        if (options.TokenProvider is not null)
            return Make(definition, registration, options);
        // Made before the client completes the addresses in the options, and set after it, because a client with a provider needs no key of its own.
        var key = new CurrentKey<TClient, TOptions>(services, definition, registration, options, reload, log);
        var client = Make(definition, registration, options);
        options.TokenProvider = key.GetAsync;
        return client;
    }

    private static async ValueTask<string?> AskAsync(
        IServiceProvider services, Func<IServiceProvider, CancellationToken, ValueTask<string?>> tokens, CancellationToken ct)
    {
        var scope = services.CreateAsyncScope();
        await using (scope.ConfigureAwait(false))
        {
            string? key;
            try
            {
                key = await tokens(scope.ServiceProvider, ct).ConfigureAwait(false);
            }
            catch (Exception exception) when (exception is not OperationCanceledException || !ct.IsCancellationRequested)
            {
                throw new TokenProviderException(exception.Message, exception);
            }
            // The client would take its own for none.
            return string.IsNullOrWhiteSpace(key) ? throw new TokenProviderException("it returned no key") : key;
        }
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
        new(registration.FullName, typeof(TOptions), [problem]);
}
