using System.Diagnostics;

namespace Zoetrope.WaitBenchmark;

/// <summary>
/// What a loop over HttpClient costs at least: the same exchanges at the same times, whose bytes nobody reads as JSON. One timer begins all that are due, and
/// between two polls nothing of a job is kept but its address.
/// </summary>
internal sealed class ExchangeAlone(HttpClient http)
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(16);

    // In the order in which they are due, because all have the same interval.
    private readonly Queue<(Uri Uri, long Last)> _jobs = new();

    /// <summary>Polls for ever.</summary>
    public async Task RunAsync()
    {
        using var timer = new PeriodicTimer(Tick);
        while (await timer.WaitForNextTickAsync())
            PollDue();
    }

    /// <summary>Adds a job, and polls it for the first time.</summary>
    public void Add(Uri uri)
    {
        lock (_jobs)
            Poll(uri);
    }

    private void PollDue()
    {
        lock (_jobs)
        {
            while (_jobs.TryPeek(out var job) && Stopwatch.GetElapsedTime(job.Last) >= StatusServer.Interval)
                Poll(_jobs.Dequeue().Uri);
        }
    }

    // An error ends the process.
    private async void Poll(Uri uri)
    {
        _jobs.Enqueue((uri, Stopwatch.GetTimestamp()));
        using var request = new HttpRequestMessage(HttpMethod.Get, uri);
        request.Headers.Authorization = LoopByHand.Key;
        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        response.EnsureSuccessStatusCode();
        await response.Content.CopyToAsync(Stream.Null);
    }
}
