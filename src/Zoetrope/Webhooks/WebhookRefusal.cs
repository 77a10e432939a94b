namespace Zoetrope.Webhooks;

/// <summary>Why a request to a webhook is not a delivery.</summary>
/// <param name="Reason">The kind of reason.</param>
/// <param name="Message">The reason in words, for a log. It contains no secret and nothing of the body.</param>
public sealed record WebhookRefusal(WebhookRefusalReason Reason, string Message)
{
    /// <summary>
    /// The HTTP status to respond with: 200 for a delivery that was completed before, so that it is not sent again; 503 where it cannot be verified now, or is
    /// being processed, so that it is; 413 or 400 for a body that cannot be read, and 401 otherwise.
    /// </summary>
    public int StatusCode => Reason switch
    {
        WebhookRefusalReason.Repeated => 200,
        WebhookRefusalReason.KeysUnavailable or WebhookRefusalReason.InProgress => 503,
        WebhookRefusalReason.PayloadTooLarge => 413,
        WebhookRefusalReason.PayloadMalformed => 400,
        _ => 401,
    };
}

/// <summary>The kinds of reasons to refuse a request to a webhook.</summary>
public enum WebhookRefusalReason
{
    /// <summary>A header that the signature needs is missing or empty.</summary>
    HeaderMissing,

    /// <summary>A header that the signature needs is there more than once, or is not what it must be.</summary>
    HeaderMalformed,

    /// <summary>The time of the delivery differs too much from the receiver's clock: it is an old one, or one of the clocks is wrong.</summary>
    OutsideTolerance,

    /// <summary>The signature or the secret is not the provider's, the account is another, or the body is not the one that was signed.</summary>
    SignatureMismatch,

    /// <summary>The provider's keys could not be fetched, so that the signature cannot be verified now.</summary>
    KeysUnavailable,

    /// <summary>The body is larger than <see cref="WebhookOptions.MaxBodyBytes"/>.</summary>
    PayloadTooLarge,

    /// <summary>The body is not about a job.</summary>
    PayloadMalformed,

    /// <summary>The delivery was received and completed before.</summary>
    Repeated,

    /// <summary>The delivery was received before, and may still be in process: if it is not completed in time, it is accepted when it is sent later.</summary>
    InProgress,
}
