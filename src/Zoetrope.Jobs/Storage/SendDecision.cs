namespace Zoetrope.Jobs.Storage;

/// <summary>Whether a job may be sent now.</summary>
public sealed record SendDecision
{
    private SendDecision()
    {
    }

    /// <summary>The job, marked as sent; null where it may not be sent.</summary>
    public LedgerJob? Job { get; private init; }

    /// <summary>Why it may not be sent yet; null where another worker has the job, or it was changed.</summary>
    public string? Reason { get; private init; }

    /// <summary>How long until it may be allowed; zero where no time alone changes it, as with a cap.</summary>
    public TimeSpan RetryAfter { get; private init; }

    /// <summary>Whether the job waits for more than time, although no cap is the reason: for files that are uploaded again.</summary>
    public bool IsStale { get; private init; }

    /// <summary>The scope whose cap leaves no room; null where no cap is the reason.</summary>
    public SpendScope? Scope { get; private init; }

    /// <summary>Whether there is no room because the job has no ceiling, and not because what is left is too little.</summary>
    public bool IsCostUnknown { get; private init; }

    /// <summary>Another worker has the job, or it has changed.</summary>
    public static SendDecision Lost { get; } = new();

    /// <summary>It is marked as sent.</summary>
    public static SendDecision Granted(LedgerJob job) => new() { Job = job };

    /// <summary>A limit leaves no room now.</summary>
    public static SendDecision Later(TimeSpan retryAfter, string reason) => new() { RetryAfter = retryAfter, Reason = reason };

    /// <summary>The files of the input are not there any more.</summary>
    public static SendDecision Stale(string reason) => new() { IsStale = true, Reason = reason };

    /// <summary>A cap leaves no room for jobs of the scope that may cost as much.</summary>
    public static SendDecision AtCap(SpendScope scope, string reason) => new() { Scope = scope, Reason = reason };

    /// <summary>A scope has a cap, and what the job may cost is not known.</summary>
    public static SendDecision Unpriced(SpendScope scope, string reason) => new() { Scope = scope, Reason = reason, IsCostUnknown = true };
}
