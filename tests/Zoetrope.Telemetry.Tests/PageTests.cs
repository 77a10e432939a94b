using System.Text.RegularExpressions;

namespace Zoetrope.Telemetry.Tests;

/// <summary>The tables of <c>docs/telemetry.md</c> have what is emitted, and nothing else.</summary>
public sealed partial class PageTests
{
    private static readonly string _page = File.ReadAllText(Repository.PathOf("docs", "telemetry.md"));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_tables_have_the_attributes_events_and_metrics_that_are_emitted()
    {
        using var telemetry = new Telemetry();

        await Scenario.RunAsync(Token);

        string[] spans = ["zoetrope.run", "zoetrope.submit", "zoetrope.wait", "zoetrope.watch", "zoetrope.cancel", "zoetrope.call"];
        var attributes = Rows("attributes").SelectMany(row => spans.Where((_, index) => row[index + 1] == "✓").Select(span => $"{span} {Code(row[0])}"));
        Assert.Equal(
            Sorted(attributes), Sorted(telemetry.Spans.SelectMany(span => span.TagObjects.Select(tag => $"{span.OperationName} {tag.Key}"))));
        var events = Rows("events").SelectMany(row => Codes(row[2]).Where(static name => name.Contains('.', StringComparison.Ordinal)).DefaultIfEmpty("")
            .Select(name => $"zoetrope.{row[1]} {Code(row[0])} {name}"));
        Assert.Equal(
            Sorted(events),
            Sorted(telemetry.Spans.SelectMany(span => span.Events.SelectMany(
                entry => entry.Tags.Select(static tag => tag.Key).DefaultIfEmpty("").Select(name => $"{span.OperationName} {entry.Name} {name}")))));
        var metrics = Rows("metrics").SelectMany(row => Codes(row[2]).Select(name => $"{Code(row[0])} {Code(row[1])} {name}"));
        Assert.Equal(
            Sorted(metrics), Sorted(telemetry.Points().SelectMany(point => point.Tags.Keys.Select(name => $"{point.Name} {point.Unit} {name}"))));
    }

    [Fact]
    public async Task Without_the_package_the_core_has_the_metrics_that_the_table_says()
    {
        var names = new HashSet<string>();
        using var meters = new System.Diagnostics.Metrics.MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Meter.Name == "Zoetrope")
                    self.EnableMeasurementEvents(instrument);
            },
        };
        meters.SetMeasurementEventCallback<long>((instrument, _, _, _) => Add(instrument.Name));
        meters.SetMeasurementEventCallback<double>((instrument, _, _, _) => Add(instrument.Name));
        meters.Start();

        await Scenario.RunAsync(Token);

        lock (names)
            Assert.Equal(Sorted(Rows("metrics").Where(static row => row[3] == "✓").Select(row => Code(row[0]))), Sorted(names));

        void Add(string name)
        {
            lock (names)
                names.Add(name);
        }
    }

    private static IEnumerable<string[]> Rows(string table) => _page.Split($"<!-- {table} -->")[1].Split($"<!-- /{table} -->")[0].Trim().Split('\n').Skip(2)
        .Select(static row => row.Split('|')[1..^1].Select(static cell => cell.Trim()).ToArray());

    private static IEnumerable<string> Sorted(IEnumerable<string> texts) => texts.Distinct().Order(StringComparer.Ordinal);

    private static string Code(string cell) => Assert.Single(Codes(cell));

    private static IEnumerable<string> Codes(string cell) => InCode().Matches(cell).Select(static match => match.Groups[1].Value);

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex InCode();
}
