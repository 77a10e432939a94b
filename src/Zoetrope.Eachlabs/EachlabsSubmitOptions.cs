using Zoetrope.Jobs;
using Zoetrope.Providers;

namespace Zoetrope.Eachlabs;

/// <summary>The options of a submit to Eachlabs, besides the request itself.</summary>
public sealed class EachlabsSubmitOptions : SubmitOptions
{
    /// <summary>
    /// The secret that Eachlabs sends with the webhook (header <c>X-Webhook-Secret</c>), so that the receiver can verify the sender. None by
    /// default; it requires <see cref="SubmitOptions.WebhookUrl"/>.
    /// </summary>
    public string? WebhookSecret { get; set; }

    /// <summary>Validates the options.</summary>
    /// <exception cref="ArgumentException">An option is not valid, or they belong to another provider.</exception>
    internal static void Check(SubmitOptions? options, bool local)
    {
        if (options is null)
            return;
        WebhookRules.Check(options, local);
        if (options is EachlabsSubmitOptions { WebhookSecret: { } secret } own)
        {
            if (secret.Length == 0)
                throw new ArgumentException("The webhook secret is empty.", nameof(WebhookSecret));
            if (own.WebhookUrl is null)
                throw new ArgumentException("A webhook secret needs a webhook URL.", nameof(WebhookSecret));
        }
        else if (options is not EachlabsSubmitOptions && options.GetType() != typeof(SubmitOptions))
        {
            throw new ArgumentException($"Eachlabs takes {nameof(EachlabsSubmitOptions)}, not {options.GetType().Name}.", nameof(options));
        }
    }
}
