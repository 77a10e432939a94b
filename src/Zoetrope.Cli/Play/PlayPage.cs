using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Zoetrope.Cli.Jobs;
using Zoetrope.Cli.Pages;
using Zoetrope.Costs;
using Zoetrope.Errors;
using Zoetrope.Formats;
using Zoetrope.Jobs;
using Zoetrope.Uploads;

namespace Zoetrope.Cli.Play;

/// <summary>Responds to the requests of the playground.</summary>
internal sealed class PlayPage : IAsyncDisposable
{
    private static readonly PageAssets _assets = new("play-page");

    private readonly PlaySettings _settings;
    private readonly JobLedger _ledger;
    private readonly PlayFiles _files = new();
    private readonly PlayQuotes _quotes;
    private readonly PlayPrices _prices;
    private readonly PlayRuns _runs;
    private readonly PlayHistory _history;

    /// <summary>Makes it.</summary>
    /// <param name="settings">How jobs are run.</param>
    /// <param name="ledger">The ledger of the jobs.</param>
    public PlayPage(PlaySettings settings, JobLedger ledger)
    {
        _settings = settings;
        _ledger = ledger;
        _quotes = new PlayQuotes(settings, _files);
        _prices = new PlayPrices(_quotes);
        _runs = new PlayRuns(settings, ledger, _files);
        _history = new PlayHistory(settings, ledger, _runs);
    }

    /// <summary>Responds to a request.</summary>
    public async Task RespondAsync(HttpContext context)
    {
        try
        {
            await (HttpMethods.IsPost(context.Request.Method) ? PostAsync(context) : GetAsync(context));
        }
        catch (BadHttpRequestException exception)
        {
            await PageResponse.WriteTextAsync(context, exception.StatusCode, exception.Message);
        }
        catch (Exception exception) when (exception is ZoetropeException or IOException && !context.Response.HasStarted)
        {
            await PageResponse.WriteTextAsync(context, StatusCodes.Status502BadGateway, exception.Message);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        try
        {
            await _runs.DisposeAsync();
        }
        finally
        {
            _files.Dispose();
        }
    }

    private Task GetAsync(HttpContext context) => context.Request.Path.Value!.Split('/') switch
    {
        ["", ""] => PageResponse.WriteAsync(context, _assets.Page),
        ["", "assets", var name] when _assets.Find(name) is { } asset => PageResponse.WriteAsync(context, asset),
        ["", "api", "models"] => WriteAsync(context, writer => PlayJson.WriteModels(writer, _settings)),
        ["", "api", "form"] when PlayModel.Find(context.Request.Query["model"].ToString()) is { } model => FormAsync(context, model),
        ["", "api", "prices"] => PricesAsync(context),
        ["", "api", "history"] => _history.ListAsync(context),
        ["", "api", "jobs", var id] => _history.JobAsync(context, id),
        ["", "uploads", var id] when _files.Find(id) is { } file => PageResponse.WriteFileAsync(context, new FileInfo(file.Path), TypeOf(file), null),
        ["", "files", var id, var index] => _history.FileAsync(context, id, index),
        _ => PageResponse.NotFoundAsync(context),
    };

    private Task PostAsync(HttpContext context) => context.Request.Path.Value!.Split('/') switch
    {
        ["", "api", "files"] => UploadAsync(context),
        ["", "api", "draft"] => DraftAsync(context),
        ["", "api", "cost"] => CostAsync(context),
        ["", "api", "quotes"] => QuoteAsync(context),
        ["", "api", "runs"] => RunAsync(context),
        ["", "api", "jobs", var id, "cancel"] => CancelAsync(context, id),
        ["", "api", "jobs", var id, "resume"] => ResumeAsync(context, id),
        _ => PageResponse.NotFoundAsync(context),
    };

    private static Task FormAsync(HttpContext context, PlayModel model)
    {
        using var client = model.Provider.ConnectWithoutKey();
        var takesFiles = client.Protocol is IFileUploads;
        return WriteAsync(context, writer => FormJson.Write(writer, model, ModelForms.Of(model), takesFiles));
    }

    private async Task UploadAsync(HttpContext context)
    {
        if (await _files.AddAsync(context.Request.Query["name"].ToString(), context.Request.Body, context.RequestAborted) is not { } file)
        {
            await PageResponse.WriteTextAsync(
                context, StatusCodes.Status413PayloadTooLarge, "The files of this session are too many: start the playground again.");
            return;
        }
        await WriteAsync(context, writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("value", PlayFiles.Scheme + file.Id);
            writer.WriteString("name", file.Name);
            writer.WriteNumber("bytes", file.Length);
            writer.WriteString("kind", OutputFiles.KindOf(file.Name));
            writer.WriteString("url", "uploads/" + file.Id);
            writer.WriteEndObject();
        });
    }

