using System.Globalization;
using Zoetrope.Errors;
using Zoetrope.Json;

namespace Zoetrope.Jobs;

/// <summary>The status of a job, as the provider reported it at one moment.</summary>
public sealed class JobStatus
{
    /// <summary>The state.</summary>
    public required JobState State { get; init; }

    /// <summary>The provider's own word for the state, such as <c>IN_QUEUE</c>.</summary>
    public string? ProviderStatus { get; init; }

    /// <summary>The number of jobs ahead in the queue, where the provider reports it.</summary>
    public int? QueuePosition { get; init; }

    /// <summary>How much of the job is done, from 0 to 1, where the provider reports it.</summary>
    public double? Progress { get; init; }

    /// <summary>How long the job is expected to take, where the provider reports it.</summary>
    public TimeSpan? ExpectedTime { get; init; }

    /// <summary>The log lines so far, where they were requested and the provider has them.</summary>
    public IReadOnlyList<JobLog> Logs { get; init; } = [];

    /// <summary>The times and costs, as far as they are known.</summary>
    public JobMetrics Metrics { get; init; } = JobMetrics.None;

    /// <summary>The reason of a failure, where the status itself contains it.</summary>
    public ServiceError? Error { get; init; }

    /// <summary>The result, where the provider includes it in the status (Eachlabs does, fal does not).</summary>
    public RawJson? Output { get; init; }

    /// <summary>The status as it was received.</summary>
    public RawJson Raw { get; init; }

    /// <summary>Whether the job has ended, in any way.</summary>
    public bool IsTerminal => State is JobState.Completed or JobState.Failed or JobState.Canceled;

    /// <summary>Describes the status in a few words, such as <c>queued, 3 ahead</c> or <c>running, 25 %, 2 log lines</c>.</summary>
    public override string ToString()
    {
        var text = State.Name();
        if (State == JobState.Queued && QueuePosition is { } ahead)
            text += $", {Text(ahead)} ahead";
        if (State == JobState.Running && Progress is { } progress)
            text += $", {Text((int)(100 * progress))} %";
        if (Logs.Count > 0)
            text += Logs.Count == 1 ? ", 1 log line" : $", {Text(Logs.Count)} log lines";
        return Error is null ? text : $"{text}: {Error.Message}";

        static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
    }
}
