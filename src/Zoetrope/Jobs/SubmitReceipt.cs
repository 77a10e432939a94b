namespace Zoetrope.Jobs;

/// <summary>What a provider answers to a submit.</summary>
/// <param name="Handle">What the job is found again by.</param>
/// <param name="Status">Its first status.</param>
public sealed record SubmitReceipt(JobHandle Handle, JobStatus Status);
