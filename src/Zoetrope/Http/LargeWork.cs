using Zoetrope.Time;

namespace Zoetrope.Http;

/// <summary>
/// Lets callers stop at once while a large response is read, which takes time and cannot be interrupted. An abandoned read continues until it completes, and
/// its result is discarded; it does not hold anything that others use.
/// </summary>
internal static class LargeWork
{
    // Reading this much takes about a millisecond.
    private const int Large = 128 * 1024;

    /// <summary>Reads a response: on this thread if it is small, otherwise on another thread.</summary>
    /// <param name="bytes">The size of the response.</param>
    /// <param name="read">Reads the response.</param>
    /// <param name="state">The argument of <paramref name="read"/>.</param>
    /// <param name="ct">A token to cancel the wait.</param>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public static ValueTask<T> ReadAsync<TState, T>(long bytes, Func<TState, T> read, TState state, CancellationToken ct)
    {
        if (bytes < Large)
            return new(read(state));
        return new(LeaveAsync(Task.Run(() => read(state), CancellationToken.None), ct));
    }

    /// <summary>Waits for a task that ends by itself soon after the token is cancelled, but no longer than until the cancellation.</summary>
    private static async Task<T> LeaveAsync<T>(Task<T> work, CancellationToken ct)
    {
        await work.EndAsync(ct).ConfigureAwait(false);
        return await work.ConfigureAwait(false);
    }
}
