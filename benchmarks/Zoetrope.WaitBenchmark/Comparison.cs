using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace Zoetrope.WaitBenchmark;

/// <summary>Runs the clients one after the other, each in a process of its own, and prints a table.</summary>
internal static class Comparison
{
    private const string JavaScript = "@fal-ai/client 1.10.1";

    public static async Task RunAsync(int waits)
    {
        using var server = Start(Environment.ProcessPath!, "serve");
        var url = await server.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The server has not started.");
        Console.WriteLine(
            $"| {waits:N0} waits | polls a second | processor time of a poll | heap of a wait | held for the heap | resident memory before | of a wait "
                + "| lateness, p50 / p99 |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|");
        var script = await JavaScriptClient.InstallAsync(JavaScript);
        string[] clients = [Clients.Alone, Clients.ByHand, Clients.Zoetrope, .. script is null ? (string[])[] : [JavaScript]];
        foreach (var client in (string[])[.. clients, .. clients])
        {
            var count = waits.ToString(CultureInfo.InvariantCulture);
            var one = client == JavaScript
                ? await MeasureAsync<Measurement>("node", "--expose-gc", script!, url, count)
                : await MeasureAsync<Measurement>(Environment.ProcessPath!, "wait", client, url, count);
            Console.WriteLine(
                $"| {client} | {one.Rate:N0} | {one.Processor:0.0} us | {one.Heap:N0} B | {one.Committed:N0} B | {one.Before / (1 << 20):N0} MiB "
                + $"| {one.Resident:N0} B | {one.LateMedian:0.0} ms / {one.LateMost:0.0} ms |");
        }
        server.StandardInput.Close();
        await server.WaitForExitAsync();
    }

    /// <summary>What waits keep without connections.</summary>
    public static async Task OfMemoryAsync(int[] counts)
    {
        Console.WriteLine("| waits | client | heap of a wait | resident memory of a wait |");
        Console.WriteLine("|---|---|---|---|");
        foreach (var count in counts)
        {
            foreach (var client in (string[])[Clients.ByHand, Clients.Zoetrope])
            {
                var one = await MeasureAsync<KeptMemory>(Environment.ProcessPath!, "keep", client, count.ToString(CultureInfo.InvariantCulture));
                Console.WriteLine($"| {count:N0} | {client} | {one.Heap:N0} B | {one.Resident:N0} B |");
            }
        }
    }

    private static async Task<T> MeasureAsync<T>(string program, params string[] arguments)
    {
        using var process = Start(program, arguments);
        var line = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0
            ? JsonSerializer.Deserialize<T>(line)!
            : throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}.");
    }

    private static Process Start(string program, params string[] arguments) =>
        Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
}
