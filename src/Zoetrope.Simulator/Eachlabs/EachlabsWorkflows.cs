using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using NJsonSchema;
using Zoetrope.Simulator.Endpoints;
using Zoetrope.Simulator.Http;
using Zoetrope.Simulator.Jobs;
using Zoetrope.Simulator.Validation;

namespace Zoetrope.Simulator.Eachlabs;

/// <summary>
/// Eachlabs' workflows. Any workflow can be triggered; inputs of one that was made here are checked by the schema of its definition, also one by one in a bulk.
/// </summary>
internal sealed class EachlabsWorkflows(JobStore jobs, WebhookSender webhooks, SimulatorOptions options)
{
    /// <summary>The provider that executions count for, which is the name in the handles of clients.</summary>
    public const string Provider = "eachlabs-workflows";

    private const int MaxBulk = 10;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, JsonObject> _workflows = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SimulatedEndpoint> _versions = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _bulks = new(StringComparer.Ordinal);

    /// <summary>The key of a trigger of a shared workflow: in the body, or in the header of its own; no other header is looked at.</summary>
    public static string? KeyOfPublic(IncomingRequest request) =>
        (request.ReadJson(out _) is JsonObject body ? LooseJson.Text(body["api_key"]) : null) is { Length: > 0 } key ? key
            : request.Header("X-API-Key")?.Trim() is { Length: > 0 } header ? header : null;

    public SimulatedResponse List(IncomingRequest request)
    {
        lock (_gate)
        {
            var all = _workflows.Values.Reverse().ToList();
            var (limit, offset) = EachlabsPages.Of(request, 50, 100);
            var page = all.Skip(offset).Take(limit).Select(workflow => Without(workflow, "versions")).ToArray<JsonNode?>();
            var list = new JsonObject { ["workflows"] = new JsonArray(page), ["total_count"] = all.Count };
            if (page.Length == limit)
                list["offset"] = offset + limit;
            return SimulatedResponse.Json(200, list);
        }
    }

    public SimulatedResponse Create(IncomingRequest request)
    {
        if (Members(request, out var body) is { } refusal)
            return refusal;
        if (LooseJson.Text(body["name"]) is not { Length: > 0 } name)
            return EachlabsErrors.Make(400, "Invalid input", "name: Field required");
        var now = jobs.Now.ToString("O", CultureInfo.InvariantCulture);
        var slug = string.Concat(name.ToLowerInvariant().Select(unit => char.IsAsciiLetterOrDigit(unit) ? unit : '-')).Trim('-');
        lock (_gate)
        {
            if (_workflows.ContainsKey(slug))
                return EachlabsErrors.Make(409, "Conflict", "A workflow has this name.");
            return SimulatedResponse.Json(201, (_workflows[slug] = new JsonObject
            {
                ["workflow_id"] = slug,
                ["slug"] = slug,
                ["name"] = name,
                ["status"] = "active",
                ["trigger_count"] = 0,
                ["created_at"] = now,
                ["updated_at"] = now,
                ["versions"] = new JsonArray(Version("v1", slug, body["definition"])),
            }).DeepClone());
        }
    }

    public SimulatedResponse Get(string id) => Change(id, static workflow => workflow);

    public SimulatedResponse Rename(IncomingRequest request, string id)
    {
        if (Members(request, out var body) is { } refusal)
            return refusal;
        return Change(id, workflow =>
        {
            workflow["name"] = body["name"]?.DeepClone();
            return workflow;
        });
    }

    public SimulatedResponse Save(IncomingRequest request, string id, string version)
    {
        if (Members(request, out var body) is { } refusal)
            return refusal;
        return Change(id, workflow =>
        {
            var versions = workflow["versions"]!.AsArray();
            versions.RemoveAll(one => LooseJson.Text(one!["version_id"]) == version);
            versions.Add(Version(version, id, body["definition"]));
            _versions.Remove($"{id}/{version}");
            return workflow;
        });
    }

    public SimulatedResponse GetPublic(string slug, string version)
    {
        var found = Find(slug, version);
        return found is null ? NotFound(slug) : SimulatedResponse.Json(200, new JsonObject
        {
            ["workflow_id"] = slug, ["version_id"] = version, ["slug"] = slug, ["name"] = slug, ["description"] = "", ["status"] = "active",
            ["definition"] = found["definition"]?.DeepClone(),
        });
    }

