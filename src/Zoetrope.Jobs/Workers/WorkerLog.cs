using System.Collections.Concurrent;
using System.Net;
using Microsoft.Extensions.Logging;
using Zoetrope.Jobs.Storage;

namespace Zoetrope.Jobs.Workers;

/// <summary>Logs what a person should see: once an hour where it goes on, such as a cap that many jobs wait for.</summary>
/// <param name="logger">The logger.</param>
internal sealed class WorkerLog(ILogger logger)
{
    // Beyond so many batches and doubts, what goes on is logged again.
    private const int MostGoingOn = 10_000;

    // In milliseconds.
    private const long AgainIn = 60 * 60 * 1000;

    private readonly ConcurrentDictionary<string, long> _goingOn = new(StringComparer.Ordinal);
    private int _isStoreLost;

    /// <summary>A job is in doubt; each process that looks into it logs it.</summary>
    public void InDoubt(LedgerJob job)
    {
        if (Begins($"doubt of {job.Id} {job.Attempts}"))
            WorkerMessages.InDoubt(logger, job.Provider, job.Id, job.EndpointId);
    }

    public void Found(LedgerJob job) => WorkerMessages.Found(logger, job.Provider, job.Id);

    /// <summary>A job waits for a cap.</summary>
    public void AtCap(string id, SpendScope scope, bool isCostUnknown, string reason)
    {
        if (Begins($"{scope.Name} {isCostUnknown}"))
            WorkerMessages.AtCap(logger, id, reason);
    }

    public void Refused(LedgerJob job, HttpStatusCode status)
    {
        if (Begins($"account of {job.Provider}"))
            WorkerMessages.Refused(logger, job.Provider, (int)status, job.Id);
    }

    public void FilesGone(string id) => WorkerMessages.FilesGone(logger, id);

    public void DeliveryFailed(LedgerJob job) => WorkerMessages.DeliveryFailed(logger, job.Id);

    public void DeliveryAbandoned(LedgerJob job, TimeSpan after) => WorkerMessages.DeliveryAbandoned(logger, job.Id, Math.Round(after.TotalDays, 1));

    public void PollsFail(ClaimedJob job) => WorkerMessages.PollsFail(logger, job.Id, job.Provider);

    public void StoreLost(LedgerException exception)
    {
        if (Interlocked.Exchange(ref _isStoreLost, 1) == 0)
            WorkerMessages.StoreLost(logger, exception);
    }

    public void StoreIsBack() => Volatile.Write(ref _isStoreLost, 0);

    private bool Begins(string what)
    {
        if (_goingOn.Count >= MostGoingOn)
            _goingOn.Clear();
        var now = Environment.TickCount64;
        return _goingOn.TryAdd(what, now)
            || (_goingOn.TryGetValue(what, out var logged) && now - logged >= AgainIn && _goingOn.TryUpdate(what, now, logged));
    }
}
