using Zoetrope.Specs.Model;

namespace Zoetrope.Specs.Jobs;

/// <summary>A job protocol as a declaration and its document describe it: everything that a client is generated from.</summary>
public sealed record JobsDescription
{
    /// <summary>The provider's name in handles and routes, in lower case.</summary>
    public required string Provider { get; init; }

    /// <summary>The provider's name in C# and in messages.</summary>
    public required string DisplayName { get; init; }

    /// <summary>The environment variables that may hold the key.</summary>
    public required EquatableArray<string> KeyVariables { get; init; }

    /// <summary>The header that carries the key.</summary>
    public required string AuthHeader { get; init; }

    /// <summary>What precedes the key in it, with its space.</summary>
    public required string AuthPrefix { get; init; }

    /// <summary>The address below which the operations are.</summary>
    public required string Server { get; init; }

    /// <summary>The hosts that the key may be sent to, besides the server's.</summary>
    public EquatableArray<string> Hosts { get; init; }

    /// <summary>The headers that every request has.</summary>
    public EquatableArray<NamedText> Headers { get; init; }

    /// <summary>How many jobs may be submitted in a minute; null where nothing is documented.</summary>
    public int? CreatesPerMinute { get; init; }

    /// <summary>How many jobs may be in flight; null where nothing is documented.</summary>
    public int? InFlight { get; init; }

    /// <summary>The seconds before the second poll.</summary>
    public required decimal FirstPoll { get; init; }

    /// <summary>The most seconds between two polls.</summary>
    public required decimal LongestPoll { get; init; }

    /// <summary>The models, in the order of the declaration.</summary>
    public required EquatableArray<JobModel> Models { get; init; }

    /// <summary>How any other model is submitted; null where only the declared ones can be.</summary>
    public SubmitRule? AnyModel { get; init; }

    /// <summary>The response header with the id of the job; null where the body has it.</summary>
    public string? IdHeader { get; init; }

    /// <summary>The values of the response to a submit.</summary>
    public required EquatableArray<FieldPointer> Receipt { get; init; }

    /// <summary>The values of the error code that mean success, of a submit; empty where there is no such code.</summary>
    public EquatableArray<string> SubmitSuccessCodes { get; init; }

    /// <summary>Whether a submit's response can report an error.</summary>
    public bool HasSubmitErrors { get; init; }

    /// <summary>The cost at the submit.</summary>
    public CostRule? SubmitCost { get; init; }

    /// <summary>The status request.</summary>
    public required RequestTemplate Status { get; init; }

    /// <summary>The values of its response.</summary>
    public required EquatableArray<FieldPointer> StatusFields { get; init; }

    /// <summary>Whether the HTTP status is the word for the state.</summary>
    public bool HasStatusCodeWords { get; init; }

    /// <summary>The values of the error code that mean success, of a status.</summary>
    public EquatableArray<string> StatusSuccessCodes { get; init; }

    /// <summary>Whether a status response can report an error.</summary>
    public bool HasStatusErrors { get; init; }

    /// <summary>The words for the states.</summary>
    public required EquatableArray<StateWord> Words { get; init; }

    /// <summary>The codes of failures and their kinds.</summary>
    public EquatableArray<NamedText> FailureKinds { get; init; }

    /// <summary>The number that means that all of the job is done.</summary>
    public decimal WholeProgress { get; init; } = 1;

    /// <summary>The cost at the end.</summary>
    public CostRule? StatusCost { get; init; }

    /// <summary>The requests that fetch the result; empty where the status contains it.</summary>
    public EquatableArray<ResultRequest> ResultRequests { get; init; }

    /// <summary>The media type of a result in base64; null where it is not.</summary>
    public string? Base64MediaType { get; init; }

    /// <summary>For how many hours the addresses of files in a result are valid; null where nothing is documented, or the response says it.</summary>
    public decimal? FileHours { get; init; }

    /// <summary>Whether the files of a result are served to requests with the key only.</summary>
    public bool FilesNeedKey { get; init; }

    /// <summary>The operations that list jobs.</summary>
    public EquatableArray<ListRule> Lists { get; init; }

    /// <summary>The request to cancel; null where there is none.</summary>
    public RequestTemplate? Cancel { get; init; }

    /// <summary>Whether it stops only jobs that are queued.</summary>
    public bool CancelsOnlyQueued { get; init; }

    /// <summary>Whether it marks the record only.</summary>
    public bool CancelsOnlyRecord { get; init; }

    /// <summary>Whether it deletes jobs that have ended.</summary>
    public bool CancelDeletesEnded { get; init; }

    /// <summary>Where a submit names a webhook; null where it cannot.</summary>
    public ExtraRule? Webhook { get; init; }

    /// <summary>Where a submit names the secret of the webhook; null where it cannot.</summary>
    public ExtraRule? WebhookSecret { get; init; }

    /// <summary>How deliveries of webhooks are verified; null where that is not known, so that nothing can receive them.</summary>
    public WebhookRule? WebhookSignature { get; init; }

    /// <summary>The values of the body of a delivery.</summary>
    public EquatableArray<FieldPointer> WebhookFields { get; init; }

    /// <summary>Where a submit has its idempotency key; null where there is none.</summary>
    public ExtraRule? Idempotency { get; init; }

    /// <summary>Where a submit has the client's own id of the job, by which its status is then found; null where there is none.</summary>
    public ExtraRule? OwnId { get; init; }

    /// <summary>What a submit has besides the input.</summary>
    public IEnumerable<ExtraRule> Extras => new[] { Webhook, WebhookSecret, Idempotency, OwnId }.OfType<ExtraRule>();

    /// <summary>Whether a value is the secret beside the address of the webhook in one object inside the body, so that they are written together.</summary>
    public bool IsBesideWebhook(ExtraRule extra) => ReferenceEquals(extra, WebhookSecret) && extra.Name.Count > 1
        && Webhook is { Where: "body" } webhook && webhook.Name.Count == extra.Name.Count && webhook != extra
        && webhook.Name.Take(webhook.Name.Count - 1).SequenceEqual(extra.Name.Take(extra.Name.Count - 1));

    /// <summary>How files are uploaded; null where they cannot be.</summary>
    public UploadRule? Upload { get; init; }

    /// <summary>For how many days the provider keeps a job; null where nothing is documented.</summary>
    public int? RetentionDays { get; init; }
}
