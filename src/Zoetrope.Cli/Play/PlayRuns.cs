using System.Collections.Concurrent;
using System.Text;
using Zoetrope.Jobs;
using Zoetrope.Json;

namespace Zoetrope.Cli.Play;

/// <summary>Runs jobs: each is recorded in the ledger before it is sent, and followed until it has ended.</summary>
/// <param name="settings">How the playground runs jobs.</param>
/// <param name="ledger">The ledger.</param>
/// <param name="files">The files of drafts.</param>
internal sealed class PlayRuns(PlaySettings settings, JobLedger ledger, PlayFiles files) : IAsyncDisposable
{
    /// <summary>The batch of the playground's jobs.</summary>
    public const string Batch = "playground";

    private readonly ConcurrentDictionary<string, Lazy<Task<(PlayQuote Quote, LedgerJob Job)>>> _byKey = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Lazy<PlayFollower>> _followers = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _stopping = new();

    /// <summary>
    /// Runs the job of a quote. It is asked for again where a person clicks twice or a page sends its request again: then it is the same job.
    /// </summary>
    /// <returns>The job; null where another one was made of the draft.</returns>
    public async Task<LedgerJob?> RunAsync(PlayQuote quote)
    {
        // Whoever asks first begins; nothing of it is stopped by a page that is closed meanwhile.
        var run = _byKey.GetOrAdd(quote.Key, _ => new(() => RecordAsync(quote)));
        try
        {
            var (made, job) = await run.Value;
            return made.Id == quote.Id || (made.Model == quote.Model && made.Input.ToString() == quote.Input.ToString()) ? job : null;
        }
        catch
        {
            // Nothing was recorded, so it may be tried again.
            _byKey.TryRemove(new(quote.Key, run));
            throw;
        }
    }

    /// <summary>Follows a job that is not followed: it is waited for, and sent where it was recorded alone.</summary>
    public void Follow(LedgerJob job)
    {
        if (!job.IsFinished)
            _followers.GetOrAdd(job.Id, id => new(() => new PlayFollower(ledger, settings.Connection, id, _stopping.Token))).Value.Start();
    }

    /// <summary>What is known of a job that is followed, or was in this process; null where it was not.</summary>
    public PlayFollower? FollowerOf(string id) => _followers.TryGetValue(id, out var follower) ? follower.Value : null;

    /// <summary>Stops following. Submits that are in flight end first; the jobs go on at their providers.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await Task.WhenAll(_byKey.Values.Where(run => run.IsValueCreated).Select(run => (Task)run.Value))
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await Task.WhenAll(_followers.Values.Where(follower => follower.IsValueCreated).Select(follower => follower.Value.Ended));
        _stopping.Dispose();
    }

    private async Task<(PlayQuote, LedgerJob)> RecordAsync(PlayQuote quote)
    {
        var endpoint = quote.Model.Info.Endpoint;
        var uploads = new Dictionary<PlayFile, LedgerUpload>();
        foreach (var file in files.In(quote.Input))
            uploads[file] = await ledger.UploadAsync(endpoint.Provider, file.Path, cancellationToken: _stopping.Token);
        var intent = new JobIntent(endpoint, files.Replace(quote.Input, file => uploads[file].Reference))
        {
            Batch = Batch,
            Label = LabelOf(quote.Model),
            // By the draft, and not by what is in it: the same input may be wanted twice, and one draft is one job.
            Identity = RawJson.Parse($$"""{"draft":{{(RawJson)quote.Key}}}"""),
            Uploads = [.. uploads.Values],
            Ceiling = quote.Ceiling,
        };
        var job = await ledger.IntendAsync(intent, _stopping.Token);
        Follow(job);
        return (quote, job);
    }

    // Files are named after it.
    private static string LabelOf(PlayModel model)
    {
        var name = new StringBuilder();
        foreach (var one in model.Info.Endpoint.Id)
            name.Append(char.IsAsciiLetterOrDigit(one) || one is '.' or '_' ? one : '-');
        return name.Length <= 60 ? name.ToString() : name.ToString(name.Length - 60, 60).TrimStart('-');
    }
}
