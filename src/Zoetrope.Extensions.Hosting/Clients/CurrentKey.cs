using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Zoetrope.Extensions.Hosting.Logging;
using Zoetrope.Http;

namespace Zoetrope.Extensions.Hosting.Clients;

/// <summary>The key of a client, which changes when the configuration does.</summary>
/// <typeparam name="TOptions">The options of the client.</typeparam>
/// <param name="services">The services, whose options are watched from the first request on.</param>
/// <param name="name">The name of the options.</param>
/// <param name="getKey">Returns the key in options.</param>
/// <param name="first">The key that the client was made with; null where it is in the environment.</param>
/// <param name="log">Where a change is logged, without the key.</param>
internal sealed class CurrentKey<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicParameterlessConstructor)] TOptions>(
    IServiceProvider services, string name, Func<TOptions, string?> getKey, string? first, HostLog log)
    where TOptions : MediaClientOptions
{
    private readonly Lock _gate = new();
    private string? _current;
    private bool _isWatching;

    /// <summary>Returns the key for a request; null for the client's own.</summary>
    public ValueTask<string?> GetAsync(CancellationToken cancellationToken)
    {
        if (!Volatile.Read(ref _isWatching))
            Watch();
        return new(Volatile.Read(ref _current));
    }

    private void Watch()
    {
        lock (_gate)
        {
            if (_isWatching)
                return;
            var monitor = services.GetRequiredService<IOptionsMonitor<TOptions>>();
            monitor.OnChange((changed, changedName) =>
            {
                if (changedName == name)
                    Change(getKey(changed));
            });
            try
            {
                // It may have changed since the client was made.
                Change(getKey(monitor.Get(name)));
            }
            catch (OptionsValidationException)
            {
                // The configuration has become invalid, and is not used, as when it becomes so later.
            }
            Volatile.Write(ref _isWatching, true);
        }
    }

    // Where there is no key any more, the one before it stays.
    private void Change(string? key)
    {
        key = key?.Trim();
        if (string.IsNullOrEmpty(key) || key == (Volatile.Read(ref _current) ?? first?.Trim()))
            return;
        Volatile.Write(ref _current, key);
        HostMessages.KeyChanged(log.Logger);
    }
}
