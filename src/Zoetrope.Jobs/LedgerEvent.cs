namespace Zoetrope.Jobs;

/// <summary>An entry in the history of a ledger.</summary>
/// <param name="Sequence">The position in the history; later entries have greater ones.</param>
/// <param name="JobId">The ledger's id of the job.</param>
/// <param name="Version">The version of the job that the transition made.</param>
/// <param name="At">The time, by the clock of the store.</param>
/// <param name="Kind">What happened.</param>
/// <param name="Text">The details, such as a handle or a reason; null where there are none.</param>
public sealed record LedgerEvent(long Sequence, string JobId, long Version, DateTimeOffset At, LedgerEventKind Kind, string? Text);
