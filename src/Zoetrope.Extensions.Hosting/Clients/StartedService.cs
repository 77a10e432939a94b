namespace Zoetrope.Extensions.Hosting.Clients;

/// <summary>A service that is made when the host starts.</summary>
/// <param name="Resolve">Returns it.</param>
internal sealed record StartedService(Func<IServiceProvider, object> Resolve);
