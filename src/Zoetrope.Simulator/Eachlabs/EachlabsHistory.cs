using System.Globalization;
using System.Text.Json.Nodes;
using Zoetrope.Simulator.Endpoints;
using Zoetrope.Simulator.Http;
using Zoetrope.Simulator.Jobs;

namespace Zoetrope.Simulator.Eachlabs;

/// <summary>What Eachlabs says of its models, and of what it has run for a key.</summary>
internal sealed class EachlabsHistory(EndpointStore endpoints, JobStore jobs, WebhookSender webhooks, SimulatorOptions options)
{
    private const string RouterSlug = "eachlabs-llm-router";

    private static readonly string[] Languages = ["openai/gpt-4o-mini", "anthropic/claude-sonnet"];

    public SimulatedResponse Models(IncomingRequest request)
    {
        var name = request.Query("name") ?? "";
        var (limit, offset) = EachlabsPages.Of(request, 50, 500);
        var models = Own().Where(model => model.Id.Contains(name, StringComparison.OrdinalIgnoreCase)).Skip(offset).Take(limit);
        return SimulatedResponse.Json(200, new JsonArray([.. models.Select(Model)]));
    }

    public SimulatedResponse Model(IncomingRequest request)
    {
        if (request.Query("slug") is not { Length: > 0 } slug)
            return Error(400, "slug parameter is required");
        return endpoints.Find(EachlabsService.Provider, slug) is { } model ? SimulatedResponse.Json(200, Model(model)) : NoModel();
    }

    public SimulatedResponse Schema(string slug)
    {
        if (endpoints.Find(EachlabsService.Provider, slug) is not { } model)
            return NoModel();
        var schema = JsonNode.Parse(model.Input.Schema.ToJson());
        return SimulatedResponse.Json(200, new JsonObject
        {
            ["openapi"] = "3.0.0",
            ["info"] = new JsonObject { ["title"] = slug, ["version"] = "0.0.1" },
            ["paths"] = new JsonObject(),
            ["components"] = new JsonObject { ["schemas"] = new JsonObject { ["Input"] = schema } },
        });
    }

    public static SimulatedResponse Catalog() => SimulatedResponse.Json(200, new JsonObject
    {
        ["slug"] = RouterSlug,
        ["source"] = "catalog",
        ["version"] = 1,
        ["model_enum"] = new JsonArray([.. Languages.Select(id => (JsonNode)id)]),
        ["models"] = new JsonArray([.. Languages.Select(id => (JsonNode)new JsonObject { ["id"] = id, ["status"] = "active" })]),
    });

    public SimulatedResponse Executions(IncomingRequest request, string key)
    {
        var states = request.Query("status") is { Length: > 0 } asked ? asked.Split(',') : null;
        if (states?.FirstOrDefault(state => state is not ("created" or "starting" or "success" or "error")) is { } wrong)
            return Error(400, $"status must be one of created, starting, success, error, not {wrong}");
        var now = jobs.Now;
        var all = jobs.Of(EachlabsService.Provider, key)
            .Where(job => request.Query("model") is not { Length: > 0 } model || job.Endpoint.Id == model)
            .Where(job => states is null || states.Contains(EachlabsOutcome.Status(job, job.PhaseAt(now), now)))
            .Where(job => !(job.Times.Created < Moment("from")) && !(job.Times.Created >= Moment("to")))
            .Where(job => request.Query("workflow_id") is null && request.Query("workflow_execution_id") is null)
            .Where(job => request.Query("error_classification") is null || job.PhaseAt(now) == JobPhase.Failed)
            .ToList();
        var (limit, offset) = EachlabsPages.Of(request, 20, 100);
        return SimulatedResponse.Json(200, new JsonObject
        {
            ["executions"] = new JsonArray([.. all.Skip(offset).Take(limit).Select(job => Execution(job, now))]),
            ["total_count"] = all.Count,
            ["total_capped"] = false,
            ["offset"] = offset,
            ["limit"] = limit,
        });

        DateTimeOffset? Moment(string name) =>
            DateTimeOffset.TryParse(request.Query(name), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment) ? moment : null;
    }

