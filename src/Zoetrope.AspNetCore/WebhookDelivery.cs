using System.Diagnostics.CodeAnalysis;
using Zoetrope.Clients;
using Zoetrope.Jobs;
using Zoetrope.Json;
using Zoetrope.Models;
using Zoetrope.Webhooks;

namespace Zoetrope.AspNetCore;

/// <summary>A delivery whose job has a result of a known type.</summary>
/// <typeparam name="TResult">The result type of the model that the job was submitted to, or <see cref="RawJson"/> for any model.</typeparam>
public sealed class WebhookDelivery<TResult>
    where TResult : IJsonModel<TResult>
{
    internal WebhookDelivery(WebhookDelivery delivery) => Delivery = delivery;

    /// <summary>The delivery with all that it says.</summary>
    public WebhookDelivery Delivery { get; }

    /// <inheritdoc cref="WebhookDelivery.JobId"/>
    public string JobId => Delivery.JobId;

    /// <inheritdoc cref="WebhookDelivery.Id"/>
    public string Id => Delivery.Id;

    /// <inheritdoc cref="WebhookDelivery.AccountId"/>
    public string? AccountId => Delivery.AccountId;

    /// <inheritdoc cref="WebhookDelivery.SentAt"/>
    public DateTimeOffset? SentAt => Delivery.SentAt;

    /// <inheritdoc cref="WebhookDelivery.Handle"/>
    public JobHandle? Handle => Delivery.Handle;

    /// <inheritdoc cref="WebhookDelivery.Status"/>
    public JobStatus Status => Delivery.Status;

    /// <inheritdoc cref="WebhookDelivery.IsVerified"/>
    public bool IsVerified => Delivery.IsVerified;

    /// <summary>Reads the result, where the delivery is verified and has it. Nothing is sent.</summary>
    /// <param name="result">The result.</param>
    /// <returns>
    /// False where <see cref="GetResultAsync"/> is needed: the job has not completed, or its result is not here, or not of this type, or nothing verifies the
    /// delivery.
    /// </returns>
    public bool TryRead([MaybeNullWhen(false)] out TResult result) => Delivery.TryRead(out result);

    /// <inheritdoc cref="WebhookDelivery.GetResultAsync"/>
    public Task<JobResult<TResult>> GetResultAsync<TRequest>(
        ModelClient<TRequest, TResult> model, WaitOptions? wait = null, CancellationToken cancellationToken = default)
        where TRequest : class, IModelRequest<TRequest> =>
        Delivery.GetResultAsync(model, wait, cancellationToken);
}
