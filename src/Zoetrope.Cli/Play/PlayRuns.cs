using System.Collections.Concurrent;
using System.Text;
using Zoetrope.Jobs;
using Zoetrope.Json;
using Zoetrope.Models;

namespace Zoetrope.Cli.Play;

/// <summary>Runs jobs: each is recorded in the ledger before it is sent, and followed until it has ended.</summary>
/// <param name="settings">How the playground runs jobs.</param>
/// <param name="ledger">The ledger.</param>
/// <param name="files">The files of drafts.</param>
internal sealed class PlayRuns(PlaySettings settings, JobLedger ledger, PlayFiles files) : IAsyncDisposable
{
    /// <summary>The batch of the playground's jobs.</summary>
    public const string Batch = "playground";

    // What providers reported of jobs that have ended is shown for the last ones.
    private const int MostFollowers = 200;

    // Those that are being recorded: then the ledger has them.
    private readonly ConcurrentDictionary<string, Lazy<Task<PlayRun>>> _byKey = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Lazy<PlayFollower>> _followers = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<string> _followed = new();
    private readonly CancellationTokenSource _stopping = new();

    /// <summary>
    /// Runs the job of a quote. It is asked for again where a person clicks twice or a page sends its request again: then it is the same job.
    /// </summary>
    /// <returns>The job of the draft, which may have been made of another input.</returns>
    public async Task<PlayRun> RunAsync(PlayQuote quote)
    {
        // The first request begins; nothing of it is stopped by a page that is closed meanwhile.
        var run = _byKey.GetOrAdd(quote.Key, _ => new(() => RecordAsync(quote)));
        try
        {
            var made = await run.Value;
            return made.Quote.Model == quote.Model && made.Quote.Input.ToString() == quote.Input.ToString()
                ? made
                : made with { Quote = quote, IsOfThis = false };
        }
        finally
        {
            _byKey.TryRemove(new(quote.Key, run));
        }
    }

    /// <summary>The last job of the playground that was made of the same input; null where there is none among the last ones, or it has files.</summary>
    public async Task<LedgerJob?> FindEarlierAsync(PlayDraft draft, CancellationToken cancellationToken)
    {
        if (files.In(draft.Input).Count > 0)
            return null;
        var endpoint = draft.Model.Info.Endpoint;
        var hash = new JobIntent(endpoint, draft.Request).ComputeInputHash();
        return (await LastOfAsync(endpoint, cancellationToken)).FirstOrDefault(job => job.InputHash == hash);
    }

    /// <summary>Follows a job that is not followed: it is waited for, and sent where it was recorded alone.</summary>
    public void Follow(LedgerJob job)
    {
        if (job.IsFinished)
            return;
        var added = new Lazy<PlayFollower>(() => new PlayFollower(ledger, settings.Connection, job.Id, _stopping.Token));
        var follower = _followers.GetOrAdd(job.Id, added);
        follower.Value.Start();
        if (follower != added)
            return;
        _followed.Enqueue(job.Id);
        for (var left = _followed.Count; left > MostFollowers && _followed.TryDequeue(out var id); left--)
        {
            if (_followers.TryGetValue(id, out var old) && !old.Value.IsRunning)
                _followers.TryRemove(new(id, old));
            else
                _followed.Enqueue(id);
        }
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

    private async Task<PlayRun> RecordAsync(PlayQuote quote)
    {
        var endpoint = quote.Model.Info.Endpoint;
        // By the draft, and not by what is in it: the same input may be wanted twice, and one draft is one job.
        var identity = RawJson.Parse($$"""{"draft":{{(RawJson)quote.Key}}}""");
        if (await FindElsewhereAsync(quote, identity) is { } elsewhere)
        {
            // It may be one that was left. What was not sent is sent only where a person asks for it at its provider, with its price.
            if (elsewhere.State != LedgerState.Intended)
                Follow(elsewhere);
            return new PlayRun(quote, elsewhere, IsOfThis: false);
        }
        var uploads = new Dictionary<PlayFile, LedgerUpload>();
        foreach (var file in files.In(quote.Input))
            uploads[file] = await ledger.UploadAsync(endpoint.Provider, file.Path, cancellationToken: _stopping.Token);
        var intent = new JobIntent(endpoint, files.Replace(quote.Input, file => uploads[file].Reference))
        {
            Batch = Batch,
            Label = LabelOf(quote.Model),
            Identity = identity,
            Uploads = [.. uploads.Values],
            Ceiling = quote.Ceiling,
        };
        var job = await ledger.IntendAsync(intent, _stopping.Token);
        // A page of before may have made a job of the draft, of what it was then.
        var isOfThis = job.InputHash == intent.ComputeInputHash();
        if (isOfThis)
            Follow(job);
        return new PlayRun(quote, job, isOfThis);
    }

    /// <summary>The job that the draft is at another provider of its model, among the last ones there; null where there is none.</summary>
    private async Task<LedgerJob?> FindElsewhereAsync(PlayQuote quote, RawJson identity)
    {
        foreach (var endpoint in quote.Model.AtOthers().Select(other => other.Info.Endpoint))
        {
            var hash = new JobIntent(endpoint, quote.Input) { Identity = identity }.ComputeIdentityHash();
            if ((await LastOfAsync(endpoint, _stopping.Token)).FirstOrDefault(job => job.IdentityHash == hash) is { } job)
                return job;
        }
        return null;
    }

    private Task<IReadOnlyList<LedgerJob>> LastOfAsync(ModelEndpoint endpoint, CancellationToken cancellationToken) => ledger.Store.ListAsync(
        new LedgerQuery { Batch = Batch, Provider = endpoint.Provider, EndpointId = endpoint.Id, NewestFirst = true, WithoutContent = true },
        cancellationToken);

    // Files are named after it.
    private static string LabelOf(PlayModel model)
    {
        var name = new StringBuilder();
        foreach (var one in model.Info.Endpoint.Id)
            name.Append(char.IsAsciiLetterOrDigit(one) || one is '.' or '_' ? one : '-');
        return name.Length <= 60 ? name.ToString() : name.ToString(name.Length - 60, 60).TrimStart('-');
    }
}

/// <summary>The job of a draft.</summary>
/// <param name="Quote">The quote that was asked to be run.</param>
/// <param name="Job">The job.</param>
/// <param name="IsOfThis">Whether it was made of the input that was asked for.</param>
internal sealed record PlayRun(PlayQuote Quote, LedgerJob Job, bool IsOfThis);
