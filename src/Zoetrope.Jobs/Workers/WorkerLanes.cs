using System.Collections.Concurrent;
using System.Threading.Channels;
using Zoetrope.Jobs.Storage;

namespace Zoetrope.Jobs.Workers;

/// <summary>
/// The jobs of a worker by the kind of their next step and their provider, each with a limit of how many run at once, so that none waits for another: a slow
/// download delays no poll, and a provider that does not respond delays no other. Only the worker's loop uses it, except for <see cref="Wake"/>.
/// </summary>
/// <param name="options">The options.</param>
/// <param name="partitions">The partitions whose jobs are worked on; null for all.</param>
internal sealed class WorkerLanes(LedgerOptions options, LedgerPartitions? partitions)
{
    /// <summary>The longest time between two steps that fail.</summary>
    private static readonly TimeSpan Slowest = TimeSpan.FromMinutes(5);

    // How many jobs of a provider are in doubt or wait for their files here; the others are claimed later.
    private const int MostOfAProvider = 64;

    // How many polls one thread begins after the other. A request is sent without waiting, so a thread for each would cost more than the poll.
    private const int PollsOfAThread = 16;

    private readonly List<Lane> _lanes = [];
    private readonly Dictionary<string, WorkerEntry> _entries = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<string> _woken = new();
    private List<string> _leaving = [];

    // The partitions of which it may have jobs, one bit of each.
    private ulong _held;

    /// <summary>The states in the order in which they are claimed: what is paid for first.</summary>
    public static IReadOnlyList<LedgerState> States { get; } = [LedgerState.Ended, LedgerState.Accepted, LedgerState.InDoubt, LedgerState.Intended];

    /// <summary>Whether it has no jobs.</summary>
    public bool IsEmpty => _entries.Count == 0;

    /// <summary>
    /// How many jobs of a state and a provider can be added now. All but those that are waited for are limited by provider, so that those of one whose limit is
    /// reached keep nobody else's away.
    /// </summary>
    public int RoomFor(LedgerState state, string provider)
    {
        const int PageSize = 500;
        var room = state switch
        {
            LedgerState.Accepted => options.MostWaits - Waits,
            LedgerState.Intended => (options.Parallel * 2) - LaneOf(state, provider)!.CountOf(provider),
            _ => MostOfAProvider - LaneOf(state, provider)!.CountOf(provider),
        };
        return Math.Min(PageSize, room);
    }

    /// <summary>Adds a job.</summary>
    public void Add(WorkerEntry entry, TimeSpan dueIn)
    {
        if (!_entries.TryAdd(entry.Job.Id, entry))
        {
            // It was given back by a step that has not ended here, and is this worker's again.
            _entries[entry.Job.Id].Again = entry.Job;
            return;
        }
        LaneOf(entry.Job)!.Add(entry.Job.Provider, 1);
        Queue(entry, dueIn);
    }

    /// <summary>Makes a job due now; may be called by any thread.</summary>
    public void Wake(string id) => _woken.Enqueue(id);

    /// <summary>Forgets the jobs of partitions that were removed; each when no step of it runs.</summary>
    /// <returns>Their ids.</returns>
    public IReadOnlyList<string> Leaving()
    {
        if (partitions is { Bits: var bits } && (_held & ~bits) != 0)
        {
            _held &= bits;
            foreach (var entry in _entries.Values.Where(entry => !entry.IsRunning && (LedgerPartitions.BitOf(entry.Job.Id) & bits) == 0).ToList())
            {
                // What is left of it in the queue is out of date.
                entry.Due = -1;
                LaneOf(entry.Job)!.Add(entry.Job.Provider, -1);
                Leave(entry.Job.Id);
            }
        }
        if (_leaving.Count == 0)
            return [];
        var leaving = _leaving;
        _leaving = [];
        return leaving;
    }

    /// <summary>Starts what is due.</summary>
    /// <returns>The tick count at which the next step is due.</returns>
    public long Start(Func<WorkerEntry, Task> start)
    {
        while (_woken.TryDequeue(out var id))
        {
            if (!_entries.TryGetValue(id, out var entry))
                continue;
            entry.Steps = 0;
            entry.IsWoken = entry.IsRunning;
            if (!entry.IsRunning)
                Queue(entry, default);
        }
        var next = long.MaxValue;
        foreach (var lane in _lanes)
        {
            var polls = new List<WorkerEntry>();
            while (lane.Queue.TryPeek(out var entry, out var due))
            {
                if (entry.IsRunning || entry.Due != due || LaneOf(entry.Job) != lane)
                {
                    lane.Queue.Dequeue();
                    continue;
                }
                if (due > Environment.TickCount64)
                {
                    next = Math.Min(next, due);
                    break;
                }
                if (!HasRoom(lane))
                    break;
                lane.Queue.Dequeue();
                entry.IsRunning = true;
                lane.Running++;
                if (lane.State == LedgerState.Accepted)
                    polls.Add(entry);
                else
                    _ = Task.Run(() => start(entry));
            }
            foreach (var some in polls.Chunk(PollsOfAThread))
                _ = Task.Run(() => Array.ForEach(some, entry => _ = start(entry)));
        }
        return next;
    }

