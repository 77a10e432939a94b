using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace Zoetrope.NativeBenchmark;

/// <summary>Writes the comparison as a Markdown table.</summary>
internal static class ResultTable
{
    public static string Write(
        NativeApp[] apps, Dictionary<NativeApp, List<Sample>> samples, List<long> peaksKib, List<long?> instructions, Dictionary<string, long> firstCalls,
        int runs)
    {
        var text = new StringBuilder();
        text.AppendLine(
            CultureInfo.InvariantCulture,
            $"{runs} runs of each app in turn, {RuntimeInformation.OSDescription}, {Environment.ProcessorCount} processors; medians, with the 10th and 90th");
        text.AppendLine("percentile. Instructions are those of a whole run, as valgrind counts them.").AppendLine();
        text.AppendLine("| | native size | ratio | start to response | ratio | start to exit | peak memory | ratio | instructions | ratio |");
        text.AppendLine("|---|---|---|---|---|---|---|---|---|---|");
        var byHand = Array.FindIndex(apps, static app => app.Name == "HandWrittenApp");
        var responseByHand = Percentile(samples[apps[byHand]], 0.5, s => s.ResponseMilliseconds);
        for (var i = 0; i < apps.Length; i++)
        {
            var app = apps[i];
            var response = Percentile(samples[app], 0.5, s => s.ResponseMilliseconds);
            text.Append(CultureInfo.InvariantCulture, $"| {app.Name} | {app.Size:N0} B | {(double)app.Size / apps[byHand].Size:F3} ");
            text.Append(CultureInfo.InvariantCulture, $"| {response:F1} ms ");
            text.Append(
                CultureInfo.InvariantCulture,
                $"({Percentile(samples[app], 0.1, s => s.ResponseMilliseconds):F1}–{Percentile(samples[app], 0.9, s => s.ResponseMilliseconds):F1}) ");
            text.Append(CultureInfo.InvariantCulture, $"| {response / responseByHand:F3} | {Percentile(samples[app], 0.5, s => s.ExitMilliseconds):F1} ms ");
            text.Append(CultureInfo.InvariantCulture, $"| {peaksKib[i] / 1024.0:F1} MiB | {(double)peaksKib[i] / peaksKib[byHand]:F3} ");
            text.AppendLine(
                instructions[i] is { } count && instructions[byHand] is { } reference
                    ? string.Create(CultureInfo.InvariantCulture, $"| {count / 1e6:F1} million | {(double)count / reference:F3} |")
                    : "| | |");
        }
        text.AppendLine();
        text.AppendLine("The first typed call of a process, without the network (`apps/FirstCall`): a request becomes bytes, and bytes become a result; ours is also");
        text.AppendLine("validated.");
        text.AppendLine();
        text.AppendLine("| | first call | ratio |");
        text.AppendLine("|---|---|---|");
        foreach (var (serializer, microseconds) in firstCalls)
            text.AppendLine(
                CultureInfo.InvariantCulture,
                $"| {serializer} | {microseconds / 1000.0:F2} ms | {(double)microseconds / firstCalls.Values.Last():F3} |");
        return text.ToString();
    }

    /// <summary>Writes the sizes of programs; their ratios are to the first one.</summary>
    public static string OfSizes(params (string Name, long Size)[] programs)
    {
        var text = new StringBuilder();
        text.AppendLine("| program at Runway | size of the native program | ratio |");
        text.AppendLine("|---|---|---|");
        foreach (var (name, size) in programs)
            text.AppendLine(CultureInfo.InvariantCulture, $"| {name} | {size:N0} B | {(double)size / programs[0].Size:F3} |");
        return text.ToString();
    }

    /// <summary>Puts a table between the markers <c>&lt;!-- {name} --&gt;</c> and <c>&lt;!-- /{name} --&gt;</c> of a Markdown file.</summary>
    public static void Insert(string file, string name, string table)
    {
        var text = File.ReadAllText(file);
        var (begin, end) = ($"<!-- {name} -->", $"<!-- /{name} -->");
        var from = text.IndexOf(begin, StringComparison.Ordinal);
        var to = text.IndexOf(end, StringComparison.Ordinal);
        if (from < 0 || to < from)
            throw new InvalidOperationException($"{file} has no place for the table '{name}'.");
        File.WriteAllText(file, $"{text[..(from + begin.Length)]}\n\n{table.ReplaceLineEndings("\n")}\n{text[to..]}");
    }

    private static double Percentile(List<Sample> samples, double share, Func<Sample, double> figure)
    {
        var sorted = samples.Select(figure).Order().ToArray();
        return sorted[(int)Math.Round(share * (sorted.Length - 1))];
    }
}