    public async ValueTask<SimulatedResponse> TriggerAsync(IncomingRequest request, string workflow, string version, string key, JobFailure? failure)
    {
        if (Members(request, out var body) is { } refusal)
            return refusal;
        var endpoint = await EndpointAsync(workflow, version);
        if (Problems(endpoint, body["inputs"] ?? new JsonObject()) is { } problem)
            return EachlabsErrors.Make(400, "Invalid input", problem);
        var job = Start(request, endpoint, body["inputs"] as JsonObject ?? [], body, key, failure);
        return SimulatedResponse.Json(202, new JsonObject { ["execution_id"] = job.Id, ["status"] = "queued" });
    }

    public async ValueTask<SimulatedResponse> TriggerBulkAsync(IncomingRequest request, string workflow, string version, string key, JobFailure? failure)
    {
        if (Members(request, out var body) is { } refusal)
            return refusal;
        if (body["inputs"] is not JsonArray { Count: > 0 and <= MaxBulk } inputs || inputs.Any(input => input is not JsonObject))
            return EachlabsErrors.Make(400, "Invalid input", $"inputs must be 1 to {MaxBulk} objects");
        var endpoint = await EndpointAsync(workflow, version);
        var bulk = Guid.NewGuid().ToString();
        var executions = new JsonArray();
        foreach (var input in inputs)
        {
            if (Problems(endpoint, input) is { } problem)
            {
                executions.Add(new JsonObject { ["status"] = "failed", ["message"] = problem });
                continue;
            }
            var job = Start(request, endpoint, input!.DeepClone().AsObject(), body, key, failure);
            lock (_gate)
                _bulks[job.Id] = bulk;
            executions.Add(new JsonObject { ["execution_id"] = job.Id, ["status"] = "queued" });
        }
        return SimulatedResponse.Json(202, new JsonObject { ["bulk_id"] = bulk, ["executions"] = executions });
    }

    public SimulatedResponse GetExecution(string id) =>
        jobs.Find(Provider, id) is { } job ? SimulatedResponse.Json(200, Execution(job)) : EachlabsErrors.Make(404, "Execution not found", id);

    public SimulatedResponse ListExecutions(IncomingRequest request, string workflow, string key)
    {
        var bulk = request.Query("bulk_id");
        var all = jobs.Of(Provider, key)
            .Where(job => job.Endpoint.Id.StartsWith(workflow + "/", StringComparison.Ordinal) && (bulk is null || BulkOf(job) == bulk)).ToList();
        var (limit, offset) = EachlabsPages.Of(request, 50, 100);
        return SimulatedResponse.Json(200, new JsonObject
        {
            ["executions"] = new JsonArray([.. all.Skip(offset).Take(limit).Select(Summary)]),
            ["limit"] = limit,
            ["total_count"] = all.Count,
        });
    }

    private JsonNode Summary(SimulatedJob job)
    {
        var execution = Execution(job);
        var output = execution["output"];
        return new JsonObject
        {
            ["execution_id"] = job.Id,
            ["flow_id"] = execution["workflow_id"]!.DeepClone(),
            ["flow_name"] = execution["workflow_id"]!.DeepClone(),
            ["version_id"] = execution["version_id"]!.DeepClone(),
            ["status"] = execution["status"]!.DeepClone(),
            ["created_at"] = job.Times.Created.ToString("O", CultureInfo.InvariantCulture),
            ["inputs"] = job.Input.DeepClone(),
            ["output"] = output?.GetValueKind() == JsonValueKind.String ? output.DeepClone() : null,
            ["cost"] = execution["total_cost"]?.DeepClone(),
        };
    }

