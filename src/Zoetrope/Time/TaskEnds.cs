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
    /// <exception cref="OperationCanceledException">The caller cancelled before the task ended.</exception>
    public static async Task EndAsync(this Task work, CancellationToken ct)
    {
        if (work.IsCompleted)
            return;
        var end = new TaskCompletionSource();
        _ = work.ContinueWith(Signal, end, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        using var registration = ct.UnsafeRegister(static (end, token) => ((TaskCompletionSource)end!).TrySetCanceled(token), end);
        await end.Task.ConfigureAwait(false);
    }

    private static void Signal(Task work, object? end)
    {
        // Observes the failure, which would otherwise be reported as unobserved when nobody waits any more.
        _ = work.Exception;
        ((TaskCompletionSource)end!).TrySetResult();
    }
}
