using System.Text.Json;
using Zoetrope.Cli.Ledgers;
using Zoetrope.Cli.Pages;
using Zoetrope.Jobs;
using Zoetrope.Jobs.Storage;

namespace Zoetrope.Cli.LedgerPages;

/// <summary>What the page receives of a ledger, as JSON.</summary>
/// <param name="ledger">The path of the ledger.</param>
/// <param name="files">The delivered files.</param>
internal sealed class PageJson(string ledger, OutputFiles files)
{
    private readonly JobCommands _commands = new(ledger);

    /// <summary>How far all batches are.</summary>
    public byte[] Overview(LedgerOverview overview, IReadOnlyList<(BatchProgress Batch, TimeSpan? Left)> batches) => PageResponse.Make(writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("ledger", ledger);
        writer.WriteStartArray("batches");
        foreach (var (batch, left) in batches)
            WriteBatch(writer, batch, left);
        writer.WriteEndArray();
        writer.WriteStartArray("groups");
        foreach (var group in overview.Groups)
        {
            writer.WriteStartObject();
            writer.WriteString("batch", group.Batch);
            writer.WriteString("provider", group.Provider);
            writer.WriteString("endpoint", group.EndpointId);
            writer.WriteString("state", JobText.StateOf(group.State));
            writer.WriteNumber("jobs", group.Count);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
        var today = SpendScope.Day(DateOnly.FromDateTime(overview.At.UtcDateTime));
        writer.WriteStartArray("caps");
        foreach (var report in overview.Spending.Where(report => report.Cap is not null))
        {
            writer.WriteStartObject();
            writer.WriteString("scope", report.Scope.Name);
            writer.WriteBoolean("is_today", report.Scope == today);
            WriteSpending(writer, report.Spent, report.Reserved, report.Cap);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
        writer.WriteEndObject();
    });

    /// <summary>A page of a list of jobs.</summary>
    /// <param name="jobs">The jobs, and one more where there is a next page.</param>
    /// <param name="size">The number of jobs of a page.</param>
    /// <param name="withFiles">Whether their files are looked for.</param>
    public byte[] List(IReadOnlyList<LedgerJob> jobs, int size, bool withFiles) => PageResponse.Make(writer =>
    {
        writer.WriteStartObject();
        writer.WriteStartArray("items");
        foreach (var job in jobs.Take(size))
        {
            writer.WriteStartObject();
            writer.WritePropertyName("job");
            JobText.Write(writer, job);
            WriteMore(writer, job, withFiles);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
        if (jobs.Count > size)
            writer.WriteString("next", jobs[size - 1].Id);
        writer.WriteEndObject();
    });

    /// <summary>A job with all that is known of it, but for its secrets.</summary>
    /// <param name="job">The job.</param>
    /// <param name="history">The end of its history, and one more entry where there are earlier ones.</param>
    /// <param name="entries">The number of entries that are shown.</param>
    public byte[] Detail(LedgerJob job, IReadOnlyList<LedgerEvent> history, int entries) => PageResponse.Make(writer =>
    {
        writer.WriteStartObject();
        writer.WritePropertyName("job");
        JobText.Write(writer, job, [.. history.TakeLast(entries)]);
        WriteMore(writer, job, withFiles: true);
        writer.WriteBoolean("has_earlier_history", history.Count > entries);
        writer.WriteEndObject();
    });

    /// <summary>The tag of that: it is another one where anything of it has changed, and neither the input nor the result is needed for it.</summary>
    public string TagOf(LedgerJob job, IReadOnlyList<LedgerEvent> history) => ContentTag.Of(PageResponse.Make(writer =>
    {
        writer.WriteStartObject();
        // The input is replaced, and the result is stored, with a new version alone.
        writer.WriteNumber("version", job.Version);
        writer.WriteNumber("last", history.Count == 0 ? 0 : history[^1].Sequence);
        writer.WritePropertyName("job");
        JobText.Write(writer, job);
        WriteMore(writer, job, withFiles: true);
        writer.WriteEndObject();
    }));

    private static void WriteBatch(Utf8JsonWriter writer, BatchProgress batch, TimeSpan? left)
    {
        var jobs = batch.Jobs;
        writer.WriteStartObject();
        writer.WriteString("batch", batch.Batch);
        writer.WriteNumber("jobs", jobs.Total);
        writer.WriteNumber("queued", jobs.Queued);
        writer.WriteNumber("paused", jobs.Paused);
        writer.WriteNumber("running", jobs.Running);
        writer.WriteNumber("done", jobs[LedgerState.Delivered]);
        writer.WriteNumber("failed", jobs[LedgerState.Failed]);
        writer.WriteNumber("canceled", jobs[LedgerState.Canceled]);
        writer.WriteNumber("in_doubt", jobs[LedgerState.InDoubt]);
        WriteSpending(writer, jobs.Spent, jobs.Reserved, batch.Cap);
        if (left is { } time)
            writer.WriteNumber("seconds_left", Math.Round(time.TotalSeconds));
        if (batch.Waiting is { } reason)
            writer.WriteString("waiting", reason);
        writer.WriteEndObject();
    }

    private static void WriteSpending(Utf8JsonWriter writer, decimal spent, decimal reserved, decimal? cap)
    {
        writer.WriteNumber("spent", spent);
        writer.WriteNumber("reserved", reserved);
        if (cap is { } most)
            writer.WriteNumber("cap", most);
    }

    private void WriteMore(Utf8JsonWriter writer, LedgerJob job, bool withFiles)
    {
        writer.WriteStartArray("commands");
        foreach (var (purpose, line) in _commands.Of(job))
        {
            writer.WriteStartObject();
            writer.WriteString("purpose", purpose);
            writer.WriteString("line", line);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
        if (withFiles)
            OutputJson.Write(writer, job, files);
    }
}
