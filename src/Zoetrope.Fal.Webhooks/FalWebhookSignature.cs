using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using Org.BouncyCastle.Math.EC.Rfc8032;
using Zoetrope.Webhooks;

namespace Zoetrope.Fal.Webhooks;

/// <summary>
/// The signatures of fal: Ed25519 over the request id, the user id, the time and the SHA-256 hash of the raw body, a line each, by any of fal's published keys.
/// </summary>
internal sealed class FalWebhookSignature(FalWebhookOptions options) : WebhookSignature, IDisposable
{
    private const string Timestamp = "X-Fal-Webhook-Timestamp";
    private const string Signature = "X-Fal-Webhook-Signature";

    private readonly FalKeys _keys = new(options);

    public override async ValueTask<WebhookProof> VerifyAsync(WebhookRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var (user, time, hex, sentAt) = ("", "", "", default(DateTimeOffset));
        var refusal = request.ReadHeader("X-Fal-Webhook-Request-Id", out var requestId);
        refusal ??= request.ReadHeader("X-Fal-Webhook-User-Id", out user);
        refusal ??= request.ReadHeader(Timestamp, out time);
        refusal ??= request.ReadHeader(Signature, out hex);
        refusal ??= request.ReadTime(Timestamp, time, out sentAt);
        if (refusal is not null)
            return WebhookProof.Refused(refusal);
        var signature = new byte[Ed25519.SignatureSize];
        if (Convert.FromHexString(hex, signature, out var read, out var written) != OperationStatus.Done || read != hex.Length || written != signature.Length)
            return Refused(WebhookRefusalReason.HeaderMalformed, $"The header {Signature} is not {Ed25519.SignatureSize} bytes in hexadecimal digits.");
        if (await _keys.GetAsync(cancellationToken).ConfigureAwait(false) is not { } keys)
            return Refused(WebhookRefusalReason.KeysUnavailable, $"The keys of {options.KeysUrl} could not be fetched.");
        var message = Encoding.UTF8.GetBytes($"{requestId}\n{user}\n{time}\n{Convert.ToHexStringLower(SHA256.HashData(request.Body.Span))}");
        // fal may have replaced its keys since they were fetched.
        return IsSigned(signature, message, keys)
            || (await _keys.GetNewerAsync(keys, cancellationToken).ConfigureAwait(false) is { } newer && IsSigned(signature, message, newer))
            ? new WebhookProof { DeliveryId = requestId, SentAt = sentAt }
            : Refused(WebhookRefusalReason.SignatureMismatch, "The signature is not one of this body by any of fal's keys.");
    }

    public void Dispose() => _keys.Dispose();

    private static bool IsSigned(byte[] signature, byte[] message, FalKeys.Fetched keys) =>
        keys.Keys.Any(key => Ed25519.Verify(signature, 0, key, 0, message, 0, message.Length));

    private static WebhookProof Refused(WebhookRefusalReason reason, string message) => WebhookProof.Refused(new(reason, message));
}
