using System.Data.Common;
using System.Threading.Channels;

namespace Zoetrope.Jobs.Storage;

/// <summary>
/// Runs what is written to a ledger on one connection, in the order of arrival. What arrives while a transaction runs is committed together with the next one,
/// because the commit is what costs time.
/// </summary>
/// <param name="dialect">The dialect.</param>
/// <param name="patience">How long a transaction is tried again while the database is busy or cannot be reached.</param>
/// <param name="end">What is done before the commit.</param>
internal sealed class WriteQueue(SqlDialect dialect, TimeSpan patience, Func<SqlSession, Task> end) : IAsyncDisposable
{
    private const int MostTogether = 256;

    private readonly Channel<Item> _items = Channel.CreateUnbounded<Item>(new() { SingleReader = true });
    private readonly CancellationTokenSource _closing = new();
    private Task? _loop;
    private SqlSession? _session;

    /// <summary>Runs work in a transaction.</summary>
    /// <param name="work">
    /// The work. It may run more than once, each time with the same id: by that it must recognize what an earlier run has committed although its end was lost.
    /// </param>
    /// <param name="ct">A token to cancel the work before it begins.</param>
    /// <exception cref="LedgerException">The database cannot be reached, or stays busy.</exception>
    public Task<T> RunAsync<T>(Func<SqlSession, WriteOp, Task<T>> work, CancellationToken ct)
    {
        LazyInitializer.EnsureInitialized(ref _loop, Start);
        var item = new Item<T>(work, ct);
        return _items.Writer.TryWrite(item) ? item.Task : Task.FromException<T>(new ObjectDisposedException(nameof(LedgerStore)));
    }

    public async ValueTask DisposeAsync()
    {
        // A host disposes the store and the ledger, which disposes the store.
        if (!_items.Writer.TryComplete())
            return;
        await _closing.CancelAsync().ConfigureAwait(false);
        if (_loop is { } loop)
            await loop.ConfigureAwait(false);
        await DropAsync().ConfigureAwait(false);
        _closing.Dispose();
    }

    private Task Start()
    {
        if (!dialect.Blocks)
            return Task.Run(LoopAsync);
        // Calls that block have a thread of their own, on which nothing is ever waited for asynchronously.
        return Task.Factory.StartNew(
            () =>
            {
                while (_items.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
                    RunNextAsync().GetAwaiter().GetResult();
            },
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default);
    }

    private async Task LoopAsync()
    {
        while (await _items.Reader.WaitToReadAsync().ConfigureAwait(false))
            await RunNextAsync().ConfigureAwait(false);
    }

    private async Task RunNextAsync()
    {
        var items = new List<Item>();
        while (items.Count < MostTogether && _items.Reader.TryRead(out var item))
        {
            if (!item.IsCanceled)
                items.Add(item);
        }
        if (items.Count == 0 || await TryAsync(items).ConfigureAwait(false) is not { } failure)
            return;
        // One of them fails, or the end of the transaction was not seen: each decides for itself.
        var last = failure;
        foreach (var item in items)
            last = await RunAloneAsync(item, last).ConfigureAwait(false);
    }

    /// <summary>Runs and commits an item alone, again and again while the database is busy or cannot be reached.</summary>
    /// <param name="item">The item.</param>
    /// <param name="failure">How the last transaction failed; null if it did not.</param>
    /// <returns>How its last transaction failed; null if it did not.</returns>
    private async Task<Exception?> RunAloneAsync(Item item, Exception? failure)
    {
        var pause = TimeSpan.FromMilliseconds(5);
        while (true)
        {
            // Where a server hangs, each transaction takes as long as a timeout: a caller that has waited long enough for one waits for no other.
            if (failure is not null && dialect.IsTransient(failure) && (item.Age > patience || _closing.IsCancellationRequested))
            {
                item.Fail(new LedgerException(
                    $"The ledger cannot be written: {failure.Message} Nothing that was not committed is sent. It was tried again for {patience}.", failure)
                {
                    IsTransient = true,
                });
                return failure;
            }
            failure = await TryAsync([item]).ConfigureAwait(false);
            if (failure is null)
                return null;
            if (!dialect.IsTransient(failure))
            {
                item.Fail(failure is DbException ? new LedgerException($"The ledger cannot be written: {failure.Message}", failure) : failure);
                return null;
            }
            await Task.Delay(pause).ConfigureAwait(false);
            pause = pause < TimeSpan.FromSeconds(1) ? pause * 2 : pause;
        }
    }

    /// <summary>Runs and commits the items together.</summary>
    /// <returns>Null, or why not.</returns>
    private async Task<Exception?> TryAsync(IReadOnlyList<Item> items)
    {
        try
        {
            _session ??= new SqlSession(await dialect.OpenAsync(CancellationToken.None).ConfigureAwait(false), dialect);
            await _session.ExecuteAsync(dialect.Begin).ConfigureAwait(false);
            _session.End.Clear();
            foreach (var item in items)
                await item.ExecuteAsync(_session).ConfigureAwait(false);
            await end(_session).ConfigureAwait(false);
            await _session.ExecuteAsync("COMMIT").ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            // A connection that has failed in a transaction is not used again: its end rolls back.
            await DropAsync().ConfigureAwait(false);
            return exception;
        }
        foreach (var item in items)
            item.Complete();
        return null;
    }

    private async Task DropAsync()
    {
        if (_session is not { } session)
            return;
        _session = null;
        try
        {
            await session.DisposeAsync().ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is DbException or IOException or InvalidOperationException)
        {
            // The connection was lost, and what it would have said with it.
        }
    }

    private abstract class Item
    {
        private readonly long _start = TimeProvider.System.GetTimestamp();
        private readonly string _id = Guid.NewGuid().ToString("N");
        private bool _hasRun;

        public TimeSpan Age => TimeProvider.System.GetElapsedTime(_start);

        public abstract bool IsCanceled { get; }

        public Task ExecuteAsync(SqlSession session)
        {
            var op = new WriteOp(_id, _hasRun);
            _hasRun = true;
            return ExecuteAsync(session, op);
        }

        protected abstract Task ExecuteAsync(SqlSession session, WriteOp op);

        public abstract void Complete();

        public abstract void Fail(Exception exception);
    }

    private sealed class Item<T>(Func<SqlSession, WriteOp, Task<T>> work, CancellationToken ct) : Item
    {
        private readonly TaskCompletionSource<T> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private T? _result;

        public Task<T> Task => _completion.Task;

        public override bool IsCanceled => ct.IsCancellationRequested && _completion.TrySetCanceled(ct);

        protected override async Task ExecuteAsync(SqlSession session, WriteOp op) => _result = await work(session, op).ConfigureAwait(false);

        public override void Complete() => _completion.SetResult(_result!);

        public override void Fail(Exception exception) => _completion.SetException(exception);
    }
}
