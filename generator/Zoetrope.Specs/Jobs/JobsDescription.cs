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

/// <summary>A word for a state.</summary>
/// <param name="Word">The word.</param>
/// <param name="State">The state: <c>queued</c>, <c>running</c>, <c>succeeded</c>, <c>failed</c>, <c>canceled</c> or <c>expired</c>.</param>
/// <param name="Kind">The kind of failure; null where there is none.</param>
/// <param name="IsOfWebhook">Whether only deliveries of webhooks have it.</param>
public sealed record StateWord(string Word, string State, string? Kind, bool IsOfWebhook = false);

/// <summary>A cost in a response.</summary>
/// <param name="Unit">The unit, <c>usd</c> or the name of another; null where the response states it.</param>
/// <param name="IsCeiling">Whether it is the most that the job can cost.</param>
public sealed record CostRule(string? Unit, bool IsCeiling);

/// <summary>A request for the result.</summary>
/// <param name="Request">The request.</param>
/// <param name="Fields">The values of its response.</param>
/// <param name="IsFile">Whether the response is the file itself.</param>
public sealed record ResultRequest(RequestTemplate Request, EquatableArray<FieldPointer> Fields, bool IsFile);

/// <summary>Where a submit has a value besides the input.</summary>
/// <param name="Where"><c>body</c>, <c>query</c> or <c>header</c>.</param>
/// <param name="Name">The name; in a body the names that lead to it.</param>
public sealed record ExtraRule(string Where, EquatableArray<string> Name);

/// <summary>An operation that lists jobs.</summary>
/// <param name="Request">The request of the first page.</param>
/// <param name="Page">The values of a page: its items, the next page, and whether there is one.</param>
/// <param name="Items">The values of an item.</param>
/// <param name="Cursor">The parameter for the cursor of a page; null where a page names the address of the next.</param>
/// <param name="Offset">The parameter for the number of items before a page; null for none.</param>
/// <param name="CreatedAfter">The parameter for the earliest time of creation; null for none.</param>
/// <param name="ModelFilter">The parameter for the model; null for none.</param>
/// <param name="IsNewestFirst">Whether newer jobs precede older ones.</param>
public sealed record ListRule(
    RequestTemplate Request, EquatableArray<FieldPointer> Page, EquatableArray<FieldPointer> Items, string? Cursor, string? Offset, string? CreatedAfter,
    string? ModelFilter, bool IsNewestFirst);

/// <summary>How files are uploaded.</summary>
/// <param name="Request">The request that begins an upload; its members are not used.</param>
/// <param name="Members">The members of its body.</param>
/// <param name="Fields">The values of its response.</param>
/// <param name="IsDirect">Whether it has the file itself, in a form, instead of being responded to with an address for it.</param>
/// <param name="Part">The name of the part with the file in a form; null where the content is the body of a PUT.</param>
/// <param name="MaxBytes">The maximum size of a file; null where nothing is documented.</param>
/// <param name="Hours">For how many hours a file is kept at least; null where nothing is documented, or the response says it.</param>
public sealed record UploadRule(
    RequestTemplate Request, EquatableArray<UploadMember> Members, EquatableArray<FieldPointer> Fields, bool IsDirect, string? Part, long? MaxBytes,
    decimal? Hours)
{
    /// <summary>Whether the form's fields in the response are a text with JSON in it, as the document says.</summary>
    public bool HasFieldsInText { get; init; }

    /// <summary>Whether the headers in the response are a text with JSON in it.</summary>
    public bool HasHeadersInText { get; init; }

    /// <summary>The scheme of references that the document states, such as <c>runway</c>; null where it states none.</summary>
    public string? ReferenceScheme { get; init; }
}

/// <summary>A member of the body of a request that begins an upload.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Kind">What its value is made of.</param>
/// <param name="Text">The text of a constant; empty for other kinds.</param>
/// <param name="IsJson">Whether a constant is JSON that is not a text, or a value is a number.</param>
public sealed record UploadMember(string Name, PartKind Kind, string Text, bool IsJson);

/// <summary>How deliveries of webhooks are verified.</summary>
/// <param name="Scheme">The scheme.</param>
/// <param name="Header">The header with the secret, of <see cref="WebhookScheme.SecretHeader"/>.</param>
/// <param name="Version">What precedes each signature, of <see cref="WebhookScheme.Standard"/>.</param>
/// <param name="IsHex">Whether signatures are hexadecimal digits instead of base64.</param>
/// <param name="IsTextKey">Whether the text of a secret is the key, instead of what it is in base64.</param>
public sealed record WebhookRule(WebhookScheme Scheme, string Header = "", string Version = "v1", bool IsHex = false, bool IsTextKey = false);

/// <summary>The schemes of signatures.</summary>
public enum WebhookScheme
{
    /// <summary>Nothing verifies the sender.</summary>
    None,

    /// <summary>Standard Webhooks: HMAC-SHA256 over the id, the time and the body.</summary>
    Standard,

    /// <summary>The secret itself, in a header.</summary>
    SecretHeader,
}

/// <summary>How a model is submitted.</summary>
/// <param name="Request">The request; its members are not used.</param>
/// <param name="InputPath">The names that lead to the input in the body; empty for the body itself.</param>
/// <param name="IsInputInArray">Whether the input is the only item of an array.</param>
/// <param name="ModelMember">The member of the body with the model; null for none.</param>
/// <param name="Constants">The members of the body that are always the same, as JSON.</param>
/// <param name="Format">How the body is written.</param>
public sealed record SubmitRule(
    RequestTemplate Request, EquatableArray<string> InputPath, bool IsInputInArray, string? ModelMember, EquatableArray<NamedText> Constants,
    BodyFormat Format);

/// <summary>How a body is written.</summary>
public enum BodyFormat
{
    /// <summary>As a JSON object.</summary>
    Json,

    /// <summary>As a form with parts.</summary>
    Multipart,

    /// <summary>As a form with fields, as in a query.</summary>
    UrlEncoded,
}

/// <summary>A model.</summary>
/// <param name="Endpoint">Its request and result.</param>
/// <param name="Submit">How it is submitted.</param>
/// <param name="Value">What the provider calls it, which differs from its id where several operations take the same model.</param>
/// <param name="Status">The status request of its jobs; null where it is that of all.</param>
public sealed record JobModel(EndpointDescription Endpoint, SubmitRule Submit, string Value, RequestTemplate? Status);
