using Zoetrope.Errors;

namespace Zoetrope.Jobs;

/// <summary>
/// A request about a job that failed, and that will be repeated: the service could not be reached, responded with an error, or with something that is neither a
/// status nor a result. It says nothing about the job.
/// </summary>
/// <param name="Handle">The job.</param>
/// <param name="LastStatus">The last status that was seen; null when none was.</param>
/// <param name="Reason">What went wrong: a <see cref="ServiceException"/>, a <see cref="TransportException"/>, or what a protocol of one's own throws.</param>
/// <param name="Count">How many requests have failed in a row, this one included.</param>
/// <param name="Elapsed">The time since the last response that could be used, or since the wait began.</param>
/// <param name="RetryIn">The time until the next request.</param>
public sealed record PollFailure(JobHandle Handle, JobStatus? LastStatus, Exception Reason, int Count, TimeSpan Elapsed, TimeSpan RetryIn);
