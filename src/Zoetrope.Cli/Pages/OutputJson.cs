using System.Text.Json;
using Zoetrope.Jobs;

namespace Zoetrope.Cli.Pages;

/// <summary>The files of a job, as a page receives them.</summary>
internal static class OutputJson
{
    /// <summary>Writes the member <c>outputs</c>; a file that is gone has no URL.</summary>
    public static void Write(Utf8JsonWriter writer, LedgerJob job, OutputFiles files)
    {
        writer.WriteStartArray("outputs");
        for (var i = 0; i < job.Outputs.Count; i++)
        {
            writer.WriteStartObject();
            writer.WriteString("name", OutputFiles.NameOf(job.Outputs[i]));
            writer.WriteString("kind", OutputFiles.KindOf(job.Outputs[i]));
            if (files.Find(job, i) is { } file)
            {
                writer.WriteString("url", FormattableString.Invariant($"files/{Uri.EscapeDataString(job.Id)}/{i}"));
                writer.WriteNumber("bytes", file.Length);
            }
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    }
}
