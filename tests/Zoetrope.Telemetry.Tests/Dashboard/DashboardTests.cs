using System.Text.Json;
using System.Text.RegularExpressions;

namespace Zoetrope.Telemetry.Tests.Dashboard;

/// <summary>The dashboard asks for what is exported.</summary>
public sealed partial class DashboardTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_query_names_metrics_labels_and_values_that_a_Prometheus_scrapes()
    {
        using var dashboard = JsonDocument.Parse(await File.ReadAllTextAsync(Repository.PathOf("docs", "telemetry", "zoetrope-dashboard.json"), Token));
        using var scrape = new Scrape();
        await Scenario.RunAsync(Token);
        var exported = Read(await scrape.ReadAsync(Token));
        var panels = dashboard.RootElement.GetProperty("panels").EnumerateArray().ToList();
        var variables = dashboard.RootElement.GetProperty("templating").GetProperty("list").EnumerateArray().ToList();

        Assert.True(panels.Count > 10);
        foreach (var query in panels.SelectMany(panel => panel.GetProperty("targets").EnumerateArray().Select(target => target.GetProperty("expr").GetString()!)))
        {
            var metrics = Selector().Matches(query);
            Assert.NotEmpty(metrics);
            foreach (Match metric in metrics)
            {
                Assert.Contains(metric.Groups[1].Value, exported.Keys);
                var labels = exported[metric.Groups[1].Value];
                Assert.All(Matcher().Matches(metric.Groups[2].Value), matcher => AssertMatches(labels, matcher));
                Assert.All(Grouping().Matches(query), grouping => Assert.All(
                    grouping.Groups[1].Value.Split(',', StringSplitOptions.TrimEntries), name => Assert.Contains(name, labels.Keys)));
            }
        }
        Assert.Equal(["provider", "model"], variables.Select(variable => variable.GetProperty("name").GetString()));
        Assert.All(variables, variable =>
        {
            var values = Values().Match(variable.GetProperty("definition").GetString()!);
            Assert.Contains(values.Groups[2].Value, exported[values.Groups[1].Value].Keys);
        });
    }

    [Fact]
    public void Every_legend_names_what_its_query_keeps_and_every_panel_has_a_place()
    {
        using var dashboard = JsonDocument.Parse(File.ReadAllText(Repository.PathOf("docs", "telemetry", "zoetrope-dashboard.json")));
        var panels = dashboard.RootElement.GetProperty("panels").EnumerateArray().ToList();
        var cells = new HashSet<(int, int)>();

        foreach (var panel in panels)
        {
            Assert.Equal("${DS_PROMETHEUS}", panel.GetProperty("datasource").GetProperty("uid").GetString());
            foreach (var target in panel.GetProperty("targets").EnumerateArray())
            {
                var kept = Grouping().Matches(target.GetProperty("expr").GetString()!)
                    .SelectMany(match => match.Groups[1].Value.Split(',', StringSplitOptions.TrimEntries)).Where(static name => name != "le").Distinct();
                var named = InBraces().Matches(target.GetProperty("legendFormat").GetString()!).Select(static match => match.Groups[1].Value);
                Assert.Equal(kept.Order(StringComparer.Ordinal), named.Order(StringComparer.Ordinal));
            }
            var place = panel.GetProperty("gridPos");
            var (x, y) = (place.GetProperty("x").GetInt32(), place.GetProperty("y").GetInt32());
            for (var column = x; column < x + place.GetProperty("w").GetInt32(); column++)
            {
                for (var row = y; row < y + place.GetProperty("h").GetInt32(); row++)
                    Assert.True(column < 24 && cells.Add((column, row)), $"Two panels are at {column}, {row}.");
            }
        }
        Assert.Equal(panels.Count, panels.Select(static panel => panel.GetProperty("id").GetInt32()).Distinct().Count());
        Assert.Equal("DS_PROMETHEUS", Assert.Single(dashboard.RootElement.GetProperty("__inputs").EnumerateArray()).GetProperty("name").GetString());
    }

    private static void AssertMatches(Dictionary<string, HashSet<string>> labels, Match matcher)
    {
        Assert.Contains(matcher.Groups[1].Value, labels.Keys);
        if (matcher.Groups[2].Value == "=")
            Assert.Contains(matcher.Groups[3].Value, labels[matcher.Groups[1].Value]);
    }

    /// <summary>The values of each label of each metric.</summary>
    private static Dictionary<string, Dictionary<string, HashSet<string>>> Read(string scraped)
    {
        var metrics = new Dictionary<string, Dictionary<string, HashSet<string>>>();
        foreach (Match sample in Sample().Matches(scraped))
        {
            if (!metrics.TryGetValue(sample.Groups[1].Value, out var labels))
                metrics.Add(sample.Groups[1].Value, labels = []);
            foreach (Match label in Matcher().Matches(sample.Groups[2].Value))
            {
                if (!labels.TryGetValue(label.Groups[1].Value, out var values))
                    labels.Add(label.Groups[1].Value, values = []);
                values.Add(label.Groups[3].Value);
            }
        }
        return metrics;
    }

    [GeneratedRegex(@"([a-zA-Z_]+)\{([^}]*)\}")]
    private static partial Regex Selector();

    [GeneratedRegex(@"(\w+)(=~|=)""([^""]*)""")]
    private static partial Regex Matcher();

    [GeneratedRegex(@"by \(([^)]*)\)")]
    private static partial Regex Grouping();

    [GeneratedRegex(@"label_values\((\w+)(?:\{[^}]*\})?, (\w+)\)")]
    private static partial Regex Values();

    [GeneratedRegex(@"\{\{(\w+)\}\}")]
    private static partial Regex InBraces();

    [GeneratedRegex(@"^(\w+)\{(.*)\} ", RegexOptions.Multiline)]
    private static partial Regex Sample();
}