    public SimulatedResponse Webhooks(IncomingRequest request)
    {
        var all = webhooks.Deliveries(EachlabsService.Provider, EachlabsWorkflows.Provider);
        var (limit, offset) = EachlabsPages.Of(request, 50, 100);
        return SimulatedResponse.Json(200, new JsonObject
        {
            ["webhooks"] = new JsonArray([.. all.Skip(offset).Take(limit).Select(delivery => Webhook(delivery, hasAttempts: false))]),
            ["limit"] = limit,
            ["offset"] = offset,
            ["total_count"] = all.Count,
        });
    }

    public SimulatedResponse Webhook(string id) =>
        webhooks.Deliveries(EachlabsService.Provider, EachlabsWorkflows.Provider).FirstOrDefault(delivery => delivery.JobId == id) is { } found
            ? SimulatedResponse.Json(200, Webhook(found, hasAttempts: true))
            : Error(404, "webhook not found");

    private static JsonObject Webhook(WebhookRecord delivery, bool hasAttempts)
    {
        var webhook = new JsonObject
        {
            ["execution_id"] = delivery.JobId,
            ["url"] = delivery.Url.AbsoluteUri,
            ["request"] = delivery.Body,
            ["headers"] = new JsonObject(),
            ["source"] = "simulator",
            ["created_at"] = delivery.CreatedAt.ToString("O", CultureInfo.InvariantCulture),
        };
        if (hasAttempts)
        {
            webhook["attempts"] = new JsonArray([.. delivery.Attempts.Select(isDelivered => (JsonNode)new JsonObject
            {
                ["status"] = isDelivered ? "SUCCESS" : "FAILED",
                ["created_at"] = delivery.CreatedAt.ToString("O", CultureInfo.InvariantCulture),
            })]);
        }
        return webhook;
    }

    private JsonObject Execution(SimulatedJob job, DateTimeOffset now)
    {
        var phase = job.PhaseAt(now);
        var hasEnded = phase is JobPhase.Succeeded or JobPhase.Failed;
        return new JsonObject
        {
            ["id"] = job.Id,
            ["model"] = job.Endpoint.Id,
            ["requested_model"] = null,
            ["status"] = EachlabsOutcome.Status(job, phase, now),
            ["execution_cost"] = phase == JobPhase.Succeeded ? job.Endpoint.Cost(job.Input, options.UnitPrice) : 0,
            ["run_time"] = hasEnded ? job.Times.RunSeconds : 0,
            ["created_at"] = job.Times.Created.ToString("O", CultureInfo.InvariantCulture),
            ["started_at"] = phase == JobPhase.Queued ? null : job.Times.Starts.ToString("O", CultureInfo.InvariantCulture),
            ["completed_at"] = hasEnded ? job.Ends.ToString("O", CultureInfo.InvariantCulture) : null,
            ["output"] = phase == JobPhase.Succeeded ? job.Result?.DeepClone() : null,
        };
    }

    private IEnumerable<SimulatedEndpoint> Own() =>
        endpoints.All.Where(endpoint => endpoint.Provider == EachlabsService.Provider).OrderBy(endpoint => endpoint.Id, StringComparer.Ordinal);

    private static JsonObject Model(SimulatedEndpoint model) => new JsonObject
    {
        ["title"] = model.Id,
        ["slug"] = model.Id,
        ["version"] = "0.0.1",
        ["request_schema"] = JsonNode.Parse(model.Input.Schema.ToJson()),
    };

    private static SimulatedResponse NoModel() => Error(404, "Failed to fetch model: model not found");

    private static SimulatedResponse Error(int statusCode, string error) => SimulatedResponse.Json(statusCode, new JsonObject { ["error"] = error });
}
