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

    /// <summary>Whether reading a response takes long.</summary>
    /// <param name="bytes">The size of the response.</param>
    public static bool IsLarge(long bytes) => bytes >= Large;

    /// <summary>Reads a large response on another thread.</summary>
    /// <param name="read">Reads the response.</param>
    /// <param name="ct">A token to cancel the wait.</param>
    /// <exception cref="OperationCanceledException">The caller canceled.</exception>
    public static ValueTask<T> ReadAsync<T>(Func<T> read, CancellationToken ct) => new(LeaveAsync(Task.Run(read, CancellationToken.None), ct));

    /// <summary>Waits for a task that ends by itself soon after the token is canceled, but no longer than until the cancellation.</summary>
    private static async Task<T> LeaveAsync<T>(Task<T> work, CancellationToken ct)
    {
        await work.EndAsync(ct).ConfigureAwait(false);
        return await work.ConfigureAwait(false);
    }
}
