using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Zoetrope.Errors;
using Zoetrope.Http;
using Zoetrope.Jobs;
using Zoetrope.Json;

namespace Zoetrope.CodeGen.Jobs;

/// <content>Lists of jobs, page by page.</content>
public abstract partial class DeclaredProtocol
{
    // Filters may leave pages empty, and jobs that are submitted meanwhile move others to the next page.
    private const int MostPagesWithoutNews = 20;

    /// <inheritdoc/>
    public sealed override async IAsyncEnumerable<ListedJob> ListAsync(
        JobListOptions? options, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (Lists == 0)
            throw new NotSupportedException($"The declaration of {Provider} has no list of jobs.");
        options ??= new JobListOptions();
        for (var index = 0; index < Lists; index++)
        {
            await foreach (var job in ListAsync(index, options, cancellationToken).ConfigureAwait(false))
                yield return job;
        }
    }

    private async IAsyncEnumerable<ListedJob> ListAsync(int index, JobListOptions options, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var traits = TraitsOf(index);
        var address = new Uri(Root + ListPath(index, options, null));
        var seen = new HashSet<Uri>();
        var known = new HashSet<string>(StringComparer.Ordinal);
        var pagesWithoutNews = 0;
        var before = 0;
        while (seen.Add(address))
        {
            var response = await Transport.SendAsync(Request(HttpMethod.Get, address), cancellationToken).ConfigureAwait(false);
            var page = default(JobFields);
            var reader = response.RequireJson().CreateReader(int.MaxValue);
            reader.Read();
            ReadPage(index, ref reader, ref page);
            if (page.Output is not { Kind: JsonValueKind.Array } items)
                throw response.Malformed("The response is not a list of jobs");
            var isLast = true;
            var hasNews = false;
            var jobs = Items(index, items, traits, options, response, out var isWhole);
            foreach (var job in jobs)
            {
                isLast = false;
                hasNews |= known.Add(job.JobId);
                before++;
                if (job.CreatedAt < options.CreatedAfter)
                {
                    if ((traits & ListTraits.NewestFirst) != 0)
                        yield break;
                }
                else if (options.EndpointId is null || job.EndpointId is null || job.EndpointId == options.EndpointId)
                    yield return job;
            }
            // The job that is looked for may be beside it.
            if (!isWhole)
                throw response.Malformed("An item of the list has no job id, or no state");
            if (isLast && (traits & ListTraits.ByOffset) != 0)
                yield break;
            pagesWithoutNews = hasNews ? 0 : pagesWithoutNews + 1;
            if (Next(index, page, traits, options, before, address) is not { } next)
            {
                if (page.More is "true" or "1")
                    throw response.Malformed("The list goes on, but its response does not say where");
                yield break;
            }
            if (pagesWithoutNews == MostPagesWithoutNews)
                break;
            if (!Transport.IsTrusted(next))
                throw response.Malformed($"The next page of the list is at {next.Host}, which must not get the key");
            address = next;
        }
        // A page that leads back to one before would be read forever.
        throw new TransportException($"The pages of the list of {Provider} lead back to one that was read.", TransportFailure.Malformed);
    }

    private Uri? Next(int index, in JobFields page, ListTraits traits, JobListOptions options, int before, Uri address)
    {
        if (page.More is "false" or "0")
            return null;
        if ((traits & ListTraits.ByOffset) != 0)
            return new(Root + ListPath(index, options, before.ToString(CultureInfo.InvariantCulture)));
        if (string.IsNullOrWhiteSpace(page.Next))
            return null;
        return (traits & ListTraits.NextIsCursor) != 0 ? new(Root + ListPath(index, options, page.Next))
            : (traits & ListTraits.NextIsAddress) != 0 && Uri.TryCreate(address, page.Next, out var next) ? next
            : null;
    }

    private List<ListedJob> Items(
        int index, RawJson items, ListTraits traits, JobListOptions options, TransportResponse response, out bool isWhole)
    {
        var jobs = new List<ListedJob>();
        isWhole = true;
        var reader = items.CreateReader(int.MaxValue);
        reader.Read();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            var item = RawJson.Read(ref reader);
            var job = default(JobFields);
            var inner = item.CreateReader(int.MaxValue);
            inner.Read();
            ReadItem(index, ref inner, ref job);
            if (string.IsNullOrWhiteSpace(job.Id) || string.IsNullOrEmpty(job.Word))
            {
                isWhole = false;
                continue;
            }
            var error = StateOf(job.Word) == JobState.Failed ? Redact(FailureOf(job, response)) : null;
            jobs.Add(new ListedJob(Provider, job.Id, StatusOf(job, item, error, hasOutput: false))
            {
                CreatedAt = MomentOf(job.CreatedAt),
                EndpointId = job.Model is { Length: > 0 } model ? EndpointOf(model) : (traits & ListTraits.SelectsModel) != 0 ? options.EndpointId : null,
            });
        }
        return jobs;
    }

    /// <summary>A time in ISO 8601, or in seconds (or milliseconds) since 1970; null where it is neither.</summary>
    private static DateTimeOffset? MomentOf(string? text)
    {
        // In seconds, today is ten digits long; what is longer counts milliseconds.
        if (decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
        {
            var seconds = number < 100_000_000_000 ? number : number / 1000;
            return seconds is > 0 and < 100_000_000_000 ? DateTimeOffset.UnixEpoch.AddSeconds((double)seconds) : null;
        }
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment) ? moment : null;
    }
}
