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

    /// <summary>Validates the options of a run whose response is its result.</summary>
    /// <exception cref="ArgumentException">An option does not apply.</exception>
    internal void CheckForRun()
    {
        if (WebhookUrl is not null || WebhookSecret is not null)
            throw new ArgumentException("A direct run and a chat take no webhook: their result is the response itself. Nothing was sent.", nameof(WebhookUrl));
        if (MaxCost is not null)
            throw new ArgumentException("A direct run has no limit of its cost: estimate it with EstimateAsync before. Nothing was sent.", nameof(MaxCost));
        if (IdempotencyKey is not null)
            throw new ArgumentException("Eachlabs honors no idempotency keys. Nothing was sent.", nameof(IdempotencyKey));
    }
}
