using Zoetrope.Validation;

namespace Zoetrope.Jobs;

/// <summary>What can be said about a submit besides the request itself. Providers have their own kinds with more.</summary>
public class SubmitOptions
{
    /// <summary>Where the provider posts the result when the job ends: a public https URL. None by default.</summary>
    public Uri? WebhookUrl { get; set; }

    /// <summary>Headers to send along with the submit. The authentication header cannot be set here.</summary>
    public IDictionary<string, string> Headers { get; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether the request is checked before it is sent; true by default. False sends it as it is, at the user's cost.</summary>
    public bool Validate { get; set; } = true;

    /// <summary>
    /// Once it is cancelled nothing is sent any more: a wait for a limit or for the next attempt ends with an <see cref="OperationCanceledException"/>, and there is
    /// no job. A submit that is on its way goes on, so its job is not lost. For programs that are asked to stop; never by default.
    /// </summary>
    public CancellationToken Stopping { get; set; }

    /// <summary>
    /// Is called before the submit is sent again, which happens only when the attempt before surely was not accepted: no connection was made, or the response
    /// was 429. What it throws ends the submit, and there is no job. None by default.
    /// </summary>
    public Action<SubmitRetry>? OnRetry { get; set; }

    /// <summary>Checks what all providers ask of a webhook. For protocols, before they send.</summary>
    /// <param name="local">Whether a URL of this machine is fine: when the provider is played by a local server.</param>
    /// <exception cref="ArgumentException">A provider could not, or would not, post to that URL.</exception>
    public void CheckWebhook(bool local)
    {
        if (WebhookUrl is null)
            return;
        if (!WebhookUrl.IsAbsoluteUri)
            throw new ArgumentException("The webhook URL must be absolute.", nameof(WebhookUrl));
        if (UrlChecks.Problem(WebhookUrl.AbsoluteUri, local ? UrlKinds.PublicHttps | UrlKinds.Local : UrlKinds.PublicHttps) is { } problem)
            throw new ArgumentException($"The webhook URL must be a publicly reachable https URL, and this is {problem}.", nameof(WebhookUrl));
    }
}
