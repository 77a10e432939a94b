using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Http.Resilience;
using Microsoft.Extensions.Options;
using Polly;
using Zoetrope.Http;

namespace Zoetrope.Extensions.Hosting.Resilience;

/// <summary>
/// Teaches the standard handlers of Microsoft.Extensions.Http.Resilience, however they came to a client, to leave alone the requests that must be sent once:
/// they are neither repeated nor hedged, and no time limit other than the client's own ends them, because what has become of such a request would not be known
/// then. Requests of others are never marked, so nothing changes for them.
/// </summary>
internal sealed class ResilienceRules : IPostConfigureOptions<HttpStandardResilienceOptions>, IPostConfigureOptions<HttpStandardHedgingResilienceOptions>
{
    public static void Add(IServiceCollection services)
    {
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IPostConfigureOptions<HttpStandardResilienceOptions>, ResilienceRules>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IPostConfigureOptions<HttpStandardHedgingResilienceOptions>, ResilienceRules>());
    }

    public void PostConfigure(string? name, HttpStandardResilienceOptions options)
    {
        var handles = options.Retry.ShouldHandle;
        options.Retry.ShouldHandle = arguments => arguments.Context.MayBeSentAgain() ? handles(arguments) : new(false);
        LiftFor(options.AttemptTimeout);
        LiftFor(options.TotalRequestTimeout);
    }

    public void PostConfigure(string? name, HttpStandardHedgingResilienceOptions options)
    {
        var hedging = options.Hedging;
        var handles = hedging.ShouldHandle;
        hedging.ShouldHandle = arguments => arguments.Context.MayBeSentAgain() ? handles(arguments) : new(false);
        var delay = hedging.DelayGenerator;
        hedging.DelayGenerator = arguments => !arguments.Context.MayBeSentAgain() ? new(Timeout.InfiniteTimeSpan)
            : delay is null ? new(hedging.Delay)
            : delay(arguments);
        LiftFor(options.Endpoint.Timeout);
        LiftFor(options.TotalRequestTimeout);
    }

    private static void LiftFor(HttpTimeoutStrategyOptions timeout)
    {
        var generator = timeout.TimeoutGenerator;
        timeout.TimeoutGenerator = arguments =>
            !arguments.Context.MayBeSentAgain() || RequestMarks.IsLong(arguments.Context.GetRequestMessage()) ? new(Timeout.InfiniteTimeSpan)
            : generator is null ? new(timeout.Timeout)
            : generator(arguments);
    }
}
