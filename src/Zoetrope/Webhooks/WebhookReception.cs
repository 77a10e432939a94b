using System.Diagnostics.CodeAnalysis;

namespace Zoetrope.Webhooks;

/// <summary>What became of a request to a webhook: a delivery, or a refusal.</summary>
public sealed class WebhookReception
{
    internal WebhookReception(WebhookDelivery delivery) => Delivery = delivery;

    internal WebhookReception(WebhookRefusal refusal) => Refusal = refusal;

    /// <summary>Whether it is a delivery.</summary>
    [MemberNotNullWhen(true, nameof(Delivery))]
    [MemberNotNullWhen(false, nameof(Refusal))]
    public bool IsAccepted => Delivery is not null;

    /// <summary>The delivery; null where it was refused.</summary>
    public WebhookDelivery? Delivery { get; }

    /// <summary>Why it was refused; null where it was not.</summary>
    public WebhookRefusal? Refusal { get; }

    /// <summary>The HTTP status to respond with, once the delivery is processed and completed: 200, or that of the refusal.</summary>
    public int StatusCode => Refusal?.StatusCode ?? 200;
}
