using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Zoetrope.Extensions.Hosting.Logging;

/// <summary>The log of a provider, which is made when there is something to log.</summary>
/// <param name="services">The services.</param>
/// <param name="section">The name of the provider's section, which is that of the log.</param>
internal sealed class HostLog(IServiceProvider services, string section)
{
    private ILogger? _logger;

    public ILogger Logger => _logger ??= services.GetRequiredService<ILoggerFactory>().CreateLogger($"{MediaClientRegistration.Root}.{section}");
}
