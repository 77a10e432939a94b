using System.Text.Json.Nodes;
using Zoetrope.Simulator.Endpoints;
using Zoetrope.Simulator.Files;
using Zoetrope.Simulator.Http;

namespace Zoetrope.Simulator.Jobs;

/// <summary>The jobs of all providers, in memory.</summary>
internal sealed class JobStore(SimulatorOptions options, FileStore files, RequestLog log)
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, SimulatedJob> _jobs = new(StringComparer.Ordinal);
    private readonly List<SimulatedJob> _inOrder = [];
    private readonly OrderedDictionary<string, SimulatedJob> _direct = new(StringComparer.Ordinal);

    public DateTimeOffset Now => options.TimeProvider.GetUtcNow();

    public SimulatedJob Add(SimulatedEndpoint endpoint, JsonObject input, string key, string baseUrl, JobFailure? failure, TimeSpan? startTimeout = null)
    {
        var job = Create(endpoint, input, key, baseUrl, options.QueueTime, failure, startTimeout);
        lock (_gate)
        {
            _jobs.Add(job.Id, job);
            _inOrder.Add(job);
        }
        log.Accept(endpoint.Provider);
        return job;
    }

    /// <summary>Creates a job that starts at once and that only its maker can find; reports of all runs count it.</summary>
    public SimulatedJob CreateDirect(SimulatedEndpoint endpoint, JsonObject input, string key, string baseUrl, JobFailure? failure)
    {
        var job = Create(endpoint, input, key, baseUrl, TimeSpan.Zero, failure, null);
        lock (_gate)
            _direct.Add(job.Id, job);
        return job;
    }

    /// <summary>All runs at a provider, those without a queue too, oldest first.</summary>
    public IReadOnlyList<SimulatedJob> Runs(string provider)
    {
        lock (_gate)
            return [.. _inOrder.Concat(_direct.Values).Where(job => job.Endpoint.Provider == provider).OrderBy(job => job.Times.Created)];
    }

    public SimulatedJob? Find(string provider, string id)
    {
        lock (_gate)
            return _jobs.TryGetValue(id, out var job) && job.Endpoint.Provider == provider ? job : null;
    }

    /// <summary>A run, with or without a queue.</summary>
    public SimulatedJob? FindRun(string provider, string id)
    {
        lock (_gate)
        {
            return (_jobs.TryGetValue(id, out var job) || _direct.TryGetValue(id, out job)) && job.Endpoint.Provider == provider ? job : null;
        }
    }

    /// <summary>The jobs that a key has made at a provider, newest first.</summary>
    public IReadOnlyList<SimulatedJob> Of(string provider, string key)
    {
        lock (_gate)
            return [.. Since(DateTimeOffset.MinValue).Where(job => job.Endpoint.Provider == provider && job.Key == key)];
    }

    /// <summary>Forgets a job.</summary>
    public void Remove(SimulatedJob job)
    {
        lock (_gate)
        {
            _jobs.Remove(job.Id);
            _inOrder.Remove(job);
        }
    }

    /// <summary>How many jobs of an endpoint wait in the queue before a job that was made at <paramref name="created"/>.</summary>
    public int Ahead(SimulatedEndpoint endpoint, DateTimeOffset created, string? except = null)
    {
        var now = Now;
        lock (_gate)
            return Since(now - options.QueueTime).Count(job =>
                ReferenceEquals(job.Endpoint, endpoint) && job.Id != except && job.Times.Created <= created && job.PhaseAt(now) == JobPhase.Queued);
    }

    /// <summary>How many jobs a key has in flight, and how many it made in the last minute.</summary>
    public (int InFlight, int LastMinute) Load(string provider, string key)
    {
        var now = Now;
        var wholeJob = options.QueueTime + options.JobDuration;
        lock (_gate)
        {
            var own = Since(now - (wholeJob > Minute ? wholeJob : Minute)).Where(job => job.Endpoint.Provider == provider && job.Key == key).ToList();
            return (own.Count(job => job.PhaseAt(now) is JobPhase.Queued or JobPhase.Running), own.Count(job => now - job.Times.Created < Minute));
        }
    }

    /// <summary>The jobs made since a time, newest first: older ones need no look, however many there are.</summary>
    private IEnumerable<SimulatedJob> Since(DateTimeOffset time)
    {
        for (var i = _inOrder.Count - 1; i >= 0 && _inOrder[i].Times.Created >= time; i--)
            yield return _inOrder[i];
    }

    private SimulatedJob Create(
        SimulatedEndpoint endpoint, JsonObject input, string key, string baseUrl, TimeSpan queueTime, JobFailure? failure, TimeSpan? startTimeout)
    {
        var created = Now;
        var starts = created + queueTime;
        var job = new SimulatedJob(endpoint, input, key, new(created, starts, starts + options.JobDuration, created + startTimeout), failure);
        if (failure is { Result: not null, Body: { } given })
        {
            job.Result = LooseJson.Parse(given);
            return job;
        }
        var request = new SampleRequest(endpoint.Id, input, endpoint.Input.Schema);
        job.Result = files.Localize(endpoint.Output.For(request), job.Id, baseUrl, RequestedSize.Of(request, isVideo: false));
        return job;
    }
}
