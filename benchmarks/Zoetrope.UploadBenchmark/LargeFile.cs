using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Zoetrope.Fal;
using Zoetrope.Uploads;

namespace Zoetrope.UploadBenchmark;

/// <summary>A large file, whole and in parts, beside <c>curl -T</c>: speed, and memory over the idle process.</summary>
internal static class LargeFile
{
    private const int Rounds = 3;
    private const double MiB = 1024 * 1024;

    public static async Task MeasureAsync(SimulatorProcess server, long size)
    {
        var path = Path.Combine(Path.GetTempPath(), $"zoetrope-upload-{Guid.NewGuid():N}.mp4");
        try
        {
            await using (var file = File.Create(path))
                file.SetLength(size);
            await MeasureAsync(server, path, size);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static async Task MeasureAsync(SimulatorProcess server, string path, long size)
    {
        using var fal = server.Client();
        using var self = Process.GetCurrentProcess();
        await fal.Files.UploadAsync(UploadFile.FromBytes(new byte[1000], "a.mp4"));
        self.Refresh();
        var (idle, peak) = (self.WorkingSet64, 0L);
        // First, so that what measures the time is not in it.
        using (var memory = new PeakMemory())
        {
            await WholeAsync();
            await PartsAsync();
            peak = memory.Peak;
        }
        var (whole, parts, curl) = (TimeSpan.MaxValue, TimeSpan.MaxValue, TimeSpan.MaxValue);
        for (var round = 0; round < Rounds; round++)
        {
            whole = Shorter(whole, await TimeAsync(WholeAsync));
            parts = Shorter(parts, await TimeAsync(PartsAsync));
            var address = await AddressAsync(server.Url);
            curl = Shorter(curl, await TimeAsync(() => CurlAsync(path, address)));
        }
        Print("one request", whole);
        Print("parts", parts);
        Print("curl -T", curl);
        Console.WriteLine(Text($"| memory over the idle process | {(peak - idle) / MiB:0.0} MiB | |"));

        Task WholeAsync() => fal.Files.UploadAsync(UploadFile.FromFile(path), new FalUploadOptions { PartsAbove = long.MaxValue });

        Task PartsAsync() => fal.Files.UploadAsync(UploadFile.FromFile(path), new FalUploadOptions { PartsAbove = 0 });

        void Print(string name, TimeSpan time) =>
            Console.WriteLine(Text($"| {size / MiB:0} MiB, {name} | {size / MiB / time.TotalSeconds:0} MiB/s | {curl / time:0.00} |"));
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static TimeSpan Shorter(TimeSpan left, TimeSpan right) => left < right ? left : right;

    private static async Task<TimeSpan> TimeAsync(Func<Task> run)
    {
        var start = Stopwatch.GetTimestamp();
        await run();
        return Stopwatch.GetElapsedTime(start);
    }

    private static async Task CurlAsync(string path, string address)
    {
        using var curl = Process.Start(new ProcessStartInfo("curl", ["-s", "-f", "-T", path, "-H", "Content-Type: video/mp4", address]))!;
        await curl.WaitForExitAsync();
        if (curl.ExitCode != 0)
            throw new InvalidOperationException($"curl ended with {curl.ExitCode}.");
    }

    private static async Task<string> AddressAsync(Uri simulator)
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(simulator, "/storage/upload/initiate?storage_type=fal-cdn-v3"));
        request.Headers.Add("Authorization", "Key a:b");
        request.Content = new StringContent("""{"content_type":"video/mp4","file_name":"a.mp4"}""", Encoding.UTF8, "application/json");
        using var response = await http.SendAsync(request);
        return (string)JsonNode.Parse(await response.Content.ReadAsStringAsync())!["upload_url"]!;
    }

    /// <summary>The highest working set of this process while it is measured, seen every few milliseconds.</summary>
    private sealed class PeakMemory : IDisposable
    {
        private readonly Process _self = Process.GetCurrentProcess();
        private readonly Timer _timer;

        public PeakMemory() => _timer = new Timer(_ => Look(), null, TimeSpan.Zero, TimeSpan.FromMilliseconds(20));

        public long Peak { get; private set; }

        public void Dispose()
        {
            _timer.Dispose();
            _self.Dispose();
        }

        private void Look()
        {
            lock (_self)
            {
                _self.Refresh();
                Peak = Math.Max(Peak, _self.WorkingSet64);
            }
        }
    }
}
