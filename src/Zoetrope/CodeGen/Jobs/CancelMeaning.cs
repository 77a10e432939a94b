using System.ComponentModel;

namespace Zoetrope.CodeGen.Jobs;

/// <summary>What a request to cancel does at a provider.</summary>
[Flags]
[EditorBrowsable(EditorBrowsableState.Never)]
public enum CancelMeaning
{
    /// <summary>There is no such request.</summary>
    None = 0,

    /// <summary>It stops the job.</summary>
    Possible = 1,

    /// <summary>It stops the job only while that is queued.</summary>
    OnlyWhileQueued = 2,

    /// <summary>It marks the provider's record only: the job continues, and is billed.</summary>
    OnlyRecord = 4,

    /// <summary>It deletes a job that has ended, so it is never sent to one.</summary>
    DeletesEnded = 8,
}
