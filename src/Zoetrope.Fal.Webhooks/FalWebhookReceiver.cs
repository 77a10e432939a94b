using System.Net;
using Zoetrope.Http;
using Zoetrope.Webhooks;

namespace Zoetrope.Fal.Webhooks;

/// <summary>
/// Receives the webhooks of fal, which come when a job has ended: <c>OK</c> with the result, <c>ERROR</c> with the reason, or <c>OK</c> without a result that
/// could not be written as JSON, which is fetched from the queue then. Senders are verified with fal's published keys, and by
/// <see cref="FalWebhookOptions.UserIds"/>: without your account's id, anybody's job at fal could be yours, and a delivery only says where to look.
/// </summary>
public sealed class FalWebhookReceiver : WebhookReceiver, IDisposable
{
    private readonly FalWebhookSignature _signature;

    /// <summary>Initializes a new instance of the <see cref="FalWebhookReceiver"/> class.</summary>
    /// <param name="options">The options; null for the defaults.</param>
    public FalWebhookReceiver(FalWebhookOptions? options = null)
        : this(options = options?.Copy() ?? new(), new(options))
    {
    }

    private FalWebhookReceiver(FalWebhookOptions options, FalWebhookSignature signature)
        : base("fal", signature, options) => _signature = signature;

    /// <summary>Releases the connections.</summary>
    public void Dispose() => _signature.Dispose();

    /// <inheritdoc/>
    protected override WebhookReport Read(ReadOnlyMemory<byte> body) => FalWebhookBody.Read(new TransportResponse(HttpStatusCode.OK, body));
}
