using Zoetrope.Costs;

namespace Zoetrope.Jobs;

/// <summary>The options of a submit that are not part of the request itself. Providers derive their own types with further options.</summary>
public class SubmitOptions
{
    /// <summary>The public https URL to which the provider posts the result when the job ends. None by default.</summary>
    public Uri? WebhookUrl { get; set; }

    /// <summary>
    /// The secret that the provider sends with the webhook, or signs it with, so that the receiver can verify the sender. None by default; it requires
    /// <see cref="WebhookUrl"/>, and is refused where the provider takes none with a submit.
    /// </summary>
    public string? WebhookSecret { get; set; }

    /// <summary>Additional headers of the submit. The authentication header cannot be set here.</summary>
    public IDictionary<string, string> Headers { get; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether the request is validated before it is sent; true by default. If false, an invalid request is sent and may be billed.</summary>
    public bool Validate { get; set; } = true;

    /// <summary>
    /// The most that the job may cost. Before anything is sent, the cost is estimated as
    /// <see cref="Zoetrope.Clients.ModelClient{TRequest, TResult}.EstimateAsync"/> does; where it is surely above, or the most that it can be is, a
    /// <see cref="CostLimitException"/> ends the submit. Where the limit cannot be promised, because the cost is not known or may be above, the job is
    /// submitted with a warning (<see cref="Zoetrope.Clients.Job{TResult}.Warnings"/>), unless <see cref="CostLimit.IsStrict"/> is set. None by default; then
    /// nothing is estimated.
    /// </summary>
    public CostLimit? MaxCost
    {
        get => CostCheck?.Limit;
        set => CostCheck = value is null ? null : new CostLimitCheck(value);
    }

    /// <summary>The check of the cost. Only setting a limit makes one, so that apps that set none do not contain it.</summary>
    internal CostCheck? CostCheck { get; private set; }

    /// <summary>
    /// The key with which the provider recognizes the same submit sent again, of a provider that honors one; other providers refuse it. Null by default: the
    /// client makes one for each submit, with which it sends again what may have been accepted. To submit again what an earlier run may have submitted, set the
    /// key of <see cref="SubmitException.IdempotencyKey"/>.
    /// </summary>
    public string? IdempotencyKey { get; set; }

    /// <summary>
    /// The caller's own id of the job, by which it is found where the receipt is lost, of a provider that takes one
    /// (<see cref="Zoetrope.Providers.IOwnIds"/>); others ignore it. It must differ from that of every other submit of the account, and makes no submit
    /// repeatable. None by default.
    /// </summary>
    public string? OwnId { get; set; }

    /// <summary>
    /// Once this token is canceled, nothing further is sent: a wait for a limit or for the next attempt ends with an <see cref="OperationCanceledException"/>,
    /// and there is no job. A submit that is in flight continues, so its job is not lost. Meant for programs that are asked to shut down; none by default.
    /// </summary>
    public CancellationToken Stopping { get; set; }

    /// <summary>
    /// Called before the submit is sent again, which happens only if the previous attempt was definitely rejected (no connection was made, or the response was
    /// 429), or if the submit has an idempotency key. An exception thrown here ends the submit: there is no job, unless a <see cref="SubmitException"/> says
    /// that one may exist. None by default.
    /// </summary>
    public Action<SubmitRetry>? OnRetry { get; set; }
}
