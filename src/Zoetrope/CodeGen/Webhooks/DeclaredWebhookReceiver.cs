using System.ComponentModel;
using Zoetrope.CodeGen.Jobs;
using Zoetrope.Webhooks;

namespace Zoetrope.CodeGen.Webhooks;

/// <summary>Receives the webhooks of a declared provider, whose bodies the generated protocol reads as it reads a status.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class DeclaredWebhookReceiver : WebhookReceiver
{
    private readonly DeclaredProtocol _protocol;

    /// <summary>Initializes a new instance of the <see cref="DeclaredWebhookReceiver"/> class.</summary>
    /// <param name="protocol">The protocol, of which only the reading is used.</param>
    /// <param name="signature">How the sender is verified.</param>
    /// <param name="options">The options; null for the defaults.</param>
    protected DeclaredWebhookReceiver(DeclaredProtocol protocol, WebhookSignature signature, WebhookOptions? options)
        : base(protocol?.Provider ?? throw new ArgumentNullException(nameof(protocol)), signature, options) => _protocol = protocol;

    /// <inheritdoc/>
    protected sealed override WebhookReport Read(ReadOnlyMemory<byte> body)
    {
        var (jobId, endpointId, status) = _protocol.ReadDelivery(body);
        return new(jobId, status) { EndpointId = endpointId };
    }
}
