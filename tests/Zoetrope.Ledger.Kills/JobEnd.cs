namespace Zoetrope.Ledger.Kills;

/// <summary>What became of a job.</summary>
public enum JobFate
{
    /// <summary>It has not ended.</summary>
    Open,

    /// <summary>Its file is stored.</summary>
    Delivered,

    /// <summary>It is reported as one that may have been accepted.</summary>
    InDoubt,

    /// <summary>It is reported as one that failed.</summary>
    Failed,
}

/// <summary>What a queue reports of a job.</summary>
/// <param name="Fate">What became of it.</param>
/// <param name="Reason">Why; null where there is nothing to say.</param>
public readonly record struct JobEnd(JobFate Fate, string? Reason = null);
