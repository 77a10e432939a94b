using System.Buffers;
using System.Security.Cryptography;
using System.Text.Json;
using Zoetrope.Errors;

namespace Zoetrope.Webhooks;

/// <summary>
/// Receives what a provider posts when a job ends: verifies the sender over the raw body, recognizes repeated deliveries, and reads the body as the response to
/// a poll is read. It needs no API key. Instances are thread-safe and intended to be long-lived.
/// </summary>
/// <remarks>
/// A webhook says when to look; polling stays the truth. A delivery that never comes, or that is refused, loses nothing: the job's handle finds the result. A
/// delivery is received at least once: until <see cref="WebhookDelivery.CompleteAsync"/> was called, a repeated one is accepted again after a short time.
/// </remarks>
public abstract class WebhookReceiver
{
    private readonly WebhookSignature _signature;
    private readonly WebhookOptions _options;

    /// <summary>Initializes a new instance of the <see cref="WebhookReceiver"/> class.</summary>
    /// <param name="provider">The provider, such as <c>replicate</c>.</param>
    /// <param name="signature">How the sender is verified.</param>
    /// <param name="options">The options; null for the defaults.</param>
    /// <exception cref="ArgumentException"><see cref="WebhookOptions.ReplayWindow"/> is less than twice <see cref="WebhookOptions.Tolerance"/>.</exception>
    protected WebhookReceiver(string provider, WebhookSignature signature, WebhookOptions? options)
    {
        ArgumentException.ThrowIfNullOrEmpty(provider);
        ArgumentNullException.ThrowIfNull(signature);
        Provider = provider;
        _signature = signature;
        _options = options?.Copy() ?? new WebhookOptions();
        if (_options.ReplayWindow / 2 < _options.Tolerance)
        {
            throw new ArgumentException(
                $"{nameof(WebhookOptions.ReplayWindow)} must be at least twice {nameof(WebhookOptions.Tolerance)}, for which a delivery is acceptable.",
                nameof(options));
        }
    }

    /// <summary>The provider, such as <c>replicate</c>.</summary>
    public string Provider { get; }

    /// <summary>The largest body that is read, in bytes: what <see cref="WebhookOptions.MaxBodyBytes"/> was when the receiver was constructed.</summary>
    public int MaxBodyBytes => _options.MaxBodyBytes;

    /// <summary>Receives a request.</summary>
    /// <param name="body">The body exactly as it was received; JSON that was read and written again has another signature.</param>
    /// <param name="headers">Returns the values of a header; null or empty where it is missing. Names are not case-sensitive.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    public async Task<WebhookReception> ReceiveAsync(
        ReadOnlyMemory<byte> body, Func<string, IEnumerable<string?>?> headers, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(headers);
        if (body.Length > _options.MaxBodyBytes)
            return TooLarge();
        var request = new WebhookRequest(body, headers, _options);
        var proof = await _signature.VerifyAsync(request, cancellationToken).ConfigureAwait(false);
        if (proof.Refusal is { } refusal)
            return new(refusal);
        WebhookReport report;
        try
        {
            report = Read(body);
        }
        catch (Exception exception) when (exception is ZoetropeException or JsonException)
        {
            return new(new WebhookRefusal(WebhookRefusalReason.PayloadMalformed, "The body does not report the status of a job."));
        }
        var id = proof.DeliveryId ?? $"{report.JobId}/{Convert.ToHexStringLower(SHA256.HashData(body.Span))[..32]}";
        var delivery = new WebhookDelivery(Provider, report, proof, id, _options);
        return await delivery.TryTakeAsync(cancellationToken).ConfigureAwait(false) switch
        {
            WebhookClaim.Completed => new(new WebhookRefusal(WebhookRefusalReason.Repeated, $"The delivery {id} was completed before.")),
            WebhookClaim.InProgress => new(new WebhookRefusal(WebhookRefusalReason.InProgress, $"The delivery {id} is being processed.")),
            _ => new(delivery),
        };
    }

    /// <summary>Receives a request whose body is a stream, which is read to its end unless the headers show that it will be refused.</summary>
    /// <param name="body">The body exactly as it is received.</param>
    /// <param name="headers">Returns the values of a header; null or empty where it is missing. Names are not case-sensitive.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    /// <exception cref="IOException">The body cannot be read, for example because the sender closed the connection.</exception>
    public async Task<WebhookReception> ReceiveAsync(
        Stream body, Func<string, IEnumerable<string?>?> headers, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(body);
        ArgumentNullException.ThrowIfNull(headers);
        if (_signature.CheckHeaders(new WebhookRequest(default, headers, _options)) is { } refusal)
            return new(refusal);
        var received = new ArrayBufferWriter<byte>();
        while (await body.ReadAsync(received.GetMemory(4096), cancellationToken).ConfigureAwait(false) is > 0 and var count)
        {
            received.Advance(count);
            if (received.WrittenCount > _options.MaxBodyBytes)
                return TooLarge();
        }
        return await ReceiveAsync(received.WrittenMemory, headers, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Reads the body of a delivery whose sender was verified.</summary>
    /// <param name="body">The body.</param>
    /// <exception cref="ZoetropeException">It does not report the status of a job.</exception>
    /// <exception cref="JsonException">It is not JSON.</exception>
    protected abstract WebhookReport Read(ReadOnlyMemory<byte> body);

    private WebhookReception TooLarge() =>
        new(new WebhookRefusal(WebhookRefusalReason.PayloadTooLarge, $"The body has more than {_options.MaxBodyBytes} bytes."));
}
