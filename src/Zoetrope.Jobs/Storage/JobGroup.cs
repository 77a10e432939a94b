namespace Zoetrope.Jobs.Storage;

/// <summary>The jobs of a ledger that have the same batch, model and state.</summary>
/// <param name="Batch">The batch; empty for jobs that belong to none.</param>
/// <param name="Provider">The provider.</param>
/// <param name="EndpointId">The provider's id of the model.</param>
/// <param name="State">The state.</param>
/// <param name="Count">The number of jobs.</param>
/// <param name="WithReason">The number of those that have a reason, such as what they wait for.</param>
/// <param name="Reason">The reason of one of them; null where none has one.</param>
/// <param name="LastId">The greatest id, which is that of the job that was recorded last.</param>
public sealed record JobGroup(
    string Batch, string Provider, string EndpointId, LedgerState State, long Count, long WithReason, string? Reason, string LastId);
