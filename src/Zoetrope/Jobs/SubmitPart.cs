namespace Zoetrope.Jobs;

/// <summary>What a provider says of one job of a request that submits several.</summary>
/// <param name="Receipt">The receipt of a job that was accepted; null where none is named.</param>
/// <param name="MayExist">Whether a job exists, or may exist nevertheless.</param>
public readonly record struct SubmitPart(SubmitReceipt? Receipt, bool MayExist);
