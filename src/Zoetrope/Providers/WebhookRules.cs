using Zoetrope.Jobs;
using Zoetrope.Validation;

namespace Zoetrope.Providers;

/// <summary>The requirements of all providers for webhooks.</summary>
public static class WebhookRules
{
    /// <summary>Validates the webhook URL of a submit. Protocols call it before they send.</summary>
    /// <param name="options">The options of the submit; null, and options without a webhook, are valid.</param>
    /// <param name="local">Whether a URL of this machine is allowed: true when a local server stands in for the provider.</param>
    /// <param name="takesSecrets">Whether the provider takes a secret with the URL.</param>
    /// <exception cref="ArgumentException">A provider could not, or would not, post to that URL, or takes no secret.</exception>
    public static void Check(SubmitOptions? options, bool local, bool takesSecrets = false)
    {
        if (options?.WebhookSecret is { } secret)
        {
            const string Secret = nameof(SubmitOptions.WebhookSecret);
            if (!takesSecrets)
                throw OptionChecks.Invalid("The provider does not support a webhook secret of a submit. Nothing was sent.", Secret);
            if (string.IsNullOrWhiteSpace(secret))
                throw OptionChecks.Invalid("The webhook secret is empty.", Secret);
            if (options.WebhookUrl is null)
                throw OptionChecks.Invalid("A webhook secret needs a webhook URL.", Secret);
        }
        if (options?.WebhookUrl is not { } url)
            return;
        const string Name = nameof(SubmitOptions.WebhookUrl);
        if (!url.IsAbsoluteUri)
            throw OptionChecks.Invalid("The webhook URL must be absolute.", Name);
        if (UrlChecks.Problem(url.AbsoluteUri, local ? UrlKinds.PublicHttps | UrlKinds.Local : UrlKinds.PublicHttps) is { } problem)
            throw OptionChecks.Invalid($"The webhook URL must be a publicly reachable https URL, but it is {problem}.", Name);
    }
}
