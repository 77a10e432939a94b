using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Zoetrope.Cli.Ledgers;
using Zoetrope.Cli.Output;
using Zoetrope.Cli.Pages;
using Zoetrope.Costs;
using Zoetrope.Jobs;
using Zoetrope.Validation;

namespace Zoetrope.Cli.Play;

/// <summary>What the page receives, as JSON. No key is in any of it.</summary>
internal static class PlayJson
{
    private const int MostLogs = 500;

    private static readonly JsonWriterOptions _indented = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>JSON on several lines; a text that is not JSON as it is.</summary>
    public static string Indent(string json)
    {
        var buffer = new ArrayBufferWriter<byte>();
        try
        {
            using var document = JsonDocument.Parse(json);
            using var writer = new Utf8JsonWriter(buffer, _indented);
            document.WriteTo(writer);
        }
        catch (JsonException)
        {
            return json;
        }
        return Encoding.UTF8.GetString(buffer.WrittenSpan).ReplaceLineEndings("\n");
    }

    /// <summary>All models, and how they are run.</summary>
    public static void WriteModels(Utf8JsonWriter writer, PlaySettings settings)
    {
        writer.WriteStartObject();
        writer.WriteBoolean("paid", settings.IsPaid);
        if (settings.MaxCost is { } limit)
            writer.WriteString("max_cost", new CostAmount(limit, CostAmount.Usd).ToString());
        writer.WriteString("folder", settings.Folder);
        writer.WriteStartArray("models");
        foreach (var model in PlayModel.All)
        {
            var info = model.Info;
            writer.WriteStartObject();
            writer.WriteString("name", model.Name);
            writer.WriteString("provider", model.Provider.Name);
            writer.WriteString("id", info.Endpoint.Id);
            JsonMembers.WriteText(writer, "neutral", model.Neutral?.Name);
            JsonMembers.WriteText(writer, "title", model.Neutral is null ? info.Title : null);
            JsonMembers.WriteText(writer, "category", info.Category);
            JsonMembers.WriteText(writer, "price", info.Pricing is { } price && price.Any(char.IsAsciiDigit) ? price : null);
            if (info.EstimatedTime is { } time)
                writer.WriteNumber("seconds", time.TotalSeconds);
            if (info.Deprecation is not null)
                writer.WriteBoolean("deprecated", true);
            if (!settings.CanRun(model.Provider))
                writer.WriteString("needs", model.Provider.KeyVariables);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    /// <summary>What models cost for the examples of their documents, as far as it is known.</summary>
    public static void WritePrices(Utf8JsonWriter writer, IReadOnlyDictionary<PlayModel, CostEstimate> prices)
    {
        writer.WriteStartObject();
        writer.WriteStartArray("prices");
        foreach (var (model, estimate) in prices)
        {
            writer.WriteStartObject();
            writer.WriteString("name", model.Name);
            writer.WriteString("cost", estimate.ToString());
            writer.WriteString("unit", estimate.Unit);
            if (estimate.Maximum is { } most)
                writer.WriteNumber("most", most);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    /// <summary>What is wrong with a draft, what of it is not sent, and how it is written elsewhere.</summary>
    public static void WriteDraft(
        Utf8JsonWriter writer, ValidationResult result, IReadOnlyList<string> notes, string json, string? csharp, string? curl)
    {
        writer.WriteStartObject();
        writer.WriteBoolean("valid", result.IsValid);
        WriteIssues(writer, "issues", result.Issues);
        WriteIssues(writer, "warnings", result.Warnings);
        writer.WriteStrings("notes", notes);
        writer.WriteString("json", json);
        JsonMembers.WriteText(writer, "csharp", csharp);
        JsonMembers.WriteText(writer, "curl", curl);
        writer.WriteEndObject();
    }

    /// <summary>What a draft costs.</summary>
    public static void WriteCost(Utf8JsonWriter writer, CostEstimate estimate)
    {
        writer.WriteStartObject();
        WriteCostMembers(writer, estimate);
        writer.WriteEndObject();
    }

    /// <summary>What is to be confirmed.</summary>
    public static void WriteQuote(Utf8JsonWriter writer, PlayQuote quote, LedgerJob? earlier, PlaySettings settings)
    {
        writer.WriteStartObject();
        writer.WriteString("quote", quote.Id);
        writer.WriteBoolean("paid", settings.IsPaid);
        WriteCostMembers(writer, quote.Estimate);
        JsonMembers.WriteText(writer, "refusal", quote.Refusal);
        JsonMembers.WriteText(writer, "warning", quote.Warning);
        if (earlier is not null)
            writer.WriteString("earlier", earlier.CreatedAt);
        writer.WriteEndObject();
    }

    /// <summary>A page of the history.</summary>
    /// <param name="writer">Where it goes.</param>
    /// <param name="jobs">The jobs, and one more where there is a next page.</param>
    /// <param name="size">The number of jobs of a page.</param>
    /// <param name="runs">The jobs that are followed.</param>
    public static void WriteHistory(Utf8JsonWriter writer, IReadOnlyList<LedgerJob> jobs, int size, PlayRuns runs)
    {
        writer.WriteStartObject();
        writer.WriteStartArray("items");
        foreach (var job in jobs.Take(size))
        {
            writer.WriteStartObject();
            writer.WritePropertyName("job");
            JobText.Write(writer, job);
            writer.WriteBoolean("followed", runs.FollowerOf(job.Id) is { IsRunning: true });
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
        if (jobs.Count > size)
            writer.WriteString("next", jobs[size - 1].Id);
        writer.WriteEndObject();
    }

    /// <summary>A job with its history, and what its provider reports of it.</summary>
    public static void WriteJob(
        Utf8JsonWriter writer, LedgerJob job, IReadOnlyList<LedgerEvent> history, OutputFiles files, PlayFollower? follower, bool isPaid)
    {
        writer.WriteStartObject();
        writer.WritePropertyName("job");
        JobText.Write(writer, job, history);
        OutputJson.Write(writer, job, files);
        writer.WriteBoolean("followed", follower is { IsRunning: true });
        writer.WriteBoolean("paid", isPaid);
        JsonMembers.WriteText(writer, "problem", follower?.Problem);
        if (job.Billed is { } billed)
            writer.WriteString("billed", billed.ToString());
        if (follower?.Status is { } status && !job.IsFinished)
        {
            writer.WriteStartObject("live");
            writer.WriteString("state", JsonNamingPolicy.SnakeCaseLower.ConvertName(status.State.ToString()));
            if (status.QueuePosition is { } position)
                writer.WriteNumber("queue_position", position);
            if (status.Progress is { } progress)
                writer.WriteNumber("progress", progress);
            if (status.ExpectedTime is { } time)
                writer.WriteNumber("expected_seconds", time.TotalSeconds);
            writer.WriteEndObject();
        }
        writer.WriteStrings("logs", follower?.Status is { } last ? [.. last.Logs.TakeLast(MostLogs).Select(log => log.Message)] : []);
        writer.WriteEndObject();
    }

    private static void WriteCostMembers(Utf8JsonWriter writer, CostEstimate estimate)
    {
        writer.WriteString("cost", estimate.ToString());
        writer.WriteBoolean("known", estimate.Certainty != CostCertainty.Unknown);
        JsonMembers.WriteText(writer, "source", estimate.Source);
    }

    // What is not given yet, and not what is given too often.
    private static bool IsMissing(ValidationIssue issue) => issue.Rule switch
    {
        ValidationRule.Required or ValidationRule.AtLeastOne => true,
        ValidationRule.ExactlyOne => issue.Actual != "both are",
        _ => false,
    };

    private static void WriteIssues(Utf8JsonWriter writer, string name, IReadOnlyList<ValidationIssue> issues)
    {
        writer.WriteStartArray(name);
        foreach (var issue in issues)
        {
            writer.WriteStartObject();
            writer.WriteString("path", issue.Path);
            writer.WriteString("message", issue.Message);
            if (IsMissing(issue))
                writer.WriteBoolean("missing", true);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    }
}
