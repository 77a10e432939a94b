using System.Globalization;
using System.Text.Json.Nodes;
using Zoetrope.Simulator.Endpoints;
using Zoetrope.Simulator.Http;
using Zoetrope.Simulator.Jobs;

namespace Zoetrope.Simulator.Fal;

/// <summary>fal's Platform API over the models that are played and the runs that were seen: models, prices, estimates, usage and requests.</summary>
internal sealed class FalPlatform(EndpointStore endpoints, JobStore jobs, SimulatorOptions options)
{
    /// <summary>Answers a request below the API's root.</summary>
    public SimulatedResponse Answer(IncomingRequest request, string[] path) => (request.Method, path) switch
    {
        ("GET", ["meta"]) => SimulatedResponse.Json(200, new JsonObject { ["webhook_ip_ranges"] = new JsonArray("127.0.0.1/32", "::1/128") }),
        // Models are shown without a key too.
        ("GET", ["models"]) when request.Header("Authorization") is null => Models(request),
        _ when FalService.Refuse(request) is not null => FalPages.Error(401, "authorization_error", "Authentication is required"),
        ("GET", ["models"]) => Models(request),
        ("GET", ["models", "pricing"]) => Prices(request),
        ("POST", ["models", "pricing", "estimate"]) => Estimate(request),
        ("GET", ["models", "usage"]) => new FalUsage(jobs, options).Of(request),
        ("GET", ["models", "requests", "by-endpoint"]) => Requests(request),
        _ => FalPages.Error(404, "not_found", $"Path {request.Path} not found"),
    };

    private SimulatedResponse Models(IncomingRequest request)
    {
        var ids = FalPages.List(request, "endpoint_id");
        var words = request.Query("q")?.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? [];
        var models = endpoints.All
            .Where(endpoint => endpoint.Provider == FalService.Provider && (ids.Length == 0 || ids.Contains(endpoint.Id)))
            .Where(endpoint => words.All(word => endpoint.Id.Contains(word, StringComparison.OrdinalIgnoreCase)))
            .Where(endpoint => request.Query("category") is not { } category || CategoryOf(endpoint) == category)
            .Where(_ => request.Query("status") is null or "active")
            .OrderBy(endpoint => endpoint.Id, StringComparer.Ordinal)
            .Select(endpoint => (JsonNode)Model(endpoint, request.BaseUrl))
            .ToList();
        return FalPages.Of(request, "models", models);
    }

    private static JsonObject Model(SimulatedEndpoint endpoint, string baseUrl)
    {
        const string Date = "2026-01-01T00:00:00Z";
        return new JsonObject
        {
            ["endpoint_id"] = endpoint.Id,
            ["metadata"] = new JsonObject
            {
                ["display_name"] = endpoint.Id[(endpoint.Id.IndexOf('/', StringComparison.Ordinal) + 1)..],
                ["category"] = CategoryOf(endpoint),
                ["description"] = $"The simulator's {endpoint.Id}.",
                ["status"] = "active",
                ["tags"] = new JsonArray(),
                ["updated_at"] = Date,
                ["is_favorited"] = null,
                ["thumbnail_url"] = $"{baseUrl}/files/thumbnail.png",
                ["model_url"] = $"{baseUrl}/run/{endpoint.Id}",
                ["date"] = Date,
                ["highlighted"] = false,
                ["pinned"] = false,
            },
        };
    }

    /// <summary>The category as ids end in it; documents of single endpoints do not have it.</summary>
    private static string CategoryOf(SimulatedEndpoint endpoint) =>
        endpoint.Id.Split('/')[^1] is var last && last.Contains("-to-", StringComparison.Ordinal) ? last : "text-to-image";

