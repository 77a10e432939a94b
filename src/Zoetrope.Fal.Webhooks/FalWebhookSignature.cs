using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using Org.BouncyCastle.Math.EC.Rfc8032;
using Zoetrope.Webhooks;

namespace Zoetrope.Fal.Webhooks;

/// <summary>
/// The signatures of fal: Ed25519 over the request id, the user id, the time and the SHA-256 hash of the raw body, a line each, by any of fal's published keys.
/// The keys sign for all accounts: only the user id says whose job it is.
/// </summary>
internal sealed class FalWebhookSignature(FalWebhookOptions options) : WebhookSignature, IDisposable
{
    private const string UserId = "X-Fal-Webhook-User-Id";
    private const string Timestamp = "X-Fal-Webhook-Timestamp";
    private const string Signature = "X-Fal-Webhook-Signature";

    private readonly FalKeys _keys = new(options);

    public override WebhookRefusal? CheckHeaders(WebhookRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return Read(request, out _);
    }

    public override async ValueTask<WebhookProof> VerifyAsync(WebhookRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (Read(request, out var headers) is { } refusal)
            return WebhookProof.Refused(refusal);
        var (requestId, user, time, sentAt, signature) = headers;
        if (await _keys.GetAsync(cancellationToken).ConfigureAwait(false) is not { } keys)
            return Refused(WebhookRefusalReason.KeysUnavailable, $"The keys of {options.KeysUrl} could not be fetched.");
        var message = Encoding.UTF8.GetBytes($"{requestId}\n{user}\n{time}\n{Convert.ToHexStringLower(SHA256.HashData(request.Body.Span))}");
        // fal may have replaced its keys since they were fetched.
        return IsSigned(signature, message, keys)
            || (await _keys.GetNewerAsync(keys, cancellationToken).ConfigureAwait(false) is { } newer && IsSigned(signature, message, newer))
            ? new WebhookProof { IsVerified = options.UserIds.Count > 0, DeliveryId = requestId, AccountId = user, SentAt = sentAt }
            : Refused(WebhookRefusalReason.SignatureMismatch, "The signature is not one of this body by any of fal's keys.");
    }

    public void Dispose() => _keys.Dispose();

    private WebhookRefusal? Read(
        WebhookRequest request, out (string RequestId, string User, string Time, DateTimeOffset SentAt, byte[] Signature) headers)
    {
        var (user, time, hex, sentAt) = ("", "", "", default(DateTimeOffset));
        var refusal = request.ReadHeader("X-Fal-Webhook-Request-Id", out var requestId);
        refusal ??= request.ReadHeader(UserId, out user);
        refusal ??= request.ReadHeader(Timestamp, out time);
        refusal ??= request.ReadHeader(Signature, out hex);
        refusal ??= request.ReadTime(Timestamp, time, out sentAt);
        var signature = new byte[Ed25519.SignatureSize];
        headers = (requestId, user, time, sentAt, signature);
        if (refusal is not null)
            return refusal;
        if (Convert.FromHexString(hex, signature, out var read, out var written) != OperationStatus.Done || read != hex.Length || written != signature.Length)
            return new(WebhookRefusalReason.HeaderMalformed, $"The header {Signature} is not {Ed25519.SignatureSize} bytes in hexadecimal digits.");
        return options.UserIds.Count == 0 || options.UserIds.Contains(user)
            ? null
            : new(WebhookRefusalReason.SignatureMismatch, $"The header {UserId} is not the id of an account of this receiver.");
    }

    private static bool IsSigned(byte[] signature, byte[] message, FalKeys.Fetched keys) =>
        keys.Keys.Any(key => Ed25519.Verify(signature, 0, key, 0, message, 0, message.Length));

    private static WebhookProof Refused(WebhookRefusalReason reason, string message) => WebhookProof.Refused(new(reason, message));
}
