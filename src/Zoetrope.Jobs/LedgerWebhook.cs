namespace Zoetrope.Jobs;

/// <summary>Where a provider posts the webhooks of a ledger's jobs.</summary>
/// <param name="Url">
/// The public https URL of an endpoint that passes what it has verified to <see cref="JobLedger.ReceiveAsync"/>, or a URL of this machine where a local server
/// stands in for the provider. Each job's own token is added to its query (<see cref="JobLedger.TokenParameter"/>).
/// </param>
/// <param name="Secret">
/// The <see cref="SubmitOptions.WebhookSecret"/> of the submits, for a provider that proves with it that a webhook is its own, such as Eachlabs. Null, the
/// default, for one that does not, such as fal.
/// </param>
public sealed record LedgerWebhook(Uri Url, string? Secret = null)
{
    /// <summary>The URL: the secret is not shown.</summary>
    public override string ToString() => Url.ToString();
}
