// A run of some minutes against simulators, whose metrics a Prometheus scrapes, and the dashboard's own queries drawn as docs/telemetry/dashboard.svg:
// `dotnet run -c Release --project benchmarks/Zoetrope.DashboardRun [SECONDS]`, with `prometheus` in the path. It costs nothing and calls nobody.

using System.Globalization;
using Zoetrope.DashboardRun;
using Zoetrope.TestKit;

var seconds = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 240;
var root = Repository.Root;
var dashboard = Dashboard.Read(Path.Combine(root, "docs", "telemetry", "zoetrope-dashboard.json"));
using var exporter = new Exporter();
await using var prometheus = await PrometheusServer.StartAsync(exporter.Port);
var began = DateTimeOffset.UtcNow;
var ended = began;
var panels = new List<(Panel Panel, IReadOnlyList<Series> Series)>();
await Load.RunAsync(TimeSpan.FromSeconds(seconds), QueryAsync);
var path = Path.Combine(root, "docs", "telemetry", "dashboard.svg");
await File.WriteAllTextAsync(path, Picture.Draw(panels, ended - began));
foreach (var (panel, series) in panels)
    Console.WriteLine($"{panel.Title}: {string.Join(", ", series.Select(one => $"{one.Name} ({one.Points.Count})"))}");
Console.WriteLine(path);
return panels.TrueForAll(static drawn => drawn.Series.Any(static series => series.Points.Count > 0)) ? 0 : 1;

async Task QueryAsync()
{
    ended = DateTimeOffset.UtcNow;
    foreach (var panel in dashboard)
        panels.Add((panel, await prometheus.QueryAsync(panel, began, ended)));
}
