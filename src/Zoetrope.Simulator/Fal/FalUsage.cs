using System.Text.Json.Nodes;
using Zoetrope.Simulator.Http;
using Zoetrope.Simulator.Jobs;

namespace Zoetrope.Simulator.Fal;

/// <summary>What the runs cost that were seen, as fal's Platform API reports it: in buckets, or in all.</summary>
internal sealed class FalUsage(JobStore jobs, SimulatorOptions options)
{
    /// <summary>The usage that a request asks for.</summary>
    public SimulatedResponse Of(IncomingRequest request)
    {
        if (!FalPages.TryPeriod(request, jobs.Now, out var start, out var end))
            return FalPages.Error(400, "validation_error", "start and end must be dates in ISO 8601");
        var ids = FalPages.List(request, "endpoint_id");
        var expand = FalPages.List(request, "expand");
        var runs = jobs.Runs(FalService.Provider)
            .Where(job => (ids.Length == 0 || ids.Contains(job.Endpoint.Id)) && job.PhaseAt(jobs.Now) == JobPhase.Succeeded)
            .Where(job => job.Ends >= start && job.Ends < end)
            .ToList();
        var timeframe = request.Query("timeframe");
        var buckets = runs
            .GroupBy(job => BucketOf(job.Ends.UtcDateTime, timeframe))
            .OrderBy(bucket => bucket.Key)
            .Select(bucket => (JsonNode)new JsonObject { ["bucket"] = FalPages.Time(new(bucket.Key)), ["results"] = ItemsOf(bucket) })
            .ToList();
        var isSeries = expand.Length == 0 || expand.Contains("time_series");
        var response = FalPages.Of(request, "time_series", isSeries ? buckets : []);
        if (response.StatusCode != 200 || isSeries && !expand.Contains("summary"))
            return response;
        var body = JsonNode.Parse(response.Body)!.AsObject();
        if (!isSeries)
            body.Remove("time_series");
        body["summary"] = ItemsOf(runs);
        return SimulatedResponse.Json(200, body);
    }

    private JsonArray ItemsOf(IEnumerable<SimulatedJob> runs) => new(
        [.. runs.GroupBy(job => job.Endpoint).OrderBy(group => group.Key.Id, StringComparer.Ordinal).Select(group =>
        {
            var quantity = group.Sum(job => group.Key.Units(job.Input));
            var cost = quantity * options.UnitPrice;
            return new JsonObject
            {
                ["endpoint_id"] = group.Key.Id,
                ["unit"] = group.Key.BillingUnit,
                ["quantity"] = quantity,
                ["unit_price"] = options.UnitPrice,
                ["percent_discount"] = null,
                ["cost_subtotal"] = cost,
                ["cost_discount"] = 0,
                ["cost_total"] = cost,
                ["cost"] = cost,
                ["currency"] = "USD",
            };
        })]);

    /// <summary>When the bucket of a time begins, in UTC; of a day where the request does not say.</summary>
    private static DateTime BucketOf(DateTime time, string? timeframe) => timeframe switch
    {
        "minute" => new(time.Year, time.Month, time.Day, time.Hour, time.Minute, 0, DateTimeKind.Utc),
        "hour" => new(time.Year, time.Month, time.Day, time.Hour, 0, 0, DateTimeKind.Utc),
        "week" => time.Date.AddDays(-(((int)time.DayOfWeek + 6) % 7)),
        "month" => new(time.Year, time.Month, 1, 0, 0, 0, DateTimeKind.Utc),
        _ => time.Date,
    };
}
