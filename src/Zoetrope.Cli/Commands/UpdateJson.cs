using System.Text.Json;
using Zoetrope.Cli.Output;
using Zoetrope.Cli.Vendoring;

namespace Zoetrope.Cli.Commands;

/// <summary>What <c>specs update</c> found, as JSON.</summary>
internal static class UpdateJson
{
    /// <summary>Writes it to stdout.</summary>
    public static void Write(SpecUpdate update, bool isWritten) => JsonOutput.Write(writer =>
    {
        var rest = update.Changed.Select(changed => changed.Path).Concat(update.Failures.Select(failure => failure.Path)).ToHashSet(StringComparer.Ordinal);
        writer.WriteStartObject();
        writer.WriteBoolean("written", isWritten && update.Changed.Count > 0);
        WriteList(writer, "changed", update.Changed, changed =>
        {
            writer.WriteString("path", changed.Path);
            writer.WriteString("document", VendoredNames.Describe(changed.Document));
            writer.WriteString("origin", update.Items.First(item => item.Path == changed.Path).Locked!.Origin);
            writer.WriteStrings("changes", DocumentChanges.Between(changed.Former!, changed.Document));
        });
        writer.WriteStrings("unchanged", update.Items.Where(item => item.Url is not null && !rest.Contains(item.Path)).Select(item => item.Path));
        WriteList(writer, "notUpdated", update.Items.Where(item => item.Reason is not null), item => WriteReason(writer, item.Path, item.Reason!));
        WriteList(writer, "failed", update.Failures, failure => WriteReason(writer, failure.Path, failure.Message));
        writer.WriteEndObject();
    });

    private static void WriteReason(Utf8JsonWriter writer, string path, string reason)
    {
        writer.WriteString("path", path);
        writer.WriteString("reason", reason);
    }

    private static void WriteList<T>(Utf8JsonWriter writer, string name, IEnumerable<T> items, Action<T> write)
    {
        writer.WriteStartArray(name);
        foreach (var item in items)
        {
            writer.WriteStartObject();
            write(item);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    }
}