    private SimulatedResponse Prices(IncomingRequest request)
    {
        var prices = new List<JsonNode>();
        foreach (var id in FalPages.List(request, "endpoint_id"))
        {
            if (endpoints.Find(FalService.Provider, id) is not { } endpoint)
                return FalPages.NoEndpoint(id);
            prices.Add(new JsonObject
            {
                ["endpoint_id"] = id,
                ["unit_price"] = options.UnitPrice,
                ["unit"] = endpoint.BillingUnit,
                ["currency"] = "USD",
            });
        }
        return prices.Count > 0 ? FalPages.Of(request, "prices", prices) : FalPages.Error(400, "validation_error", "endpoint_id is required");
    }

    private SimulatedResponse Estimate(IncomingRequest request)
    {
        if (request.ReadJson(out var problem) is not JsonObject body || body["endpoints"] is not JsonObject { Count: > 0 } given)
            return FalPages.Error(400, "validation_error", problem ?? "endpoints is required");
        var type = body["estimate_type"]?.ToString();
        var quantity = type switch
        {
            "historical_api_price" => "call_quantity",
            "unit_price" => "unit_quantity",
            _ => null,
        };
        if (quantity is null)
            return FalPages.Error(400, "validation_error", "estimate_type must be historical_api_price or unit_price");
        var total = 0m;
        foreach (var (id, value) in given)
        {
            if (endpoints.Find(FalService.Provider, id) is not { } endpoint)
                return FalPages.NoEndpoint(id);
            if (value is not JsonObject || !decimal.TryParse(
                value[quantity]?.ToString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var count) || count <= 0)
                return FalPages.Error(400, "validation_error", $"endpoints.{id}.{quantity} must be more than zero");
            total += count * (quantity == "call_quantity" ? endpoint.Cost([], options.UnitPrice) : options.UnitPrice);
        }
        return SimulatedResponse.Json(200, new JsonObject { ["estimate_type"] = type, ["total_cost"] = total, ["currency"] = "USD" });
    }

    private SimulatedResponse Requests(IncomingRequest request)
    {
        var ids = FalPages.List(request, "endpoint_id");
        if (ids.Length == 0)
            return FalPages.Error(400, "validation_error", "endpoint_id is required");
        if (!FalPages.TryPeriod(request, jobs.Now, out var start, out var end))
            return FalPages.Error(400, "validation_error", "start and end must be dates in ISO 8601");
        var isExpanded = FalPages.List(request, "expand").Contains("payloads");
        var found = jobs.Runs(FalService.Provider)
            .Where(job => ids.Contains(job.Endpoint.Id) && job.Times.Created >= start && job.Times.Created < end)
            .Where(job => request.Query("request_id") is not { } id || job.Id == id)
            .Select(job => (Job: job, Phase: job.PhaseAt(jobs.Now)))
            .Select(one => (one.Job, one.Phase, Status: FalPages.StatusOf(one.Job, one.Phase)))
            .Where(one => request.Query("status") is not { } status || FalPages.Word(one.Status) == status)
            .OrderByDescending(one => request.Query("sort_by") == "duration" ? one.Job.Times.RunSeconds : one.Job.Ends.Ticks)
            .Select(one => (JsonNode)Request(one.Job, one.Status, isExpanded))
            .ToList();
        return FalPages.Of(request, "items", found);
    }

    private static JsonObject Request(SimulatedJob job, int? status, bool isExpanded)
    {
        var item = new JsonObject
        {
            ["request_id"] = job.Id,
            ["endpoint_id"] = job.Endpoint.Id,
            ["started_at"] = FalPages.Time(job.Times.Starts),
            ["sent_at"] = FalPages.Time(job.Times.Created),
            ["ended_at"] = status is null ? null : FalPages.Time(job.Ends),
            ["status_code"] = status,
            ["duration"] = status is null ? null : job.Times.RunSeconds,
        };
        if (isExpanded)
        {
            item["json_input"] = job.Input.DeepClone();
            item["json_output"] = status == 200 ? job.Result?.DeepClone() : null;
        }
        return item;
    }
}
