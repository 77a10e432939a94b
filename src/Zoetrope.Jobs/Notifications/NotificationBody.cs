using System.Text.Json;
using Zoetrope.Jobs.Transfer;

namespace Zoetrope.Jobs.Notifications;

/// <summary>What a notification says: the type, the time, and the job as it is now.</summary>
internal static class NotificationBody
{
    // Receivers expect small bodies; what is larger is read from the ledger.
    private const int LargestResult = 20 * 1024;

    /// <summary>The type of a notification, such as <c>job.delivered</c>.</summary>
    public static string TypeOf(LedgerEventKind kind) => "job." + JsonNamingPolicy.SnakeCaseLower.ConvertName(kind.ToString());

    /// <summary>Writes the body. Neither the input nor any secret is in it.</summary>
    public static byte[] Write(LedgerNotification notification, LedgerJob job)
    {
        using var text = new MemoryStream();
        using (var writer = new Utf8JsonWriter(text))
        {
            writer.WriteStartObject();
            writer.WriteString("type", TypeOf(notification.Kind));
            writer.WriteString("timestamp", notification.At);
            writer.WriteStartObject("data");
            Write(writer, job);
            writer.WriteEndObject();
            writer.WriteEndObject();
        }
        return text.ToArray();
    }

    private static void Write(Utf8JsonWriter writer, LedgerJob job)
    {
        writer.WriteString("id", job.Id);
        writer.WriteString("batch", job.Batch);
        writer.WriteString("label", job.Label);
        writer.WriteString("provider", job.Provider);
        writer.WriteString("endpoint", job.EndpointId);
        writer.WriteString("state", JobLine.NameOf(job.State));
        writer.WriteString("handle", job.Handle?.ToString());
        writer.WriteString("reason", job.Reason);
        writer.WriteNumber("spent", job.Spent);
        writer.WriteStartArray("outputs");
        foreach (var output in job.Outputs)
            writer.WriteStringValue(output);
        writer.WriteEndArray();
        if (job.Result is not { } result || result.Utf8.Length > LargestResult)
            return;
        writer.WritePropertyName("result");
        result.WriteTo(writer);
    }
}
