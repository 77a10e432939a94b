using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Zoetrope.Webhooks;

/// <summary>
/// The signatures of Standard Webhooks (standardwebhooks.com): HMAC-SHA256 over <c>{id}.{timestamp}.{body}</c>, in the headers <c>webhook-id</c>,
/// <c>webhook-timestamp</c> and <c>webhook-signature</c>, the last of which may have several signatures while a secret is replaced. Replicate signs like that;
/// WaveSpeed with another version, in hexadecimal digits, and with the text of the secret as the key.
/// </summary>
public sealed class StandardWebhookSignature : WebhookSignature
{
    private const string SecretPrefix = "whsec_";

    private readonly byte[][] _keys;
    private readonly string _prefix;
    private readonly bool _isHex;

    /// <summary>Initializes a new instance of the <see cref="StandardWebhookSignature"/> class.</summary>
    /// <param name="secrets">The secrets, with or without <c>whsec_</c>: one, or two while one is replaced by the other.</param>
    /// <param name="version">The version that precedes each signature, such as <c>v1</c>; signatures of others are ignored.</param>
    /// <param name="isHex">Whether signatures are hexadecimal digits instead of base64.</param>
    /// <param name="isTextKey">Whether the key is the text after <c>whsec_</c> as it is, instead of what that is in base64.</param>
    /// <exception cref="ArgumentException">There is no secret, or one is not valid.</exception>
    public StandardWebhookSignature(IEnumerable<string> secrets, string version = "v1", bool isHex = false, bool isTextKey = false)
    {
        ArgumentNullException.ThrowIfNull(secrets);
        ArgumentException.ThrowIfNullOrEmpty(version);
        _keys = [.. secrets.Select(secret => KeyOf(secret, isTextKey))];
        if (_keys.Length == 0)
            throw new ArgumentException("There is no webhook secret.", nameof(secrets));
        _prefix = version + ",";
        _isHex = isHex;
    }

    /// <inheritdoc/>
    public override WebhookRefusal? CheckHeaders(WebhookRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return Read(request, out _);
    }

    /// <inheritdoc/>
    public override ValueTask<WebhookProof> VerifyAsync(WebhookRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        return new(Verify(request));
    }

    private WebhookRefusal? Read(WebhookRequest request, out (string Id, string Time, DateTimeOffset SentAt, List<byte[]> Signatures) headers)
    {
        const string Timestamp = "webhook-timestamp";
        var (time, signatures, sentAt) = ("", "", default(DateTimeOffset));
        var refusal = request.ReadHeader("webhook-id", out var id);
        refusal ??= request.ReadHeader(Timestamp, out time);
        refusal ??= request.ReadHeader("webhook-signature", out signatures);
        refusal ??= request.ReadTime(Timestamp, time, out sentAt);
        var given = signatures.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Where(signature => signature.StartsWith(_prefix, StringComparison.Ordinal))
            .Select(signature => Decode(signature[_prefix.Length..])).ToList();
        headers = (id, time, sentAt, given);
        return refusal is null && given.Count == 0
            ? new(WebhookRefusalReason.HeaderMalformed, $"The header webhook-signature has no signature of the version '{_prefix[..^1]}'.")
            : refusal;
    }

    private WebhookProof Verify(WebhookRequest request)
    {
        if (Read(request, out var headers) is { } refusal)
            return WebhookProof.Refused(refusal);
        var (id, time, sentAt, given) = headers;
        var isValid = false;
        foreach (var key in _keys)
        {
            var expected = Sign(key, id, time, request.Body.Span);
            foreach (var signature in given)
                isValid |= CryptographicOperations.FixedTimeEquals(signature, expected);
        }
        return isValid
            ? new() { DeliveryId = id, SentAt = sentAt }
            : WebhookProof.Refused(new(WebhookRefusalReason.SignatureMismatch, "No signature is that of this body with a secret of this receiver."));
    }

    private static byte[] Sign(byte[] key, string id, string time, ReadOnlySpan<byte> body)
    {
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);
        hmac.AppendData(Encoding.UTF8.GetBytes($"{id}.{time}."));
        hmac.AppendData(body);
        return hmac.GetHashAndReset();
    }

    // What is not a signature is equal to none.
    private byte[] Decode(string text)
    {
        var bytes = new byte[text.Length];
        if (_isHex)
            return Convert.FromHexString(text, bytes, out _, out var count) == System.Buffers.OperationStatus.Done ? bytes[..count] : [];
        return Convert.TryFromBase64String(text, bytes, out var written) ? bytes[..written] : [];
    }

    private static byte[] KeyOf(string secret, bool isTextKey)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(secret, nameof(secret));
        var text = secret.Trim();
        text = text.StartsWith(SecretPrefix, StringComparison.Ordinal) ? text[SecretPrefix.Length..] : text;
        if (text.Length > 0 && isTextKey)
            return Encoding.UTF8.GetBytes(text);
        return text.Length > 0 && Base64.IsValid(text)
            ? Convert.FromBase64String(text)
            : throw new ArgumentException($"A webhook secret is '{SecretPrefix}' and a key in base64, as the provider shows it.", nameof(secret));
    }
}
