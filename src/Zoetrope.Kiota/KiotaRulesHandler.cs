using Zoetrope.Kiota.Handlers;

namespace Zoetrope.Kiota;

/// <summary>
/// Has Kiota's own handlers leave to the client what it decides itself: their <c>RetryHandler</c> sends nothing again, and their <c>RedirectHandler</c>
/// follows nothing, whatever options they were made with. It must be before them. <see cref="KiotaClientExtensions"/> adds it; add it yourself to a pipeline
/// that something else makes, such as that of an <c>IHttpClientBuilder</c>.
/// </summary>
/// <remarks>
/// The client repeats what was definitely not accepted, waits for <c>Retry-After</c>, and asks again during a wait. A second handler that does so would
/// multiply attempts, hide the outcome of a submit behind the refusal of the second one, and send keys that are not in <c>Authorization</c> to the host
/// that a redirect names.
/// </remarks>
public sealed class KiotaRulesHandler : DelegatingHandler
{
    /// <inheritdoc/>
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        KiotaRules.ApplyTo(request);
        return base.SendAsync(request, cancellationToken);
    }
}
