using System.Globalization;
using Microsoft.AspNetCore.Http;
using Zoetrope.Cli.Pages;
using Zoetrope.Jobs;
using Zoetrope.Jobs.Storage;

namespace Zoetrope.Cli.LedgerPages;

/// <summary>Responds to the requests of the page.</summary>
internal sealed class LedgerPage : IDisposable
{
    private const int JobsOfList = 50;
    private const int JobsOfGallery = 24;
    private const int LongestHistory = 500;

    private static readonly PageAssets _assets = new("ledger-page");

    private readonly LedgerStore _store;
    private readonly OutputFiles _files;
    private readonly PageJson _json;
    private readonly OverviewCache _overview;

    /// <summary>Makes it.</summary>
    /// <param name="store">The ledger, which is only read.</param>
    /// <param name="path">The path of the ledger.</param>
    /// <param name="folder">The folder of its files.</param>
    public LedgerPage(LedgerStore store, string path, string folder)
    {
        _store = store;
        _files = new OutputFiles(folder);
        _json = new PageJson(path, _files);
        _overview = new OverviewCache(store.LastEventAsync, store.OverviewAsync, _json.Overview, TimeProvider.System);
    }

    /// <summary>Responds to a request.</summary>
    public async Task RespondAsync(HttpContext context)
    {
        try
        {
            await RouteAsync(context);
        }
        catch (LedgerException exception)
        {
            await PageResponse.WriteTextAsync(context, StatusCodes.Status503ServiceUnavailable, exception.Message);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _overview.Dispose();

    private Task RouteAsync(HttpContext context) => context.Request.Path.Value!.Split('/') switch
    {
        ["", ""] => PageResponse.WriteAsync(context, _assets.Page),
        ["", "assets", var name] when _assets.Find(name) is { } asset => PageResponse.WriteAsync(context, asset),
        ["", "api", "overview"] => OverviewAsync(context),
        ["", "api", "jobs"] => JobsAsync(context, JobsOfList, isGallery: false),
        ["", "api", "gallery"] => JobsAsync(context, JobsOfGallery, isGallery: true),
        ["", "api", "jobs", var id] => JobAsync(context, id),
        ["", "files", var id, var index] => FileAsync(context, id, index),
        _ => PageResponse.NotFoundAsync(context),
    };

    private async Task OverviewAsync(HttpContext context)
    {
        var (json, tag) = await _overview.GetAsync(context.RequestAborted);
        if (!PageResponse.IsKnown(context, tag))
            await PageResponse.WriteJsonAsync(context, json);
    }

    private async Task JobsAsync(HttpContext context, int size, bool isGallery)
    {
        if (PageRequest.JobsOf(context.Request.Query, size) is not { } query)
        {
            await PageResponse.WriteTextAsync(context, StatusCodes.Status400BadRequest, "The query is not valid.");
            return;
        }
        if (isGallery)
            query = query with { HasOutputs = true };
        await PageResponse.WriteJsonAsync(context, _json.List(await _store.ListAsync(query, context.RequestAborted), size, isGallery));
    }

    private async Task JobAsync(HttpContext context, string id)
    {
        // What the page has already is not even read: inputs may be long.
        if (await _store.FindWithoutContentAsync(id, context.RequestAborted) is not { } job)
        {
            await PageResponse.WriteTextAsync(context, StatusCodes.Status404NotFound, "The ledger has no such job.");
            return;
        }
        // One more shows whether there are earlier ones.
        var history = await _store.LastEventsAsync(id, LongestHistory + 1, context.RequestAborted);
        if (PageResponse.IsKnown(context, _json.TagOf(job, history)))
            return;
        var whole = await _store.FindAsync(id, context.RequestAborted) ?? job;
        await PageResponse.WriteJsonAsync(context, _json.Detail(job with { Input = whole.Input, Result = whole.Result }, history, LongestHistory));
    }

    private async Task FileAsync(HttpContext context, string id, string position)
    {
        if (!int.TryParse(position, NumberStyles.None, CultureInfo.InvariantCulture, out var index)
            || await _store.FindWithoutContentAsync(id, context.RequestAborted) is not { } job
            || _files.Find(job, index) is not { } file)
        {
            await PageResponse.WriteTextAsync(context, StatusCodes.Status404NotFound, "The ledger has no such file, or it is gone.");
            return;
        }
        var recorded = job.Outputs[index];
        var name = OutputFiles.KindOf(recorded) == "file" ? OutputFiles.NameOf(recorded) : null;
        await PageResponse.WriteFileAsync(context, file, OutputFiles.TypeOf(recorded), name);
    }
}
