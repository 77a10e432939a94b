using System.Globalization;
using Zoetrope.Errors;
using Zoetrope.Jobs;

namespace Zoetrope.Cli.Output;

/// <summary>States, times and costs in words.</summary>
internal static class StatusText
{
    /// <summary>The state, and the position in the queue if it is known.</summary>
    public static string Of(JobStatus status) => status switch
    {
        { State: JobState.Queued, QueuePosition: { } position } => string.Create(CultureInfo.InvariantCulture, $"queued (position {position})"),
        _ => status.State.Name(),
    };

    /// <summary>Why nothing is heard of a job, and since when.</summary>
    public static string Of(PollFailure failure)
    {
        var what = Of(failure.Reason);
        return failure.Count == 1
            ? $"{what}, retrying: {failure.Reason.Message}"
            : string.Create(CultureInfo.InvariantCulture, $"{what}, retrying: {failure.Count} times in a row");
    }

    /// <summary>Why a submit is sent again, and when.</summary>
    public static string Of(SubmitRetry retry) =>
        $"not accepted, {Of(retry.Reason)}: the submit is sent again in {Of(retry.RetryIn)}";

    /// <summary>A length of time, such as <c>0.4 s</c> or <c>3 min 05 s</c>.</summary>
    public static string Of(TimeSpan time) => time.TotalMinutes < 1
        ? string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.0} s")
        : string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalMinutes} min {time.Seconds:00} s");

    /// <summary>What is known of times and costs; null when nothing is.</summary>
    public static string? Of(JobMetrics metrics)
    {
        var parts = new List<string>();
        if (metrics.Cost is { } cost)
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"cost ${cost:0.######}"));
        if (metrics.BillableUnits is { } units)
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"billed {units:0.######} {metrics.Unit ?? "units"}"));
        if (metrics.InferenceTime is { } time)
            parts.Add($"model time {Of(time)}");
        return parts.Count == 0 ? null : string.Join(", ", parts);
    }

    private static string Of(Exception reason) => reason switch
    {
        TransportException { Failure: TransportFailure.NotConnected } => "no connection",
        TransportException { Failure: TransportFailure.TimedOut } => "no response in time",
        TransportException => "no usable response",
        ServiceException refused => string.Create(CultureInfo.InvariantCulture, $"{refused.Provider} responds with {(int)refused.StatusCode}"),
        _ => "no status",
    };
}
