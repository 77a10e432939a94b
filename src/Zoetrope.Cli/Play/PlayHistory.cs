using System.Globalization;
using Microsoft.AspNetCore.Http;
using Zoetrope.Cli.Pages;
using Zoetrope.Jobs;

namespace Zoetrope.Cli.Play;

/// <summary>Responds with the jobs of the playground, and their files.</summary>
/// <param name="settings">How the playground runs jobs.</param>
/// <param name="ledger">The ledger of the jobs.</param>
/// <param name="runs">The jobs that are followed.</param>
internal sealed class PlayHistory(PlaySettings settings, JobLedger ledger, PlayRuns runs)
{
    private const int JobsOfPage = 100;
    private const int LongestHistory = 200;

    private readonly OutputFiles _outputs = new(settings.Folder);

    /// <summary>A page of the jobs, the last one first; or those whose ids are asked for, as they are now.</summary>
    public async Task ListAsync(HttpContext context)
    {
        if (context.Request.Query["job"] is { Count: > 0 } ids)
        {
            await ListOfAsync(context, ids);
            return;
        }
        var after = context.Request.Query["after"].ToString();
        var jobs = await ledger.Store.ListAsync(
            new LedgerQuery
            {
                Batch = PlayRuns.Batch, NewestFirst = true, WithoutContent = true, After = after.Length == 0 ? null : after, Limit = JobsOfPage + 1,
            },
            context.RequestAborted);
        await PageResponse.WriteJsonAsync(context, PageResponse.Make(writer => PlayJson.WriteHistory(writer, jobs, JobsOfPage, runs)));
    }

    private async Task ListOfAsync(HttpContext context, IReadOnlyList<string?> ids)
    {
        var jobs = new List<LedgerJob>();
        foreach (var id in ids.Take(JobsOfPage).OfType<string>())
        {
            if (await ledger.Store.FindWithoutContentAsync(id, context.RequestAborted) is { Batch: PlayRuns.Batch } job)
                jobs.Add(job);
        }
        await PageResponse.WriteJsonAsync(context, PageResponse.Make(writer => PlayJson.WriteHistory(writer, jobs, jobs.Count, runs)));
    }

    /// <summary>A job with its history.</summary>
    public async Task JobAsync(HttpContext context, string id)
    {
        if (await ledger.FindAsync(id, context.RequestAborted) is not { } job)
        {
            await PageResponse.NotFoundAsync(context);
            return;
        }
        var history = await ledger.Store.LastEventsAsync(id, LongestHistory, context.RequestAborted);
        var json = PageResponse.Make(writer => PlayJson.WriteJob(writer, job, history, _outputs, runs.FollowerOf(id), settings.IsPaid));
        if (!PageResponse.IsKnown(context, ContentTag.Of(json)))
            await PageResponse.WriteJsonAsync(context, json);
    }

    /// <summary>A file of a job.</summary>
    public async Task FileAsync(HttpContext context, string id, string position)
    {
        if (!int.TryParse(position, NumberStyles.None, CultureInfo.InvariantCulture, out var index)
            || await ledger.Store.FindWithoutContentAsync(id, context.RequestAborted) is not { } job
            || _outputs.Find(job, index) is not { } file)
        {
            await PageResponse.NotFoundAsync(context);
            return;
        }
        var recorded = job.Outputs[index];
        await PageResponse.WriteFileAsync(
            context, file, OutputFiles.TypeOf(recorded), OutputFiles.KindOf(recorded) == "file" ? OutputFiles.NameOf(recorded) : null);
    }
}
