using System.Diagnostics;
using System.Globalization;
using Zoetrope.Uploads;

namespace Zoetrope.UploadBenchmark;

/// <summary>Many small files, beside fal's own client in Node, which uploads as many at a time.</summary>
internal static class SmallFiles
{
    private const int Count = 1000;
    private const int Size = 20_000;
    private const int AtOnce = 16;
    private const int Rounds = 3;
    private const string Packages = """{"private":true,"type":"module","dependencies":{"@fal-ai/client":"1.10.1"}}""";

    // Its hosts are fixed, so that requests for them are sent to the simulator.
    private static readonly string _script = $$"""
        import { createFalClient } from "@fal-ai/client";
        const base = process.argv[2];
        const fal = createFalClient({
            credentials: "id:secret",
            fetch: (url, init) => fetch(String(url).replace("https://rest.fal.ai", base), init),
        });
        const content = new Blob([new Uint8Array({{Size}})], { type: "image/png" });
        const upload = async count => {
            let next = 0;
            const work = async () => { while (next++ < count) await fal.storage.upload(content); };
            await Promise.all(Array.from({ length: {{AtOnce}} }, work));
        };
        await upload(50);
        const start = performance.now();
        await upload({{Count}});
        console.log(performance.now() - start);
        """;

    public static async Task MeasureAsync(SimulatorProcess server)
    {
        var folder = Directory.CreateTempSubdirectory("zoetrope-upload-");
        try
        {
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "package.json"), Packages);
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "upload.mjs"), _script);
            await RunAsync(folder.FullName, "npm", "install", "--no-audit", "--no-fund", "--silent");
            using var fal = server.Client();
            var content = new byte[Size];
            await UploadAsync(50);
            var (ours, theirs) = (double.MaxValue, double.MaxValue);
            for (var round = 0; round < Rounds; round++)
            {
                var start = Stopwatch.GetTimestamp();
                await UploadAsync(Count);
                ours = Math.Min(ours, Stopwatch.GetElapsedTime(start).TotalMilliseconds);
                var output = await RunAsync(folder.FullName, "node", "upload.mjs", server.Url.ToString().TrimEnd('/'));
                theirs = Math.Min(theirs, double.Parse(output, CultureInfo.InvariantCulture));
            }
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {Count} files of {Size} bytes | {ours:0} ms | {theirs / ours:0.00} |"));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| the same, @fal-ai/client | {theirs:0} ms | 1.00 |"));

            Task UploadAsync(int count) => Parallel.ForAsync(
                0, count, new ParallelOptions { MaxDegreeOfParallelism = AtOnce },
                async (_, ct) => await fal.Files.UploadAsync(UploadFile.FromBytes(content, "a.png"), cancellationToken: ct));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<string> RunAsync(string folder, string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true })!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"{program} ended with {process.ExitCode}.");
    }
}
