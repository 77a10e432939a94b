namespace Zoetrope.Webhooks;

/// <summary>A secret that the sender repeats in a header. It proves who sends, not that nobody changed the body: what a job costs is still polled.</summary>
public sealed class SecretHeaderSignature : WebhookSignature
{
    private readonly string _header;
    private readonly string[] _secrets;

    /// <summary>Initializes a new instance of the <see cref="SecretHeaderSignature"/> class.</summary>
    /// <param name="header">The name of the header.</param>
    /// <param name="secrets">The secrets: one, or several while one is replaced by another.</param>
    /// <exception cref="ArgumentException">There is no secret, or one is empty.</exception>
    public SecretHeaderSignature(string header, IEnumerable<string> secrets)
    {
        ArgumentException.ThrowIfNullOrEmpty(header);
        ArgumentNullException.ThrowIfNull(secrets);
        _header = header;
        _secrets = [.. secrets];
        if (_secrets.Length == 0 || Array.Exists(_secrets, string.IsNullOrWhiteSpace))
            throw new ArgumentException("There is no webhook secret, or it is empty.", nameof(secrets));
    }

    /// <inheritdoc/>
    public override ValueTask<WebhookProof> VerifyAsync(WebhookRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (request.ReadHeader(_header, out var given) is { } refusal)
            return new(WebhookProof.Refused(refusal));
        var isValid = false;
        foreach (var secret in _secrets)
            isValid |= AreEqual(given, secret.Trim());
        return new(isValid
            ? new WebhookProof()
            : WebhookProof.Refused(new(WebhookRefusalReason.SignatureMismatch, $"The header {_header} is not the secret of this receiver.")));
    }
}
