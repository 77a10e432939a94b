using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;
using Zoetrope.Extensions.OpenTelemetry;

namespace Zoetrope.Telemetry.Tests;

/// <summary>What OpenTelemetry exports while a test runs; the tests of this project run one after the other, because it is of the whole process.</summary>
internal sealed class Telemetry : IDisposable
{
    private readonly BlockingCollection<Activity> _spans = [];
    private readonly List<Metric> _metrics = [];
    private readonly TracerProvider? _tracer;
    private readonly MeterProvider? _meter;

    public Telemetry(
        bool traces = true, bool metrics = true, Action<ZoetropeInstrumentationOptions>? configure = null, Action<TracerProviderBuilder>? more = null,
        Func<Instrument, MetricStreamConfiguration?>? view = null)
    {
        if (traces)
        {
            var builder = Sdk.CreateTracerProviderBuilder().AddSource(Own.Name).AddZoetropeInstrumentation(configure);
            more?.Invoke(builder);
            _tracer = builder.AddInMemoryExporter(new Collection(_spans)).Build();
        }
        if (metrics)
        {
            var builder = Sdk.CreateMeterProviderBuilder().AddZoetropeInstrumentation();
            if (view is not null)
                builder.AddView(view);
            _meter = builder.AddInMemoryExporter(_metrics).Build();
        }
    }

    /// <summary>The source of what is around the calls.</summary>
    public static ActivitySource Own { get; } = new("Tests");

    /// <summary>The spans of Zoetrope that have ended, in this order.</summary>
    public IReadOnlyList<Activity> Spans => [.. _spans.Where(static span => span.Source.Name == "Zoetrope")];

    public Activity Span(string name) => Assert.Single(Spans, span => span.OperationName == name);

    /// <summary>The points of all metrics: name, attributes in the order of their names, and value, which is the sum of a histogram.</summary>
    public IReadOnlyList<Point> Points()
    {
        _metrics.Clear();
        Assert.True(_meter!.ForceFlush());
        var points = new List<Point>();
        foreach (var metric in _metrics)
        {
            foreach (ref readonly var point in metric.GetMetricPoints())
            {
                var tags = new SortedDictionary<string, string>(StringComparer.Ordinal);
                foreach (var tag in point.Tags)
                    tags.Add(tag.Key, $"{tag.Value}");
                var (count, value) = metric.MetricType switch
                {
                    MetricType.Histogram => (point.GetHistogramCount(), point.GetHistogramSum()),
                    MetricType.LongSumNonMonotonic => (1, point.GetSumLong()),
                    _ => (1, (double)point.GetSumLong()),
                };
                points.Add(new(metric.Name, metric.Unit, tags, count, value));
            }
        }
        return points;
    }

    /// <summary>The value of the only point of a metric with these attributes.</summary>
    public Point Only(string name, params (string Name, string Value)[] tags) => Assert.Single(
        Points(), point => point.Name == name && tags.All(tag => point.Tags.TryGetValue(tag.Name, out var value) && value == tag.Value));

    public void Dispose()
    {
        _tracer?.Dispose();
        _meter?.Dispose();
        _spans.Dispose();
    }

    /// <summary>A point of a metric.</summary>
    public sealed record Point(string Name, string Unit, IReadOnlyDictionary<string, string> Tags, long Count, double Value);

    // Spans end on threads of their own.
    private sealed class Collection(BlockingCollection<Activity> spans) : ICollection<Activity>
    {
        public int Count => spans.Count;

        public bool IsReadOnly => false;

        public void Add(Activity item) => spans.Add(item);

        public void Clear() => throw new NotSupportedException();

        public bool Contains(Activity item) => spans.Contains(item);

        public void CopyTo(Activity[] array, int arrayIndex) => spans.CopyTo(array, arrayIndex);

        public bool Remove(Activity item) => throw new NotSupportedException();

        public IEnumerator<Activity> GetEnumerator() => ((IEnumerable<Activity>)spans).GetEnumerator();

        System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
