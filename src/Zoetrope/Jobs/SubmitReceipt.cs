namespace Zoetrope.Jobs;

/// <summary>The provider's response to a submit.</summary>
/// <param name="Handle">The handle that resumes the job.</param>
/// <param name="Status">The first status.</param>
public sealed record SubmitReceipt(JobHandle Handle, JobStatus Status);
