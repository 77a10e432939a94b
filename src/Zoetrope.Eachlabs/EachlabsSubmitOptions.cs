using Zoetrope.Jobs;
using Zoetrope.Providers;

namespace Zoetrope.Eachlabs;

/// <summary>
/// The options of a submit to Eachlabs, besides the request itself. A <see cref="SubmitOptions.WebhookSecret"/> comes with the webhook in the header
/// <c>X-Webhook-Secret</c>, which an <see cref="EachlabsWebhookReceiver"/> verifies.
/// </summary>
public sealed class EachlabsSubmitOptions : SubmitOptions
{
    /// <summary>Validates the options.</summary>
    /// <exception cref="ArgumentException">An option is not valid, or they belong to another provider.</exception>
    internal static void Check(SubmitOptions? options, bool local)
    {
        if (options is null)
            return;
        WebhookRules.Check(options, local, takesSecrets: true);
        if (options is not EachlabsSubmitOptions && options.GetType() != typeof(SubmitOptions))
            throw new ArgumentException($"Eachlabs takes {nameof(EachlabsSubmitOptions)}, not {options.GetType().Name}.", nameof(options));
    }
}
