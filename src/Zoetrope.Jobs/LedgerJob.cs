using Zoetrope.Costs;
using Zoetrope.Json;

namespace Zoetrope.Jobs;

/// <summary>A job in a ledger, as it was when it was read.</summary>
public sealed record LedgerJob
{
    /// <summary>The ledger's own id.</summary>
    public required string Id { get; init; }

    /// <summary>The batch; empty where the job belongs to none.</summary>
    public string Batch { get; init; } = "";

    /// <summary>The caller's name for the job, such as a line of a file; files are named after it. Null where it has none.</summary>
    public string? Label { get; init; }

    /// <summary>The provider, such as <c>fal</c>.</summary>
    public required string Provider { get; init; }

    /// <summary>The provider's id of the model.</summary>
    public required string EndpointId { get; init; }

    /// <summary>The input.</summary>
    public required RawJson Input { get; init; }

    /// <summary>The hash of provider, model and input, which equal inputs share whatever the order of their members.</summary>
    public required string InputHash { get; init; }

    /// <summary>
    /// What may be only once in the ledger; null where the same input may be there again. A job with the key of an existing one is that one.
    /// </summary>
    public string? UniqueKey { get; init; }

    /// <summary>
    /// The hash of provider, model and <see cref="JobIntent.Identity"/>, by which the job is recognized whatever its files are referred to by; that of the
    /// input where it has no identity. With <see cref="JobIntent.IdentityModel"/>, it is that of this model, and of no provider.
    /// </summary>
    public string IdentityHash => OwnIdentity ?? UniqueKey?.Split(':')[0] ?? InputHash;

    /// <summary>The server and the account that have the files of the input (<see cref="JobIntent.Uploads"/>); null where the ledger knows of none.</summary>
    public string? UploadAccount { get; init; }

    /// <summary>When the first of the files of the input expires, after which it is not sent any more; null where that is not known.</summary>
    public DateTimeOffset? FilesExpireAt { get; init; }

    /// <summary>The key of the submit, where the provider honors one; null otherwise.</summary>
    public string? IdempotencyKey { get; init; }

    /// <summary>The secret that a webhook of the job has, behind its id.</summary>
    public required string Token { get; init; }

    /// <summary>The most that the job may cost, in US dollars; null where that is not known.</summary>
    public decimal? Ceiling { get; init; }

    /// <summary>The state.</summary>
    public LedgerState State { get; init; }

    /// <summary>The number of changes of this job. A change is applied only to the version that it was decided on.</summary>
    public long Version { get; init; }

    /// <summary>The worker that has the job; null where none has.</summary>
    public string? Owner { get; init; }

    /// <summary>The number of times it was sent.</summary>
    public int Attempts { get; init; }

    /// <summary>The provider's job; null until it was accepted.</summary>
    public JobHandle? Handle { get; init; }

    /// <summary>When it was recorded.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When the next step is due.</summary>
    public DateTimeOffset DueAt { get; init; }

    /// <summary>When it was last sent; null if never.</summary>
    public DateTimeOffset? SentAt { get; init; }

    /// <summary>When the receipt was stored; null if it was not.</summary>
    public DateTimeOffset? AcceptedAt { get; init; }

    /// <summary>When the end was stored; null while it goes on.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>When the files were stored; null if they were not.</summary>
    public DateTimeOffset? DeliveredAt { get; init; }

    /// <summary>Since when each attempt to store its files has failed, in this ledger; null where the last one has not.</summary>
    public DateTimeOffset? FailingSince { get; init; }

    /// <summary>Why it is in this state, or what it waits for; null where there is nothing to say.</summary>
    public string? Reason { get; init; }

    /// <summary>What it cost, as the provider reports it; null where it does not, or not yet.</summary>
    public CostAmount? Billed { get; init; }

    /// <summary>What earlier attempts that were put back by a retry may have cost, in US dollars.</summary>
    public decimal EarlierCost { get; init; }

    /// <summary>The result as it was received; null until it completed.</summary>
    public RawJson? Result { get; init; }

    /// <summary>Where the files of the result are stored, in their order.</summary>
    public IReadOnlyList<string> Outputs { get; init; } = [];

    /// <summary>Whether it was recorded by the call that returned it; false where that found it in the ledger.</summary>
    public bool IsNew { get; init; }

    /// <summary>Whether nothing more happens by itself.</summary>
    public bool IsFinished => State is LedgerState.Delivered or LedgerState.Failed or LedgerState.Canceled;

    /// <summary>What is set aside for it, in US dollars: it may be billed, and what it costs is not known yet.</summary>
    public decimal Reserved => State is LedgerState.Sent or LedgerState.InDoubt or LedgerState.Accepted ? Ceiling ?? 0 : 0;

    /// <summary>
    /// What it has cost, in US dollars, earlier attempts included. Where the provider does not report it, the most that it may have cost counts for a job that
    /// was accepted.
    /// </summary>
    public decimal Spent
    {
        get
        {
            if (!IsOver)
                return EarlierCost;
            if (Billed is { Unit: CostAmount.Usd } cost)
                return EarlierCost + cost.Value;
            // Without a handle it was never accepted, and costs nothing.
            return Handle is null ? EarlierCost : EarlierCost + (Ceiling ?? 0);
        }
    }

    /// <summary>The id and the state: the token is a secret, and the input may be long.</summary>
    public override string ToString() => $"{Id} ({State})";

    /// <summary>The identity of a job that was made again, or is the only one of its batch: the others have it in their key.</summary>
    internal string? OwnIdentity { get; init; }

    /// <summary>What a job would be known by that is the same, and its provider (<see cref="JobIntent.Alternatives"/>). It is not stored.</summary>
    internal IReadOnlyList<(string Key, string Provider)> OtherKeys { get; init; } = [];

    /// <summary>What a job with the same input had as its key before inputs could have an identity; null where the job is made again.</summary>
    internal string? InputKey => UniqueKey is null || IsOnlyOfBatch ? UniqueKey : JobLedger.UniqueKeyOf(InputHash, Batch);

    /// <summary>Whether the batch is all that is in its key (<see cref="JobIntent.IsOnlyOfBatch"/>).</summary>
    internal bool IsOnlyOfBatch => UniqueKey is [':', ..];

    private bool IsOver => IsFinished || State == LedgerState.Ended;
}
