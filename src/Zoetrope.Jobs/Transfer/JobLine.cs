using System.Text.Json;
using Zoetrope.Json;

namespace Zoetrope.Jobs.Transfer;

/// <summary>Writes a job as one line of JSON, with everything that another ledger needs to go on with it.</summary>
internal static class JobLine
{
    /// <summary>Writes the job as an object. A member whose value is not known is left out.</summary>
    public static void Write(Utf8JsonWriter writer, LedgerJob job)
    {
        writer.WriteStartObject();
        writer.WriteString("id", job.Id);
        writer.WriteString("batch", job.Batch);
        WriteText(writer, "label", job.Label);
        writer.WriteString("provider", job.Provider);
        writer.WriteString("endpoint", job.EndpointId);
        WriteJson(writer, "input", job.Input);
        writer.WriteBoolean("unique", job.UniqueKey is not null);
        if (job.IsOnlyOfBatch)
            writer.WriteBoolean("only_of_batch", true);
        if (job.IdentityHash != job.InputHash)
            writer.WriteString("identity", job.IdentityHash);
        WriteText(writer, "upload_account", job.UploadAccount);
        WriteTime(writer, "files_expire_at", job.FilesExpireAt);
        WriteText(writer, "idempotency_key", job.IdempotencyKey);
        writer.WriteString("token", job.Token);
        WriteAmount(writer, "ceiling", job.Ceiling);
        writer.WriteString("state", NameOf(job.State));
        writer.WriteNumber("version", job.Version);
        writer.WriteNumber("attempts", job.Attempts);
        WriteText(writer, "handle", job.Handle?.ToString());
        writer.WriteString("created_at", job.CreatedAt);
        WriteTime(writer, "sent_at", job.SentAt);
        WriteTime(writer, "accepted_at", job.AcceptedAt);
        WriteTime(writer, "ended_at", job.EndedAt);
        WriteTime(writer, "delivered_at", job.DeliveredAt);
        WriteText(writer, "reason", job.Reason);
        if (job.Billed is { } billed)
        {
            writer.WriteStartObject("billed");
            writer.WriteNumber("value", billed.Value);
            writer.WriteString("unit", billed.Unit);
            writer.WriteEndObject();
        }
        writer.WriteNumber("earlier_cost", job.EarlierCost);
        if (job.Result is { } result)
            WriteJson(writer, "result", result);
        writer.WriteStartArray("outputs");
        foreach (var output in job.Outputs)
            writer.WriteStringValue(output);
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    /// <summary>The name of a state in JSON, such as <c>in_doubt</c>.</summary>
    public static string NameOf(LedgerState state) => JsonNamingPolicy.SnakeCaseLower.ConvertName(state.ToString());

    // It has no line breaks: white space between its tokens is never kept.
    private static void WriteJson(Utf8JsonWriter writer, string name, RawJson value)
    {
        writer.WritePropertyName(name);
        value.WriteTo(writer);
    }

    private static void WriteText(Utf8JsonWriter writer, string name, string? value)
    {
        if (value is not null)
            writer.WriteString(name, value);
    }

    private static void WriteAmount(Utf8JsonWriter writer, string name, decimal? value)
    {
        if (value is { } amount)
            writer.WriteNumber(name, amount);
    }

    private static void WriteTime(Utf8JsonWriter writer, string name, DateTimeOffset? value)
    {
        if (value is { } time)
            writer.WriteString(name, time);
    }
}