    private JsonObject Execution(SimulatedJob job)
    {
        var phase = job.PhaseAt(jobs.Now);
        var parts = job.Endpoint.Id.Split('/');
        var result = phase == JobPhase.Succeeded ? job.Result : null;
        var execution = new JsonObject
        {
            ["execution_id"] = job.Id,
            ["workflow_id"] = parts[^2],
            ["version_id"] = parts[^1],
            ["status"] = phase switch
            {
                JobPhase.Queued => "queued",
                JobPhase.Running => "running",
                JobPhase.Succeeded => "completed",
                JobPhase.Failed => "failed",
                _ => "cancelled",
            },
            ["inputs"] = job.Input.DeepClone(),
            ["step_outputs"] = Steps(result),
        };
        if (BulkOf(job) is { } bulk)
            execution["bulk_id"] = bulk;
        if (phase != JobPhase.Queued)
            execution["started_at"] = job.Times.Starts.ToString("O", CultureInfo.InvariantCulture);
        if (phase is JobPhase.Succeeded or JobPhase.Failed)
        {
            execution["completed_at"] = job.Ends.ToString("O", CultureInfo.InvariantCulture);
            execution["total_cost"] = phase == JobPhase.Succeeded ? options.UnitPrice : 0;
        }
        if (result is not null)
            execution["output"] = result.DeepClone();
        if (phase == JobPhase.Failed)
        {
            execution["error"] = "ExecutionFailed";
            execution["error_cause"] = job.Failure?.Body ?? EachlabsOutcome.FailureDetails;
        }
        return execution;
    }

    private static JsonObject Steps(JsonNode? result) => result is null ? [] : new()
    {
        ["step1"] = new JsonObject
        {
            ["step_id"] = "step1", ["status"] = "completed", ["output"] = result.DeepClone(), ["primary"] = result.DeepClone(),
        },
    };

    private string? BulkOf(SimulatedJob job)
    {
        lock (_gate)
            return _bulks.GetValueOrDefault(job.Id);
    }

    private SimulatedJob Start(
        IncomingRequest request, SimulatedEndpoint endpoint, JsonObject inputs, JsonObject body, string key, JobFailure? failure)
    {
        var job = jobs.Add(endpoint, inputs, key, request.BaseUrl, failure);
        if (LooseJson.Text(body["webhook_url"]) is { Length: > 0 } url && Uri.TryCreate(url, UriKind.Absolute, out var receiver))
            webhooks.Schedule(job, receiver, Execution, EachlabsService.Signature(body));
        return job;
    }

    private static string? Problems(SimulatedEndpoint endpoint, JsonNode? input)
    {
        var problems = endpoint.Input.Check(input);
        if (problems.Count == 0 && input is not JsonObject)
            return "inputs: Input should be a valid object";
        return problems.Count == 0 ? null : string.Join("; ", problems.Select(static problem => $"{problem.Path}: {problem.Message}"));
    }

    private async Task<SimulatedEndpoint> EndpointAsync(string workflow, string version)
    {
        var id = $"{workflow}/{version}";
        JsonNode? definition;
        lock (_gate)
        {
            if (_versions.TryGetValue(id, out var known))
                return known;
            definition = Find(workflow, version)?["definition"]?["input_schema"];
        }
        var schema = definition is null ? new JsonSchema() : await JsonSchema.FromJsonAsync(definition.ToJsonString());
        var endpoint = new SimulatedEndpoint(
            Provider, id, new InputSchema(schema, [], new FileUrlRule(static _ => false, false, false, false)), new OutputSample(null, null, "image"));
        lock (_gate)
            return _versions[id] = endpoint;
    }

    private JsonNode? Find(string workflow, string version)
    {
        lock (_gate)
        {
            return _workflows.GetValueOrDefault(workflow)?["versions"]!.AsArray()
                .FirstOrDefault(one => LooseJson.Text(one!["version_id"]) == version);
        }
    }

    private SimulatedResponse Change(string id, Func<JsonObject, JsonObject> change)
    {
        lock (_gate)
            return _workflows.TryGetValue(id, out var workflow) ? SimulatedResponse.Json(200, change(workflow).DeepClone()) : NotFound(id);
    }

    private static JsonObject Version(string id, string slug, JsonNode? definition) =>
        new() { ["version_id"] = id, ["slug"] = slug, ["status"] = "active", ["visibility"] = "private", ["definition"] = definition?.DeepClone() };

    private static JsonObject Without(JsonObject workflow, string member)
    {
        var copy = workflow.DeepClone().AsObject();
        copy.Remove(member);
        return copy;
    }

    private static SimulatedResponse? Members(IncomingRequest request, out JsonObject body)
    {
        var json = request.IsEmpty ? new JsonObject() : request.ReadJson(out _);
        body = json as JsonObject ?? [];
        return json is JsonObject ? null : EachlabsErrors.Make(400, "Invalid request body", "The body is not a JSON object");
    }

    private static SimulatedResponse NotFound(string id) => EachlabsErrors.Make(404, "Workflow not found", id);
}
