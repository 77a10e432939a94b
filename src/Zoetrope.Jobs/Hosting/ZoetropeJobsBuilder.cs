using Microsoft.Extensions.DependencyInjection;
using Zoetrope.Jobs.Storage;

namespace Zoetrope.Jobs.Hosting;

/// <summary>A ledger that is being added to a host.</summary>
/// <param name="services">The services.</param>
public sealed class ZoetropeJobsBuilder(IServiceCollection services)
{
    /// <summary>The services.</summary>
    public IServiceCollection Services { get; } = services;

    /// <summary>Sets the store, which is disposed with the host.</summary>
    /// <param name="store">Creates the store.</param>
    public ZoetropeJobsBuilder UseStore(Func<IServiceProvider, LedgerStore> store)
    {
        ArgumentNullException.ThrowIfNull(store);
        Services.AddSingleton(store);
        return this;
    }
}
