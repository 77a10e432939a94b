namespace Zoetrope.Simulator;

/// <summary>
/// Distinguishes timeouts from delays: .NET makes a timer for both, and gives it what it belongs to. The type for <see cref="Task.WaitAsync(TimeSpan,
/// TimeProvider)"/> has no public name, so it is asked for once.
/// </summary>
internal static class TimeoutTimers
{
    private static readonly Type? _wait = WaitType();

    /// <summary>Whether a timer with this state limits something that is waited for, and is not waited for itself.</summary>
    public static bool Has(object? state) => state is CancellationTokenSource || (state is not null && _wait is not null && Open(state.GetType()) == _wait);

    private static Type? WaitType()
    {
        var probe = new Probe();
        _ = new TaskCompletionSource().Task.WaitAsync(TimeSpan.FromHours(1), probe);
        return probe.State is { } state ? Open(state) : null;
    }

    private static Type Open(Type type) => type.IsGenericType ? type.GetGenericTypeDefinition() : type;

    private sealed class Probe : TimeProvider
    {
        public Type? State { get; private set; }

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            State = state?.GetType();
            return base.CreateTimer(callback, state, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
    }
}
