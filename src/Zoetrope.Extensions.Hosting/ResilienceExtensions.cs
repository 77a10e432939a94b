using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Http.Resilience;
using Polly;
using Zoetrope.Http;

namespace Zoetrope.Extensions.Hosting;

/// <summary>Resilience that never pays twice.</summary>
public static class ResilienceExtensions
{
    /// <summary>
    /// Adds the standard resilience handler in place of any other that the client has, for example by <c>ConfigureHttpClientDefaults</c>: a limit of requests
    /// at once, retries and a circuit breaker. What must be sent once is sent once, and only the client's own time limits end it; while the circuit is open, a
    /// submit is not sent, and fails as one that was not accepted, so that a router goes on to another provider.
    /// </summary>
    /// <param name="builder">The client.</param>
    /// <returns>The builder of the handler, to configure it further.</returns>
    /// <remarks>
    /// The standard handlers of Microsoft.Extensions.Http.Resilience keep these rules at every client of this package, also where they were added otherwise.
    /// </remarks>
    public static IHttpStandardResiliencePipelineBuilder AddZoetropeResilience(this IHttpClientBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        Resilience.ResilienceRules.Add(builder.Services);
#pragma warning disable EXTEXP0001 // To remove the handlers of defaults; otherwise each request would be repeated by two.
        builder.RemoveAllResilienceHandlers();
#pragma warning restore EXTEXP0001
        return builder.AddStandardResilienceHandler();
    }

    /// <summary>
    /// Whether a handler may send the request of a resilience pipeline again, or hedge it: for <c>ShouldHandle</c> of strategies of your own. It is false where
    /// <see cref="RequestMarks.SendOnce"/> is set, whatever the outcome.
    /// </summary>
    /// <param name="context">The context of the strategy's arguments.</param>
    public static bool MayBeSentAgain(this ResilienceContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return !RequestMarks.IsSentOnce(context.GetRequestMessage());
    }
}
