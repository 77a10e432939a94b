using System.Text.Json;
using Zoetrope.Cli.Output;
using Zoetrope.Jobs;

namespace Zoetrope.Cli.Ledgers;

/// <summary>Jobs of a ledger, for programs and for people.</summary>
internal static class JobText
{
    // Of a terminal's line; the reason, which is the last, may have as much as what is left of a wide one.
    private const int WidestCell = 40;
    private const int WidestReason = 80;

    /// <summary>The columns of <see cref="Row"/>.</summary>
    public static IReadOnlyList<string> Columns { get; } = ["id", "state", "label", "batch", "model", "cost", "reason"];

    /// <summary>The state as it is written everywhere, such as <c>in_doubt</c>.</summary>
    public static string StateOf(LedgerState state) => JsonNamingPolicy.SnakeCaseLower.ConvertName(state.ToString());

    /// <summary>A job in cells.</summary>
    public static IReadOnlyList<string> Row(LedgerJob job) =>
    [
        job.Id,
        StateOf(job.State),
        job.Label ?? "",
        job.Batch,
        $"{job.Provider}:{job.EndpointId}",
        job.Spent > 0 ? LedgerProgress.Dollars(job.Spent) : job.Ceiling is { } most ? $"<= {LedgerProgress.Dollars(most)}" : "",
        job.Reason ?? "",
    ];

    /// <summary>Prints rows: aligned and shortened for people, separated by tabs and complete for programs.</summary>
    public static void Print(IReadOnlyList<IReadOnlyList<string>> rows)
    {
        // What a provider or a file says must not break the line or act on the terminal.
        var cells = rows.Select(row => row.Select(Printable.Of).ToArray()).ToList();
        if (!Console.IsOutputRedirected)
        {
            cells.ForEach(row =>
            {
                for (var i = 0; i < row.Length; i++)
                    row[i] = Shortened(row[i], i == Columns.Count - 1 ? WidestReason : WidestCell);
            });
            cells.Insert(0, [.. Columns]);
            for (var i = 0; i < Columns.Count - 1; i++)
            {
                var width = cells.Max(row => row[i].Length);
                cells.ForEach(row => row[i] = row[i].PadRight(width + 1));
            }
        }
        foreach (var row in cells)
            Console.Out.Write(string.Join(Console.IsOutputRedirected ? "\t" : " ", row).TrimEnd(' ') + "\n");
    }

    /// <summary>Writes a job as JSON: what a program needs to know of it, without its input and result.</summary>
    public static void Write(Utf8JsonWriter writer, LedgerJob job)
    {
        writer.WriteStartObject();
        writer.WriteString("type", "job");
        WriteMembers(writer, job);
        writer.WriteEndObject();
    }

    /// <summary>Writes a job as JSON with its input, its result and its history.</summary>
    public static void Write(Utf8JsonWriter writer, LedgerJob job, IReadOnlyList<LedgerEvent> history)
    {
        writer.WriteStartObject();
        WriteMembers(writer, job);
        writer.WritePropertyName("input");
        job.Input.WriteTo(writer);
        if (job.Result is { } result)
        {
            writer.WritePropertyName("result");
            result.WriteTo(writer);
        }
        writer.WriteStartArray("history");
        foreach (var entry in history)
        {
            writer.WriteStartObject();
            writer.WriteString("at", entry.At);
            writer.WriteString("what", JsonNamingPolicy.SnakeCaseLower.ConvertName(entry.Kind.ToString()));
            JsonMembers.WriteText(writer, "text", entry.Text);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    /// <summary>Writes how many jobs are in each state, and what they cost.</summary>
    public static void Write(Utf8JsonWriter writer, LedgerSummary summary, string? batch, string? ledger)
    {
        writer.WriteStartObject();
        writer.WriteString("type", "summary");
        JsonMembers.WriteText(writer, "batch", batch);
        JsonMembers.WriteText(writer, "ledger", ledger is null ? null : Path.GetFullPath(ledger));
        writer.WriteNumber("jobs", summary.Total);
        foreach (var state in Enum.GetValues<LedgerState>())
            writer.WriteNumber(StateOf(state), summary[state]);
        writer.WriteNumber("paused", summary.Paused);
        writer.WriteNumber("spent", summary.Spent);
        writer.WriteNumber("reserved", summary.Reserved);
        writer.WriteEndObject();
    }

    private static string Shortened(string text, int width)
    {
        if (text.Length <= width)
            return text;
        // Not between the halves of a surrogate pair.
        var length = char.IsHighSurrogate(text[width - 4]) ? width - 4 : width - 3;
        return text[..length] + "...";
    }

    private static void WriteMembers(Utf8JsonWriter writer, LedgerJob job)
    {
        writer.WriteString("id", job.Id);
        JsonMembers.WriteText(writer, "label", job.Label);
        writer.WriteString("batch", job.Batch);
        writer.WriteString("state", StateOf(job.State));
        writer.WriteString("provider", job.Provider);
        writer.WriteString("endpoint", job.EndpointId);
        JsonMembers.WriteText(writer, "handle", job.Handle?.ToString());
        JsonMembers.WriteText(writer, "reason", job.Reason);
        writer.WriteNumber("attempts", job.Attempts);
        if (job.Ceiling is { } ceiling)
            writer.WriteNumber("ceiling", ceiling);
        writer.WriteNumber("spent", job.Spent);
        writer.WriteString("created_at", job.CreatedAt);
        if (job.SentAt is { } sent)
            writer.WriteString("sent_at", sent);
        if (job.EndedAt is { } ended)
            writer.WriteString("ended_at", ended);
        writer.WriteStrings("files", job.Outputs);
    }
}
