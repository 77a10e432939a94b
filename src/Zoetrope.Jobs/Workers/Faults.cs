using System.Runtime.ExceptionServices;

namespace Zoetrope.Jobs.Workers;

/// <summary>What ended tasks that ran beside each other.</summary>
internal static class Faults
{
    /// <summary>Throws all of them, if there are any: each may have the only copy of a receipt.</summary>
    public static void Throw(IReadOnlyList<Exception> faults)
    {
        if (faults.Count == 1)
            ExceptionDispatchInfo.Throw(faults[0]);
        if (faults.Count > 1)
            throw new LedgerException(string.Join(' ', faults.Select(fault => fault.Message).Distinct()), new AggregateException(faults));
    }

    /// <summary>Waits until all tasks have ended, and throws what any of them has thrown.</summary>
    public static async Task WhenAllAsync(params IReadOnlyList<Task> tasks)
    {
        await Task.WhenAll(tasks).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Throw([.. tasks.Where(task => task.IsFaulted).SelectMany(task => task.Exception!.InnerExceptions)]);
        // One that was canceled.
        await Task.WhenAll(tasks).ConfigureAwait(false);
    }
}
