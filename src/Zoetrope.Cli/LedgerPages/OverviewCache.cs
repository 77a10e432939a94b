using Zoetrope.Cli.Pages;
using Zoetrope.Jobs.Storage;

namespace Zoetrope.Cli.LedgerPages;

/// <summary>
/// The overview that all open pages share. However many there are and however often they ask, the ledger is counted only where its history has grown, and its
/// counting takes a tenth of the time at most.
/// </summary>
/// <param name="lastEvent">Reads the number of the last entry of the history.</param>
/// <param name="count">Counts the jobs of the ledger.</param>
/// <param name="write">Creates the JSON of an overview, with the estimates of its batches.</param>
/// <param name="time">The clock.</param>
internal sealed class OverviewCache(
    Func<CancellationToken, Task<long>> lastEvent,
    Func<CancellationToken, Task<LedgerOverview>> count,
    Func<LedgerOverview, IReadOnlyList<(BatchProgress Batch, TimeSpan? Left)>, byte[]> write,
    TimeProvider time) : IDisposable
{
    private const int ShareOfTime = 10;

    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(500);

    // A cap, or that jobs wait for one, is not in the history.
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    private readonly SemaphoreSlim _turn = new(1);
    private readonly Dictionary<string, BatchPace> _paces = new(StringComparer.Ordinal);
    private readonly long _start = time.GetTimestamp();
    private (byte[] Json, string Tag)? _last;
    private long _lastEvent;
    private TimeSpan _readAt;
    private TimeSpan _pause;

    /// <summary>The JSON, and the tag by which a page recognizes that it has it.</summary>
    public async Task<(byte[] Json, string Tag)> GetAsync(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            var now = time.GetElapsedTime(_start);
            if (_last is { } known)
            {
                if (now - _readAt < _pause)
                    return known;
                if (now - _readAt < Longest && await lastEvent(cancellationToken) == _lastEvent)
                    return known;
            }
            // Before the counting: what happens meanwhile is counted next time.
            var last = await lastEvent(cancellationToken);
            var read = Read(await count(cancellationToken), now);
            (_lastEvent, _last) = (last, read);
            _readAt = time.GetElapsedTime(_start);
            _pause = (_readAt - now) * ShareOfTime;
            if (_pause < Shortest)
                _pause = Shortest;
            return read;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _turn.Dispose();

    private (byte[] Json, string Tag) Read(LedgerOverview overview, TimeSpan now)
    {
        var batches = new List<(BatchProgress Batch, TimeSpan? Left)>();
        foreach (var batch in BatchProgress.Of(overview))
        {
            if (!_paces.TryGetValue(batch.Batch, out var pace))
                _paces[batch.Batch] = pace = new BatchPace();
            batches.Add((batch, pace.Observe(now, batch.Jobs.Finished, batch.Jobs.Remaining)));
        }
        var json = write(overview, batches);
        return (json, ContentTag.Of(json));
    }
}
