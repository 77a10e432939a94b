using System.Net;
using Zoetrope.Http;
using Zoetrope.Webhooks;

namespace Zoetrope.Eachlabs.Workflows;

/// <summary>
/// Receives the webhooks of Eachlabs' workflows, which come when an execution completes or fails, with the whole execution. As with predictions, the sender is
/// verified by the secret in the header <c>X-Webhook-Secret</c>.
/// </summary>
public sealed class EachlabsWorkflowWebhookReceiver : WebhookReceiver
{
    /// <summary>Initializes a new instance of the <see cref="EachlabsWorkflowWebhookReceiver"/> class.</summary>
    /// <param name="secret">The secret of the triggers.</param>
    /// <param name="options">The options; null for the defaults.</param>
    /// <exception cref="ArgumentException">The secret is empty.</exception>
    public EachlabsWorkflowWebhookReceiver(string secret, WebhookOptions? options = null)
        : this([secret], options)
    {
    }

    /// <summary>Initializes a new instance of the <see cref="EachlabsWorkflowWebhookReceiver"/> class with several secrets, while one is replaced.</summary>
    /// <param name="secrets">The secrets of the triggers.</param>
    /// <param name="options">The options; null for the defaults.</param>
    /// <exception cref="ArgumentException">There is no secret, or one is empty.</exception>
    public EachlabsWorkflowWebhookReceiver(IEnumerable<string> secrets, WebhookOptions? options = null)
        : base(EachlabsWorkflowProtocol.ProviderName, EachlabsWebhookReceiver.Signature(secrets), options)
    {
    }

    /// <inheritdoc/>
    protected override WebhookReport Read(ReadOnlyMemory<byte> body)
    {
        var response = new TransportResponse(HttpStatusCode.OK, body);
        var json = response.RequireJson();
        var execution = EachlabsExecution.Read(json);
        if (string.IsNullOrWhiteSpace(execution.Id) || execution.ToStatus(json, null, static error => error) is not { } status)
            throw response.Malformed("The body is not an execution of a workflow");
        return new WebhookReport(execution.Id, status);
    }
}
