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
        Console.WriteLine($"| {waits:N0} waits | polls a second | processor time of a poll | heap of a wait | resident memory of a wait | lateness, p50 / p99 |");
        Console.WriteLine("|---|---|---|---|---|---|");
        var script = await JavaScriptClient.InstallAsync(JavaScript);
        string[] clients = script is null ? ["by hand", "Zoetrope"] : ["by hand", "Zoetrope", JavaScript];
        foreach (var client in (string[])[.. clients, .. clients])
        {
            var count = waits.ToString(CultureInfo.InvariantCulture);
            using var process = client == JavaScript
                ? Start("node", "--expose-gc", script!, url, count)
                : Start(Environment.ProcessPath!, "wait", client, url, count);
            var line = await process.StandardOutput.ReadToEndAsync();
            await process.WaitForExitAsync();
            if (process.ExitCode != 0)
                throw new InvalidOperationException($"{client} ended with {process.ExitCode}.");
            var one = JsonSerializer.Deserialize<Measurement>(line)!;
            Console.WriteLine(
                $"| {client} | {one.Rate:N0} | {one.Processor:0.0} us | {one.Heap:N0} B | {one.Resident:N0} B | {one.LateMedian:0.0} ms / {one.LateMost:0.0} ms |");
        }
        server.StandardInput.Close();
        await server.WaitForExitAsync();
    }

    private static Process Start(string program, params string[] arguments) =>
        Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
}
