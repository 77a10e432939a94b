namespace Zoetrope.Http;

/// <summary>
/// Keeps callers able to stop at once while a large response is read, which takes a while and cannot be interrupted. What they no longer wait for goes on
/// for that while, and its outcome is dropped; it holds nothing that others use.
/// </summary>
internal static class LargeWork
{
    // Reading so much takes about a millisecond.
    private const int Large = 128 * 1024;

    /// <summary>Reads a response: at once where it is small, else on another thread.</summary>
    /// <param name="bytes">How large it is.</param>
    /// <param name="read">Reads it.</param>
    /// <param name="state">What is read.</param>
    /// <param name="ct">Ends the wait.</param>
    /// <exception cref="OperationCanceledException">The caller stopped.</exception>
    public static Task<T> ReadAsync<TState, T>(long bytes, Func<TState, T> read, TState state, CancellationToken ct)
    {
        if (bytes < Large)
            return Task.FromResult(read(state));
        return LeaveAsync(Task.Run(() => read(state), CancellationToken.None), ct);
    }

    /// <summary>Waits for what ends by itself soon after the token is cancelled, but no longer than until then.</summary>
    public static async Task<T> LeaveAsync<T>(Task<T> work, CancellationToken ct)
    {
        if (work.IsCompleted)
            return await work.ConfigureAwait(false);
        try
        {
            return await work.WaitAsync(ct).ConfigureAwait(false);
        }
        finally
        {
            if (!work.IsCompleted)
                Drop(work);
        }
    }

    // Its failure counts as seen when somebody looks at it.
    private static void Drop(Task work) => work.ContinueWith(static left => left.Exception, TaskScheduler.Default);
}