    private async Task DraftAsync(HttpContext context)
    {
        if (await PlayRequest.ReadDraftAsync(context) is not { } draft)
            return;
        var result = draft.Validate(_files);
        var shown = _files.Replace(draft.Input, static file => "https://example.com/" + Uri.EscapeDataString(file.Name));
        var csharp = PlayCode.Of(draft.Model, ModelForms.Of(draft.Model), draft.Input.ToString(), text => _files.Of(text)?.Name);
        var notes = draft.MapShown(shown, out var request);
        var curl = request is { } sent ? await RequestRecorder.CurlAsync(draft.Model, sent, context.RequestAborted) : null;
        await WriteAsync(context, writer => PlayJson.WriteDraft(writer, result, notes, PlayJson.Indent(shown.ToString()), csharp, curl));
    }

    private async Task PricesAsync(HttpContext context)
    {
        var prices = await _prices.EstimateAsync(context.RequestAborted);
        await WriteAsync(context, writer => PlayJson.WritePrices(writer, prices));
    }

    private async Task CostAsync(HttpContext context)
    {
        if (await PlayRequest.ReadDraftAsync(context) is { } draft && await RequireValidAsync(context, draft))
        {
            var estimate = await _quotes.EstimateAsync(draft, context.RequestAborted);
            await WriteAsync(context, writer => PlayJson.WriteCost(writer, estimate));
        }
    }

    private async Task QuoteAsync(HttpContext context)
    {
        if (await PlayRequest.ReadAsync(context) is not { } body || await PlayRequest.RequireDraftAsync(context, body) is not { } draft)
            return;
        if (PlayRequest.TextOf(body, "key") is not { Length: >= 16 and <= 100 } key)
            await PageResponse.WriteTextAsync(context, StatusCodes.Status400BadRequest, "The draft has no key.");
        else if (draft.Model.Provider is var provider && !_settings.CanRun(provider))
        {
            await PageResponse.WriteTextAsync(
                context, StatusCodes.Status409Conflict, $"No key for {provider.Name} is in the environment: set {provider.KeyVariables}.");
        }
        else if (await RequireValidAsync(context, draft))
        {
            var quote = await _quotes.MakeAsync(draft, key, context.RequestAborted);
            var earlier = await _runs.FindEarlierAsync(draft, context.RequestAborted);
            await WriteAsync(context, writer => PlayJson.WriteQuote(writer, quote, earlier, _settings));
        }
    }

