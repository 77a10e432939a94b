using System.Security.Cryptography;
using System.Text;

namespace Zoetrope.Webhooks;

/// <summary>How the sender of a delivery is verified.</summary>
public abstract class WebhookSignature
{
    /// <summary>Deliveries that nothing verifies: everybody who knows the address can send them.</summary>
    public static WebhookSignature None { get; } = new NoSignature();

    /// <summary>
    /// Refuses a request by its headers, before its body is read. Only <see cref="VerifyAsync"/> shows that a request is the provider's. By default, nothing is
    /// refused.
    /// </summary>
    /// <param name="request">The request, without its body.</param>
    /// <returns>Why it is refused; null where its headers allow it to be the provider's.</returns>
    public virtual WebhookRefusal? CheckHeaders(WebhookRequest request) => null;

    /// <summary>Verifies a request.</summary>
    /// <param name="request">The request.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    public abstract ValueTask<WebhookProof> VerifyAsync(WebhookRequest request, CancellationToken cancellationToken);

    /// <summary>Compares two texts in a time that depends on neither's content.</summary>
    private protected static bool AreEqual(string left, string right) => CryptographicOperations.FixedTimeEquals(
        SHA256.HashData(Encoding.UTF8.GetBytes(left)), SHA256.HashData(Encoding.UTF8.GetBytes(right)));

    private sealed class NoSignature : WebhookSignature
    {
        public override ValueTask<WebhookProof> VerifyAsync(WebhookRequest request, CancellationToken cancellationToken) =>
            new(new WebhookProof { IsVerified = false });
    }
}

/// <summary>What the verification of a request has shown.</summary>
public sealed record WebhookProof
{
    /// <summary>Why the request is refused; null where it is the provider's.</summary>
    public WebhookRefusal? Refusal { get; init; }

    /// <summary>Whether the request is certainly the provider's, about a job of the receiver's own account; true by default.</summary>
    public bool IsVerified { get; init; } = true;

    /// <summary>The provider's id of the delivery, the same when it is sent again; null where there is none.</summary>
    public string? DeliveryId { get; init; }

    /// <summary>The provider's id of the account whose job it is; null where the signature does not cover one.</summary>
    public string? AccountId { get; init; }

    /// <summary>When it was sent; null where the signature does not cover a time.</summary>
    public DateTimeOffset? SentAt { get; init; }

    /// <summary>Returns the proof of nothing.</summary>
    /// <param name="refusal">Why the request is refused.</param>
    public static WebhookProof Refused(WebhookRefusal refusal) => new() { Refusal = refusal, IsVerified = false };
}
