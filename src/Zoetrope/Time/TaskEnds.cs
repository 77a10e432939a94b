using System.Threading.Tasks.Sources;

namespace Zoetrope.Time;

/// <summary>Waits for the end of tasks, whatever their result.</summary>
internal static class TaskEnds
{
    /// <summary>
    /// Waits until a task has ended, but no longer than until the cancellation. <see cref="Task.WaitAsync(CancellationToken)"/> would add types for every type
    /// of task in a program to native apps.
    /// </summary>
    /// <param name="work">The task; its failure is not thrown, and counts as observed.</param>
    /// <param name="ct">A token to cancel the wait.</param>
    /// <exception cref="OperationCanceledException">The caller canceled before the task ended.</exception>
    public static ValueTask EndAsync(this Task work, CancellationToken ct) => work.IsCompleted ? default : Race.Begin(work, ct);

    /// <summary>The wait for whichever comes first. Each poll has one, so those that the task has ended are used again.</summary>
    private sealed class Race : IValueTaskSource
    {
        private static readonly SparePool<Race> Unused = new();

        private readonly Action _onEnd;
        private ManualResetValueTaskSourceCore<bool> _source;
        private CancellationTokenRegistration _registration;
        private Task? _work;
        private int _isOver;

        private Race() => _onEnd = End;

        public static ValueTask Begin(Task work, CancellationToken ct)
        {
            var race = Unused.Take() ?? new Race();
            var version = race._source.Version;
            race._work = work;
            race._registration = ct.UnsafeRegister(static (race, token) => ((Race)race!).Cancel(token), race);
            work.ConfigureAwait(false).GetAwaiter().UnsafeOnCompleted(race._onEnd);
            return new ValueTask(race, version);
        }

        public ValueTaskSourceStatus GetStatus(short token) => _source.GetStatus(token);

        public void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
            _source.OnCompleted(continuation, state, token, flags);

        public void GetResult(short token)
        {
            // Waits for a cancellation that is being reported at this moment.
            _registration.Dispose();
            // Throws after a cancellation. Then the task still holds this.
            _source.GetResult(token);
            _work = null;
            _isOver = 0;
            _source.Reset();
            Unused.Keep(this);
        }

        private void End()
        {
            // Observes the failure, which would otherwise be reported as unobserved when nobody waits any more.
            _ = _work!.Exception;
            if (Interlocked.Exchange(ref _isOver, 1) == 0)
                _source.SetResult(true);
        }

        private void Cancel(CancellationToken token)
        {
            if (Interlocked.Exchange(ref _isOver, 1) == 0)
                _source.SetException(new OperationCanceledException(token));
        }
    }
}
