namespace Zoetrope.Specs.Jobs;

/// <summary>How deliveries of webhooks are verified.</summary>
/// <param name="Scheme">The scheme.</param>
/// <param name="Header">The header with the secret, of <see cref="WebhookScheme.SecretHeader"/>.</param>
/// <param name="Version">What precedes each signature, of <see cref="WebhookScheme.Standard"/>.</param>
/// <param name="IsHex">Whether signatures are hexadecimal digits instead of base64.</param>
/// <param name="IsTextKey">Whether the text of a secret is the key, instead of what it is in base64.</param>
public sealed record WebhookRule(WebhookScheme Scheme, string Header = "", string Version = "v1", bool IsHex = false, bool IsTextKey = false);

/// <summary>The schemes of signatures.</summary>
public enum WebhookScheme
{
    /// <summary>Nothing verifies the sender.</summary>
    None,

    /// <summary>Standard Webhooks: HMAC-SHA256 over the id, the time and the body.</summary>
    Standard,

    /// <summary>The secret itself, in a header.</summary>
    SecretHeader,
}
