using System.Globalization;

namespace Zoetrope.Cli.Vendoring.Sources;

/// <summary>Reads many documents, a few at a time.</summary>
internal static class DocumentDownloads
{
    // Enough to hide the way to the server, and polite to it.
    private const int AtOnce = 4;

    /// <summary>Reads all of them, also where one fails, and gives the results in the order of the requests.</summary>
    /// <typeparam name="TRequest">What asks for a document.</typeparam>
    /// <typeparam name="TResult">What it becomes.</typeparam>
    /// <param name="requests">The requests.</param>
    /// <param name="read">Reads one.</param>
    /// <param name="say">Receives a line of progress where there are several.</param>
    /// <param name="nameOf">The name of a request in it.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <returns>The documents; null where a request failed; and the failures in order.</returns>
    public static async Task<(IReadOnlyList<TResult?> Results, IReadOnlyList<FetchException> Failures)> ReadAllAsync<TRequest, TResult>(
        IReadOnlyList<TRequest> requests, Func<TRequest, CancellationToken, Task<TResult>> read, Action<string> say, Func<TRequest, string> nameOf,
        CancellationToken cancellationToken)
        where TResult : class
    {
        var results = new TResult?[requests.Count];
        var failures = new FetchException?[requests.Count];
        var done = 0;
        var gate = new Lock();
        var options = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(Enumerable.Range(0, requests.Count), options, async (index, stop) =>
        {
            try
            {
                results[index] = await read(requests[index], stop);
            }
            catch (FetchException exception)
            {
                failures[index] = exception;
            }
            lock (gate)
            {
                done++;
                if (requests.Count > 1)
                {
                    var outcome = failures[index] is null ? "" : " failed";
                    say(string.Create(CultureInfo.InvariantCulture, $"[{done}/{requests.Count}] {nameOf(requests[index])}{outcome}"));
                }
            }
        });
        return (results, [.. failures.OfType<FetchException>()]);
    }
}
