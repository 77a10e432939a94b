using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Zoetrope.Jobs;
using Zoetrope.Jobs.Storage;

namespace Zoetrope.Cli.LedgerPages;

/// <summary>Responds to the requests of the page.</summary>
internal sealed class LedgerPage : IDisposable
{
    private const int JobsOfList = 50;
    private const int JobsOfGallery = 24;
    private const int LongestHistory = 500;

    private readonly LedgerStore _store;
    private readonly RequestGuard _guard;
    private readonly OutputFiles _files;
    private readonly PageJson _json;
    private readonly OverviewCache _overview;

    /// <summary>Makes it.</summary>
    /// <param name="store">The ledger, which is only read.</param>
    /// <param name="path">The path of the ledger.</param>
    /// <param name="folder">The folder of its files.</param>
    /// <param name="guard">Who may read it.</param>
    public LedgerPage(LedgerStore store, string path, string folder, RequestGuard guard)
    {
        _store = store;
        _guard = guard;
        _files = new OutputFiles(folder);
        _json = new PageJson(path, _files);
        _overview = new OverviewCache(store.LastEventAsync, store.OverviewAsync, _json.Overview, TimeProvider.System);
    }

    /// <summary>Responds to a request.</summary>
    public async Task HandleAsync(HttpContext context)
    {
        PageHeaders.Apply(context.Response);
        try
        {
            if (_guard.Refuse(context) is { } refusal)
                await SayAsync(context, refusal.Status, refusal.Reason);
            else
                await RespondAsync(context);
        }
        catch (LedgerException exception)
        {
            await SayAsync(context, StatusCodes.Status503ServiceUnavailable, exception.Message);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // Nobody waits for it any more.
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _overview.Dispose();

    private Task RespondAsync(HttpContext context) => context.Request.Path.Value!.Split('/') switch
    {
        ["", ""] => WriteAsync(context, PageAssets.Page.ContentType, PageAssets.Page.Content),
        ["", "assets", var name] when PageAssets.Find(name) is { } asset => WriteAsync(context, asset.ContentType, asset.Content),
        ["", "api", "overview"] => OverviewAsync(context),
        ["", "api", "jobs"] => JobsAsync(context, JobsOfList, isGallery: false),
        ["", "api", "gallery"] => JobsAsync(context, JobsOfGallery, isGallery: true),
        ["", "api", "jobs", var id] => JobAsync(context, id),
        ["", "files", var id, var index] => FileAsync(context, id, index),
        _ => SayAsync(context, StatusCodes.Status404NotFound, "There is nothing here."),
    };

    private async Task OverviewAsync(HttpContext context)
    {
        var (json, tag) = await _overview.GetAsync(context.RequestAborted);
        if (!IsKnown(context, tag))
            await WriteJsonAsync(context, json);
    }

    private async Task JobsAsync(HttpContext context, int size, bool isGallery)
    {
        if (PageRequest.JobsOf(context.Request.Query, size) is not { } query)
        {
            await SayAsync(context, StatusCodes.Status400BadRequest, "The query is not valid.");
            return;
        }
        if (isGallery)
            query = query with { HasOutputs = true };
        await WriteJsonAsync(context, _json.List(await _store.ListAsync(query, context.RequestAborted), size, isGallery));
    }

    private async Task JobAsync(HttpContext context, string id)
    {
        // What the page has already is not even read: inputs may be long.
        if (await _store.FindWithoutContentAsync(id, context.RequestAborted) is not { } job)
        {
            await SayAsync(context, StatusCodes.Status404NotFound, "The ledger has no such job.");
            return;
        }
        // One more shows whether there are earlier ones.
        var history = await _store.LastEventsAsync(id, LongestHistory + 1, context.RequestAborted);
        if (IsKnown(context, _json.TagOf(job, history)))
            return;
        var whole = await _store.FindAsync(id, context.RequestAborted) ?? job;
        await WriteJsonAsync(context, _json.Detail(job with { Input = whole.Input, Result = whole.Result }, history, LongestHistory));
    }

    private async Task FileAsync(HttpContext context, string id, string position)
    {
        if (!int.TryParse(position, NumberStyles.None, CultureInfo.InvariantCulture, out var index)
            || await _store.FindWithoutContentAsync(id, context.RequestAborted) is not { } job
            || _files.Find(job, index) is not { } file)
        {
            await SayAsync(context, StatusCodes.Status404NotFound, "The ledger has no such file, or it is gone.");
            return;
        }
        var recorded = job.Outputs[index];
        var name = OutputFiles.KindOf(recorded) == "file" ? OutputFiles.NameOf(recorded) : null;
        try
        {
            PageHeaders.ApplyToFile(context.Response);
            FileParts.Limit(context.Request);
            await TypedResults.PhysicalFile(
                file.FullName, OutputFiles.TypeOf(recorded), name, file.LastWriteTimeUtc, enableRangeProcessing: true).ExecuteAsync(context);
        }
        catch (Exception exception) when ((exception is IOException or UnauthorizedAccessException) && !context.Response.HasStarted)
        {
            context.Response.Clear();
            PageHeaders.Apply(context.Response);
            await SayAsync(context, StatusCodes.Status404NotFound, "The file cannot be read.");
        }
    }

    /// <summary>Names the response by its tag; where the request says that it has it, that is the whole response.</summary>
    private static bool IsKnown(HttpContext context, string tag)
    {
        context.Response.Headers.ETag = tag;
        if (context.Request.Headers.IfNoneMatch != tag)
            return false;
        context.Response.StatusCode = StatusCodes.Status304NotModified;
        return true;
    }

    private static Task SayAsync(HttpContext context, int status, string message)
    {
        context.Response.StatusCode = status;
        // A person who opens a page reads it; its scripts take it from the JSON.
        return context.Request.Path == "/"
            ? WriteAsync(context, "text/plain; charset=utf-8", System.Text.Encoding.UTF8.GetBytes(message + "\n"))
            : WriteJsonAsync(context, PageJson.Make(writer => WriteError(writer, message)));
    }

    private static void WriteError(Utf8JsonWriter writer, string message)
    {
        writer.WriteStartObject();
        writer.WriteString("error", message);
        writer.WriteEndObject();
    }

    private static Task WriteJsonAsync(HttpContext context, byte[] json) => WriteAsync(context, "application/json; charset=utf-8", json);

    private static async Task WriteAsync(HttpContext context, string type, byte[] content)
    {
        context.Response.ContentType = type;
        context.Response.ContentLength = content.Length;
        await context.Response.Body.WriteAsync(content, context.RequestAborted);
    }
}
