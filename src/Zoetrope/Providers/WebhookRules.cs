using Zoetrope.Jobs;
using Zoetrope.Validation;

namespace Zoetrope.Providers;

/// <summary>The requirements of all providers for webhooks.</summary>
public static class WebhookRules
{
    /// <summary>Validates the webhook URL of a submit. Protocols call it before they send.</summary>
    /// <param name="options">The options of the submit; null, and options without a webhook, are valid.</param>
    /// <param name="local">Whether a URL of this machine is allowed: true when a local server stands in for the provider.</param>
    /// <exception cref="ArgumentException">A provider could not, or would not, post to that URL.</exception>
    public static void Check(SubmitOptions? options, bool local)
    {
        if (options?.WebhookUrl is not { } url)
            return;
        const string Name = nameof(SubmitOptions.WebhookUrl);
        if (!url.IsAbsoluteUri)
            throw OptionChecks.Invalid("The webhook URL must be absolute.", Name);
        if (UrlChecks.Problem(url.AbsoluteUri, local ? UrlKinds.PublicHttps | UrlKinds.Local : UrlKinds.PublicHttps) is { } problem)
            throw OptionChecks.Invalid($"The webhook URL must be a publicly reachable https URL, but it is {problem}.", Name);
    }
}