    /// <summary>Takes note of a step's result.</summary>
    /// <param name="entry">The job.</param>
    /// <param name="result">The result.</param>
    public void Ended(WorkerEntry entry, StepResult result)
    {
        var lane = LaneOf(entry.Job)!;
        lane.Running--;
        lane.Add(entry.Job.Provider, -1);
        entry.IsRunning = false;
        if (entry.Again is { } again)
            result = result.Job is { } own && own.Version > again.Version ? result : new StepResult(again);
        entry.Again = null;
        if (result.Job is not { } job || LaneOf(job) is not { } now)
        {
            _entries.Remove(entry.Job.Id);
            return;
        }
        if (partitions is { Bits: var bits } && (LedgerPartitions.BitOf(job.Id) & bits) == 0)
        {
            Leave(job.Id);
            return;
        }
        // Polls come later and later, as their provider recommends; failed steps even more so.
        var hasChanged = job.Version != entry.Job.Version && !result.Failed;
        entry.Steps = hasChanged || entry.IsWoken ? 0 : entry.Steps + 1;
        entry.Failures = result.Failed ? entry.Failures + 1 : 0;
        entry.Job = job;
        now.Add(job.Provider, 1);
        Queue(entry, entry.IsWoken ? default : DelayOf(entry, result));
        entry.IsWoken = false;
    }

    /// <summary>Waits for the steps that run, and forgets all jobs.</summary>
    public async Task EndAsync(ChannelReader<(WorkerEntry Entry, StepResult Result)> ended)
    {
        while (_lanes.Sum(lane => lane.Running) > 0)
        {
            var (entry, result) = await ended.ReadAsync().ConfigureAwait(false);
            Ended(entry, result);
        }
        _entries.Clear();
        _leaving = [];
        foreach (var lane in _lanes)
            lane.Clear();
    }

    private void Leave(string id)
    {
        _entries.Remove(id);
        _leaving.Add(id);
    }

    private TimeSpan DelayOf(WorkerEntry entry, StepResult result)
    {
        if (entry.Steps == 0)
            return result.DueIn;
        var longest = result.Failed ? Slowest : options.PollInterval ?? options.ClientOf(entry.Job.Provider).Protocol.Polling.Maximum;
        var least = result.Failed && result.DueIn < TimeSpan.FromSeconds(1) ? TimeSpan.FromSeconds(1) : result.DueIn;
        var growth = entry.Job.State == LedgerState.Accepted || result.Failed ? Math.Pow(1.5, Math.Min(entry.Steps - 1, 30)) : 1;
        var delay = Longer(least, Shorter(least * growth, longest));
        return delay * (0.85 + (Random.Shared.NextDouble() * 0.3));
    }

    private static TimeSpan Longer(TimeSpan one, TimeSpan other) => one > other ? one : other;

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;

    private int Waits => _lanes.Sum(lane => lane.State == LedgerState.Accepted ? lane.Count : 0);

    private bool HasRoom(Lane lane) => lane.Running < lane.State switch
    {
        // So many that each of many jobs is polled in time even if a response takes a fiftieth of it.
        LedgerState.Accepted => Math.Max(64, lane.Count / 50),
        // A job that is sent now is waited for next.
        LedgerState.Intended => Math.Min(options.Parallel, options.MostWaits - Waits),
        LedgerState.Ended => 8,
        _ => 4,
    };

    private Lane? LaneOf(ClaimedJob job) => LaneOf(job.State, job.Provider);

    private Lane? LaneOf(LedgerState state, string provider)
    {
        if (!States.Contains(state))
            return null;
        // Submits are limited in all: those of all providers take their turns in one.
        var only = state == LedgerState.Intended ? null : provider;
        foreach (var lane in _lanes)
        {
            if (lane.State == state && lane.Provider == only)
                return lane;
        }
        var added = new Lane(state, only);
        _lanes.Add(added);
        return added;
    }

    private void Queue(WorkerEntry entry, TimeSpan dueIn)
    {
        if (partitions is not null)
            _held |= LedgerPartitions.BitOf(entry.Job.Id);
        entry.Due = Environment.TickCount64 + (long)dueIn.TotalMilliseconds;
        LaneOf(entry.Job)!.Queue.Enqueue(entry, entry.Due);
    }

    private sealed class Lane(LedgerState state, string? provider)
    {
        private readonly Dictionary<string, int> _counts = new(StringComparer.Ordinal);

        /// <summary>The state of its jobs.</summary>
        public LedgerState State => state;

        /// <summary>The provider of its jobs; null for those of all.</summary>
        public string? Provider => provider;

        public PriorityQueue<WorkerEntry, long> Queue { get; } = new();

        /// <summary>The number of jobs, those that run included.</summary>
        public int Count { get; private set; }

        /// <summary>The number of steps that run.</summary>
        public int Running { get; set; }

        /// <summary>The number of jobs of a provider.</summary>
        public int CountOf(string provider) => _counts.GetValueOrDefault(provider);

        public void Add(string provider, int jobs)
        {
            Count += jobs;
            _counts[provider] = CountOf(provider) + jobs;
        }

        public void Clear()
        {
            Queue.Clear();
            _counts.Clear();
            Count = 0;
        }
    }
}
