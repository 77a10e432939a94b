using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace Zoetrope.DashboardRun;

/// <summary>A Prometheus that scrapes this process each second.</summary>
internal sealed class PrometheusServer : IAsyncDisposable
{
    private const string RateInterval = "15s";

    private readonly Process _process;
    private readonly string _folder;
    private readonly HttpClient _http;

    private PrometheusServer(Process process, string folder, int port)
    {
        _process = process;
        _folder = folder;
        _http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}/") };
    }

    public static async Task<PrometheusServer> StartAsync(int target)
    {
        var folder = Directory.CreateTempSubdirectory("zoetrope-dashboard-").FullName;
        var port = Exporter.FreePort();
        await File.WriteAllTextAsync(Path.Combine(folder, "prometheus.yml"), $$"""
            global: { scrape_interval: 1s }
            scrape_configs: [{ job_name: run, static_configs: [{ targets: ["localhost:{{target}}"] }] }]
            """);
        var start = new ProcessStartInfo("prometheus")
        {
            ArgumentList =
            {
                "--config.file=" + Path.Combine(folder, "prometheus.yml"), "--storage.tsdb.path=" + Path.Combine(folder, "data"),
                $"--web.listen-address=127.0.0.1:{port}", "--log.level=error",
            },
        };
        var server = new PrometheusServer(Process.Start(start)!, folder, port);
        for (var i = 0; i < 100; i++)
        {
            try
            {
                if ((await server._http.GetAsync("-/ready")).IsSuccessStatusCode)
                    return server;
            }
            catch (HttpRequestException)
            {
                // It does not listen yet.
            }
            await Task.Delay(200);
        }
        await server.DisposeAsync();
        throw new InvalidOperationException("Prometheus did not start.");
    }

    /// <summary>The data of a panel, by the panel's own queries.</summary>
    public async Task<IReadOnlyList<Series>> QueryAsync(Panel panel, DateTimeOffset began, DateTimeOffset ended)
    {
        var all = new List<Series>();
        foreach (var (query, legend) in panel.Queries)
        {
            var text = query.Replace("$__rate_interval", RateInterval, StringComparison.Ordinal)
                .Replace("$__range", $"{(int)(ended - began).TotalSeconds}s", StringComparison.Ordinal)
                .Replace("$provider", ".*", StringComparison.Ordinal)
                .Replace("$model", ".*", StringComparison.Ordinal);
            var start = panel.IsNumber ? ended : began;
            var address = $"api/v1/query_range?query={Uri.EscapeDataString(text)}&start={Unix(start)}&end={Unix(ended)}&step=3";
            using var response = JsonDocument.Parse(await _http.GetStringAsync(address));
            foreach (var result in response.RootElement.GetProperty("data").GetProperty("result").EnumerateArray())
                all.Add(new Series(NameOf(legend, result.GetProperty("metric")), PointsOf(result.GetProperty("values"), Unix(began))));
        }
        return all;
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static long Unix(DateTimeOffset time) => time.ToUnixTimeSeconds();

    private static string NameOf(string legend, JsonElement labels)
    {
        foreach (var label in labels.EnumerateObject())
            legend = legend.Replace($"{{{{{label.Name}}}}}", label.Value.GetString(), StringComparison.Ordinal);
        return legend;
    }

    private static List<(double Seconds, double Value)> PointsOf(JsonElement values, long began) =>
    [
        .. values.EnumerateArray()
            .Select(pair => (pair[0].GetDouble() - began, double.Parse(pair[1].GetString()!, CultureInfo.InvariantCulture)))
            .Where(static pair => double.IsFinite(pair.Item2)),
    ];
}
