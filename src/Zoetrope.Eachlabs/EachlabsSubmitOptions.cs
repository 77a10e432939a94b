using Zoetrope.Jobs;

namespace Zoetrope.Eachlabs;

/// <summary>What can be said about a submit to Eachlabs besides the request itself.</summary>
public sealed class EachlabsSubmitOptions : SubmitOptions
{
    /// <summary>
    /// What Eachlabs sends along with the webhook (header <c>X-Webhook-Secret</c>), so that its receiver can tell it from others'. None by
    /// default; it needs <see cref="SubmitOptions.WebhookUrl"/>.
    /// </summary>
    public string? WebhookSecret { get; set; }

    /// <summary>Checks the options.</summary>
    /// <exception cref="ArgumentException">An option is not valid, or they are another provider's.</exception>
    internal static void Check(SubmitOptions? options, bool local)
    {
        if (options is null)
            return;
        options.CheckWebhook(local);
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
