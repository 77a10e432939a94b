using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace Zoetrope.WaitBenchmark;

/// <summary>Runs the clients one after the other, each in a process of its own, and prints a table.</summary>
internal static class Comparison
{
    public static async Task RunAsync(int waits)
    {
        using var server = Start("serve");
        var url = await server.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The server has not started.");
        Console.WriteLine($"| {waits:N0} waits, a poll of each every {StatusServer.Interval.TotalSeconds:N0} s | polls a second | processor time of a poll | heap of a wait | resident memory of a wait | a poll is late, p50 / p99 |");
        Console.WriteLine("|---|---|---|---|---|---|");
        foreach (var client in (string[])["by hand", "Zoetrope", "by hand", "Zoetrope"])
        {
            using var process = Start("wait", client, url, waits.ToString(CultureInfo.InvariantCulture));
            var line = await process.StandardOutput.ReadToEndAsync();
            await process.WaitForExitAsync();
            var one = JsonSerializer.Deserialize<Measurement>(line) ?? throw new InvalidOperationException($"{client} has failed.");
            Console.WriteLine(
                $"| {client} | {one.Rate:N0} | {one.Processor:0.0} us | {one.Heap:N0} B | {one.Resident:N0} B | {one.LateMedian:0.0} ms / {one.LateMost:0.0} ms |");
        }
        server.StandardInput.Close();
        await server.WaitForExitAsync();
    }

    private static Process Start(params string[] arguments) =>
        Process.Start(new ProcessStartInfo(Environment.ProcessPath!, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
}