    private async Task RunAsync(HttpContext context)
    {
        if (await PlayRequest.ReadAsync(context) is not { } body)
            return;
        if (PlayRequest.TextOf(body, "quote") is not { } id || _quotes.Find(id) is not { } quote)
            await PageResponse.WriteTextAsync(context, StatusCodes.Status409Conflict, "What this costs was asked for too long ago: ask again.");
        else if (quote.Refusal is { } refusal)
            await PageResponse.WriteTextAsync(context, StatusCodes.Status409Conflict, refusal);
        else if (_settings.IsPaid && !PlayRequest.IsTrue(body, "confirmed"))
            await PageResponse.WriteTextAsync(context, StatusCodes.Status409Conflict, "This costs money, and was not confirmed.");
        else
        {
            var run = await _runs.RunAsync(quote);
            if (!run.IsOfThis)
                context.Response.StatusCode = StatusCodes.Status409Conflict;
            await WriteAsync(context, writer =>
            {
                writer.WriteStartObject();
                writer.WriteString("job", run.Job.Id);
                if (!run.IsOfThis)
                    writer.WriteString("error", $"This form was run before {Difference(run)}, as the job that is shown. Run it again for another job.");
                writer.WriteEndObject();
            });
        }
    }

    private static string Difference(PlayRun run) =>
        run.Job.Provider == run.Quote.Model.Provider.Name ? "with other values" : $"at {run.Job.Provider}";

    private async Task CancelAsync(HttpContext context, string id)
    {
        if (await FindOwnAsync(context, id) is null)
            return;
        var (job, outcome) = await _ledger.CancelAsync(id, context.RequestAborted);
        // Only the provider's word ends a job: it is waited for, also where the job was left.
        if (job.State == LedgerState.Accepted)
            _runs.Follow(job);
        await WriteOutcomeAsync(context, outcome is { } asked ? CancelText.Of(asked)
            : job.State == LedgerState.Canceled ? "The job was never sent." : "The job has ended.");
    }

    private async Task ResumeAsync(HttpContext context, string id)
    {
        if (await PlayRequest.ReadAsync(context) is not { } body || await FindOwnAsync(context, id) is not { } job)
            return;
        if (job.State == LedgerState.Intended && RefusalOf(job) is { } refusal)
            await PageResponse.WriteTextAsync(context, StatusCodes.Status409Conflict, refusal);
        else if (job.State == LedgerState.Intended && _settings.IsPaid && !PlayRequest.IsTrue(body, "confirmed"))
            await PageResponse.WriteTextAsync(
                context, StatusCodes.Status409Conflict, "This job was not sent yet. To send it costs money, and was not confirmed.");
        else if (!_settings.Connection.Clients.Any(client => client.Provider == job.Provider))
            await PageResponse.WriteTextAsync(context, StatusCodes.Status409Conflict, $"No key for {job.Provider} is in the environment.");
        else
        {
            _runs.Follow(job);
            await WriteOutcomeAsync(context, job.IsFinished ? "The job has ended." : "The job is followed again.");
        }
    }

    // The limit may be another one than when the job was recorded.
    private string? RefusalOf(LedgerJob job) =>
        _settings.RefusalOf(job.Ceiling, job.Ceiling, job.Ceiling is { } most ? new CostAmount(most, CostAmount.Usd).ToString() : "");

    /// <summary>A job of the playground; null where there is none of that id, which has been responded to. Jobs of others are theirs.</summary>
    private async Task<LedgerJob?> FindOwnAsync(HttpContext context, string id)
    {
        if (await _ledger.Store.FindWithoutContentAsync(id, context.RequestAborted) is { Batch: PlayRuns.Batch } job)
            return job;
        await PageResponse.NotFoundAsync(context);
        return null;
    }

    private async Task<bool> RequireValidAsync(HttpContext context, PlayDraft draft)
    {
        if (draft.Validate(_files) is { IsValid: false } result)
        {
            await PageResponse.WriteTextAsync(context, StatusCodes.Status422UnprocessableEntity, string.Join("; ", result.Issues));
            return false;
        }
        return true;
    }

    private static Task WriteOutcomeAsync(HttpContext context, string text) => WriteAsync(context, writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("message", text);
        writer.WriteEndObject();
    });

    private static string TypeOf(PlayFile file) => MediaTypes.OfName(file.Name) ?? "application/octet-stream";

    private static Task WriteAsync(HttpContext context, Action<Utf8JsonWriter> write) => PageResponse.WriteJsonAsync(context, PageResponse.Make(write));
}
