using System.Globalization;

namespace Zoetrope.Jobs;

/// <summary>Describes the state of a job that is no longer waited for.</summary>
internal static class StopText
{
    public static string Of(JobStatus? lastStatus, CancelOutcome? cancellation, Exception? cancelFailure) => lastStatus?.State switch
    {
        JobState.Completed => "; the job had completed, and its result can be fetched by resuming it.",
        JobState.Failed => "; the provider had reported that the job failed.",
        JobState.Canceled => "; the provider had reported that the job was canceled.",
        _ => cancellation switch
        {
            null when cancelFailure is not null => $"; the request to cancel it failed ({cancelFailure.Message}), so it may continue and can be resumed.",
            null => "; the job was left running and can be resumed.",
            CancelOutcome.Requested => ", and cancellation of the job was requested.",
            CancelOutcome.AlreadyCompleted => "; the job had already ended when its cancellation was requested, and can be resumed.",
            CancelOutcome.NotFound => "; the provider did not know the job when its cancellation was requested.",
            CancelOutcome.AlreadyRunning =>
                "; the job was not canceled, because the provider cancels only jobs that are queued: it continues, may be billed, and can be resumed.",
            CancelOutcome.OnlyRecorded =>
                "; the job was not canceled, because the provider has marked its record of it only: it continues, may be billed, and can be resumed.",
            _ => "; the job was not canceled, because the provider cannot cancel jobs: it continues, may be billed, and can be resumed.",
        },
    };

    public static string OfTimeout(JobStatus? lastStatus, TimeSpan timeout, CancelOutcome? cancellation, Exception? cancelFailure) => lastStatus?.State switch
    {
        JobState.Completed => $"The job completed, but its result was not received within {timeout.ToString()}; it can be resumed.",
        JobState.Failed or JobState.Canceled =>
            $"The end of the job was reported, but not confirmed within {timeout.ToString()}{Of(lastStatus, cancellation, cancelFailure)}",
        _ => $"The job did not end within {timeout.ToString()}{Of(lastStatus, cancellation, cancelFailure)}",
    };

    public static string OfFailures(Exception? last, int count) => last is null ? "" : count switch
    {
        > 1 => $" The last {count.ToString(CultureInfo.InvariantCulture)} requests about it failed, most recently: {last.Message}",
        _ => $" The last request about it failed: {last.Message}",
    };
}
