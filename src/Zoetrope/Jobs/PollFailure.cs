using Zoetrope.Errors;

namespace Zoetrope.Jobs;

/// <summary>
/// A request about a job that failed and will be repeated: the service could not be reached, responded with an error, or responded with something that is
/// neither a status nor a result. The failure says nothing about the job.
/// </summary>
/// <param name="Handle">The job.</param>
/// <param name="LastStatus">The last status that was received; null when there was none.</param>
/// <param name="Reason">The reason: a <see cref="ServiceException"/>, a <see cref="TransportException"/>, or an exception of a custom protocol.</param>
/// <param name="Count">The number of consecutive failed requests, including this one.</param>
/// <param name="Elapsed">The time since the last usable response, or since the wait began.</param>
/// <param name="RetryIn">The time until the next request.</param>
public sealed record PollFailure(JobHandle Handle, JobStatus? LastStatus, Exception Reason, int Count, TimeSpan Elapsed, TimeSpan RetryIn);
