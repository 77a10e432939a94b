using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;
using Zoetrope.Clients;
using Zoetrope.Extensions.Hosting.Logging;
using Zoetrope.Extensions.Hosting.Settings;
using Zoetrope.Http;

namespace Zoetrope.Extensions.Hosting.Clients;

/// <summary>
/// The key of a client, which changes when the configuration does. The first request after it was loaded again reads it, so that nothing happens in the code
/// that loads it. A key is taken only with valid settings, and only for the addresses that the client was made with.
/// </summary>
/// <typeparam name="TClient">The client.</typeparam>
/// <typeparam name="TOptions">Its options.</typeparam>
internal sealed class CurrentKey<TClient, [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicParameterlessConstructor)] TOptions>
    : IBriefTokenProvider
    where TClient : MediaClient
    where TOptions : MediaClientOptions
{
    private readonly Lock _gate = new();
    private readonly IServiceProvider _services;
    private readonly MediaClientDefinition<TClient, TOptions> _definition;
    private readonly MediaClientRegistration _registration;
    private readonly HostLog _log;
    private readonly string? _first;
    private readonly (Uri? BaseUrl, object? Other) _destination;
    private volatile IChangeToken? _reload;
    private volatile string? _current;

    /// <summary>Initializes a new instance of the <see cref="CurrentKey{TClient, TOptions}"/> class.</summary>
    /// <param name="services">The services.</param>
    /// <param name="definition">The provider.</param>
    /// <param name="registration">The client.</param>
    /// <param name="options">The options that the client will be made with.</param>
    /// <param name="reload">Says whether the configuration was loaded again since they were read; null where there is none.</param>
    /// <param name="log">Where changes are logged, without the key.</param>
    public CurrentKey(
        IServiceProvider services, MediaClientDefinition<TClient, TOptions> definition, MediaClientRegistration registration, TOptions options,
        IChangeToken? reload, HostLog log)
    {
        (_services, _definition, _registration, _reload, _log) = (services, definition, registration, reload, log);
        _first = definition.GetKey(options)?.Trim();
        _destination = DestinationOf(options);
    }

    /// <summary>Returns the key for a request; null for the client's own.</summary>
    public ValueTask<string?> GetAsync(CancellationToken cancellationToken)
    {
        if (_reload is { HasChanged: true })
            Reload();
        return new(_current);
    }

    private void Reload()
    {
        lock (_gate)
        {
            if (_reload is not { HasChanged: true })
                return;
            // Before the section is read, so that a change meanwhile is seen.
            _reload = _registration.SectionOf(_services)!.GetReloadToken();
            try
            {
                Take(_services.GetRequiredService<IOptionsFactory<TOptions>>().Create(_registration.FullName));
            }
            catch (OptionsValidationException exception)
            {
                HostMessages.NotReloaded(_log.Logger, _registration.FullName, string.Join(' ', exception.Failures));
            }
            catch (Exception exception)
            {
                // Of the user's code that sets options. Its text may have the key.
                HostMessages.NotReloaded(_log.Logger, _registration.FullName, exception.GetType().Name);
            }
        }
    }

    private void Take(TOptions options)
    {
        if (!DestinationOf(options).Equals(_destination))
        {
            HostMessages.NeedsRestart(_log.Logger, _registration.FullName);
            return;
        }
        var key = _definition.GetKey(options)?.Trim();
        // Where there is none any more, the one before it stays.
        if (string.IsNullOrEmpty(key) || key == (_current ?? _first))
            return;
        if (key.AsSpan().ContainsAnyExceptInRange(' ', '~'))
        {
            var problem = $"{_registration.FullName}:{nameof(ClientSettings.ApiKey)} contains characters that are not valid in a header, such as a line break.";
            HostMessages.NotReloaded(_log.Logger, _registration.FullName, problem);
            return;
        }
        _current = key;
        HostMessages.KeyChanged(_log.Logger);
    }

    private (Uri? BaseUrl, object? Other) DestinationOf(TOptions options) => (options.BaseUrl, _definition.GetDestination?.Invoke(options));
}
