namespace Zoetrope.Webhooks;

/// <summary>
/// A secret that the sender repeats in a header. It shows that the sender knows the secret, and nothing about the body, which is read as it is received:
/// only the connection protects it, so receive over https.
/// </summary>
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
    public override WebhookRefusal? CheckHeaders(WebhookRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (request.ReadHeader(_header, out var given) is { } refusal)
            return refusal;
        var isValid = false;
        foreach (var secret in _secrets)
            isValid |= AreEqual(given, secret.Trim());
        return isValid ? null : new(WebhookRefusalReason.SignatureMismatch, $"The header {_header} is not the secret of this receiver.");
    }

    /// <inheritdoc/>
    public override ValueTask<WebhookProof> VerifyAsync(WebhookRequest request, CancellationToken cancellationToken) =>
        new(CheckHeaders(request) is { } refusal ? WebhookProof.Refused(refusal) : new WebhookProof());
}
