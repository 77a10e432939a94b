using Zoetrope.Validation;

namespace Zoetrope.Jobs;

/// <summary>The options of a submit that are not part of the request itself. Providers derive their own types with further options.</summary>
public class SubmitOptions
{
    /// <summary>The public https URL to which the provider posts the result when the job ends. None by default.</summary>
    public Uri? WebhookUrl { get; set; }

    /// <summary>Additional headers of the submit. The authentication header cannot be set here.</summary>
    public IDictionary<string, string> Headers { get; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether the request is validated before it is sent; true by default. If false, an invalid request is sent and may be billed.</summary>
    public bool Validate { get; set; } = true;

    /// <summary>
    /// Once this token is canceled, nothing further is sent: a wait for a limit or for the next attempt ends with an <see cref="OperationCanceledException"/>,
    /// and there is no job. A submit that is in flight continues, so its job is not lost. Meant for programs that are asked to shut down; none by default.
    /// </summary>
    public CancellationToken Stopping { get; set; }

    /// <summary>
    /// Called before the submit is sent again, which happens only if the previous attempt was definitely rejected: no connection was made, or the response was
    /// 429. An exception thrown here ends the submit, and there is no job. None by default.
    /// </summary>
    public Action<SubmitRetry>? OnRetry { get; set; }

    /// <summary>Validates the webhook URL against the requirements of all providers. Protocols call it before they send.</summary>
    /// <param name="local">Whether a URL of this machine is allowed: true when a local server stands in for the provider.</param>
    /// <exception cref="ArgumentException">A provider could not, or would not, post to that URL.</exception>
    public void CheckWebhook(bool local)
    {
        if (WebhookUrl is null)
            return;
        if (!WebhookUrl.IsAbsoluteUri)
            throw OptionChecks.Invalid("The webhook URL must be absolute.", nameof(WebhookUrl));
        if (UrlChecks.Problem(WebhookUrl.AbsoluteUri, local ? UrlKinds.PublicHttps | UrlKinds.Local : UrlKinds.PublicHttps) is { } problem)
            throw OptionChecks.Invalid($"The webhook URL must be a publicly reachable https URL, but it is {problem}.", nameof(WebhookUrl));
    }
}
