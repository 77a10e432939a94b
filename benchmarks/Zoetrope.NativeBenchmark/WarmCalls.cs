using System.Globalization;
using System.Text;

namespace Zoetrope.NativeBenchmark;

/// <summary>The calls of <c>apps/FirstCall</c> in a process that has made them many times: the least of many rounds, and the instructions of each.</summary>
internal static class WarmCalls
{
    private static readonly (string Direction, string[] Names)[] Calls =
    [
        ("request", ["Zoetrope", "validation alone", "validation and writing", Baseline]),
        ("result", ["Zoetrope", "Utf8JsonReader", Baseline]),
    ];

    private const string Baseline = "SystemTextJson";

    public static async Task<string> MeasureAsync(NativeApp firstCall)
    {
        var text = new StringBuilder((await firstCall.OutputAsync("warm")).Trim()).AppendLine().AppendLine();
        text.AppendLine("| | instructions of a call | ratio |");
        text.AppendLine("|---|---|---|");
        foreach (var (direction, names) in Calls)
        {
            var counts = new List<double?>();
            foreach (var name in names)
                counts.Add(await InstructionCount.OfCallAsync(firstCall, "repeat", direction, name));
            foreach (var (name, count) in names.Zip(counts))
                text.AppendLine(CultureInfo.InvariantCulture, $"| {direction}: {name} | {count:N0} | {count / counts[^1]:F2} |");
        }
        return text.ToString();
    }
}
