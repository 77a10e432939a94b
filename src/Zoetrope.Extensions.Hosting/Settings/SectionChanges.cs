using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;

namespace Zoetrope.Extensions.Hosting.Settings;

/// <summary>Reports that the section of a client has changed.</summary>
/// <typeparam name="TOptions">The options.</typeparam>
/// <param name="name">The name of the options.</param>
/// <param name="section">The section; null where the services have no configuration.</param>
internal sealed class SectionChanges<TOptions>(string name, IConfigurationSection? section) : IOptionsChangeTokenSource<TOptions>
{
    private static readonly CancellationChangeToken Never = new(CancellationToken.None);

    public string? Name => name;

    public IChangeToken GetChangeToken() => section?.GetReloadToken() ?? Never;
}
