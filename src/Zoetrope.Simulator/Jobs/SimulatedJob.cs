using System.Text.Json.Nodes;
using Zoetrope.Simulator.Endpoints;
using Zoetrope.Simulator.Http;

namespace Zoetrope.Simulator.Jobs;

/// <summary>Where a job is on its way.</summary>
internal enum JobPhase
{
    Queued,
    Running,
    Succeeded,
    Failed,
    Canceled,
}

/// <summary>A job. Its phase follows from the clock alone; nothing runs.</summary>
internal sealed class SimulatedJob(SimulatedEndpoint endpoint, JsonObject input, string key, JobTimes times, JobFailure? failure)
{
    private readonly Lock _gate = new();
    private DateTimeOffset? _canceled;

    public string Id { get; } = Guid.NewGuid().ToString();

    public SimulatedEndpoint Endpoint => endpoint;

    public JsonObject Input => input;

    /// <summary>The key that it was made with.</summary>
    public string Key => key;

    public JobTimes Times => times;

    public JobFailure? Failure => failure;

    /// <summary>Whether it fails once it has run.</summary>
    public bool Fails => failure is { Result: null };

    /// <summary>Its result, with files of this server.</summary>
    public JsonNode? Result { get; set; }

    /// <summary>The header with which its maker said how long its files are kept and who may read them; null where there was none.</summary>
    public string? FileLifecycle { get; set; }

    /// <summary>Whether it never starts, because its caller allowed it less time to start than the queue takes.</summary>
    public bool NeverStarts => times.StartDeadline is { } deadline && deadline < times.Starts;

    /// <summary>When it is over, unless it is canceled before.</summary>
    public DateTimeOffset Ends => NeverStarts ? times.StartDeadline!.Value : times.Ends;

    public JobPhase PhaseAt(DateTimeOffset now)
    {
        lock (_gate)
        {
            if (_canceled is not null)
                return JobPhase.Canceled;
        }
        if (now >= Ends)
            return !Fails && !NeverStarts ? JobPhase.Succeeded : JobPhase.Failed;
        return now < times.Starts ? JobPhase.Queued : JobPhase.Running;
    }

    /// <summary>Cancels it; false when it was over already.</summary>
    public bool TryCancel(DateTimeOffset now)
    {
        lock (_gate)
        {
            if (_canceled is not null || now >= Ends)
                return false;
            _canceled = now;
            return true;
        }
    }

    /// <summary>How much of its run is over, from 0 to 1.</summary>
    public double ProgressAt(DateTimeOffset now)
    {
        var run = (times.Ends - times.Starts).TotalSeconds;
        return run <= 0 ? 1 : Math.Clamp((now - times.Starts).TotalSeconds / run, 0, 1);
    }
}

/// <summary>When a job gets where.</summary>
/// <param name="Created">When it was accepted.</param>
/// <param name="Starts">When it leaves the queue.</param>
/// <param name="Ends">When it has run.</param>
/// <param name="StartDeadline">Until when it must have started, or null.</param>
internal readonly record struct JobTimes(DateTimeOffset Created, DateTimeOffset Starts, DateTimeOffset Ends, DateTimeOffset? StartDeadline)
{
    public double RunSeconds => (Ends - Starts).TotalSeconds;
}
