using System.Net;
using Zoetrope.Http;
using Zoetrope.Webhooks;

namespace Zoetrope.Eachlabs;

/// <summary>
/// Receives the webhooks of Eachlabs, which come when a prediction succeeds or fails. Eachlabs repeats the secret of the submit
/// (<see cref="Jobs.SubmitOptions.WebhookSecret"/>) in the header <c>X-Webhook-Secret</c>, and computes no signature of the body.
/// </summary>
public sealed class EachlabsWebhookReceiver : WebhookReceiver
{
    /// <summary>Initializes a new instance of the <see cref="EachlabsWebhookReceiver"/> class.</summary>
    /// <param name="secret">The secret of the submits.</param>
    /// <param name="options">The options; null for the defaults.</param>
    /// <exception cref="ArgumentException">The secret is empty.</exception>
    public EachlabsWebhookReceiver(string secret, WebhookOptions? options = null)
        : this([secret], options)
    {
    }

    /// <summary>Initializes a new instance of the <see cref="EachlabsWebhookReceiver"/> class with several secrets, while one is replaced by another.</summary>
    /// <param name="secrets">The secrets of the submits.</param>
    /// <param name="options">The options; null for the defaults.</param>
    /// <exception cref="ArgumentException">There is no secret, or one is empty.</exception>
    public EachlabsWebhookReceiver(IEnumerable<string> secrets, WebhookOptions? options = null)
        : base(EachlabsProtocol.ProviderName, Signature(secrets), options)
    {
    }

    /// <summary>How webhooks of predictions and of workflows are verified.</summary>
    internal static WebhookSignature Signature(IEnumerable<string> secrets) => new SecretHeaderSignature("X-Webhook-Secret", secrets);

    /// <inheritdoc/>
    protected override WebhookReport Read(ReadOnlyMemory<byte> body)
    {
        var response = new TransportResponse(HttpStatusCode.OK, body);
        var json = response.RequireJson();
        var prediction = EachlabsPrediction.Read(json);
        // Two forms of the body are documented: one names the prediction exec_id, the other id.
        var id = prediction.ExecutionId ?? prediction.Id;
        if (string.IsNullOrWhiteSpace(id) || prediction.ToStatus(json, null, static error => error) is not { } status)
            throw response.Malformed("The body is not a prediction");
        return new WebhookReport(id, status);
    }
}
