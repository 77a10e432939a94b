using System.Text.Json.Nodes;
using Zoetrope.Simulator.Endpoints;
using Zoetrope.Simulator.Http;
using Zoetrope.Simulator.Jobs;

namespace Zoetrope.Simulator.Eachlabs;

/// <summary>What Eachlabs does with each request.</summary>
internal sealed class EachlabsService(EndpointStore endpoints, JobStore jobs, WebhookSender webhooks, SimulatorOptions options)
{
    public const string Provider = "eachlabs";

    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(20);

    /// <summary>Rejects a request without a valid key; null when it has one.</summary>
    public static SimulatedResponse? Refuse(IncomingRequest request) => RefuseKey(Key(request));

    /// <summary>Rejects a key that is missing or not valid; null when it is valid.</summary>
    public static SimulatedResponse? RefuseKey(string? key) => key switch
    {
        null => EachlabsErrors.Make(401, "Unauthorized", "Missing API key"),
        Credentials.Bad => EachlabsErrors.Make(401, "Unauthorized", "Invalid API key"),
        _ => null,
    };

    /// <summary>The model that a request names; null where it names none.</summary>
    public static string? ModelOf(IncomingRequest request) => request.ReadJson(out _) is JsonObject members ? LooseJson.Text(members["model"]) : null;

    public SimulatedResponse Create(IncomingRequest request, JobFailure? failure)
    {
        if (Check(request, out var endpoint, out var body) is { } refusal)
            return refusal;
        var webhook = LooseJson.Text(body["webhook_url"]);
        if (!string.IsNullOrEmpty(webhook) && !Uri.TryCreate(webhook, UriKind.Absolute, out _))
            return EachlabsErrors.Make(400, "Invalid input", "webhook_url is not a URL");
        var key = Key(request)!;
        if (options.EnforceLimits && OverLimit(endpoint, key) is { } limited)
            return limited;
        var job = jobs.Add(endpoint, body["input"]!.AsObject(), key, request.BaseUrl, failure);
        if (!string.IsNullOrEmpty(webhook))
        {
            webhooks.Schedule(job, new(webhook), EachlabsOutcome.WebhookPayload, Signature(body));
        }
        return SimulatedResponse.Json(200, new JsonObject
        {
            ["status"] = "success",
            ["message"] = "Prediction created successfully",
            ["predictionID"] = job.Id,
        });
    }

    /// <summary>Runs synchronously, which only a few models can that are not media models: here those with a text as result.</summary>
    public async ValueTask<SimulatedResponse> RunAsync(IncomingRequest request, JobFailure? failure, CancellationToken cancellationToken)
    {
        if (Check(request, out var endpoint, out var body) is { } refusal)
            return refusal;
        if (!endpoint.IsText)
            return EachlabsErrors.Make(400, "Synchronous execution is not enabled for this model", endpoint.Id);
        var job = jobs.Add(endpoint, body["input"]!.AsObject(), Key(request)!, request.BaseUrl, failure);
        while (job.PhaseAt(jobs.Now) is JobPhase.Queued or JobPhase.Running)
            await Task.Delay(Step, options.TimeProvider, cancellationToken);
        var phase = job.PhaseAt(jobs.Now);
        return SimulatedResponse.Json(200, new JsonObject
        {
            ["status"] = phase == JobPhase.Succeeded ? "success" : "failed",
            ["message"] = "Prediction completed",
            ["predictionID"] = job.Id,
            ["output"] = EachlabsOutcome.Output(job, phase),
            ["error"] = phase == JobPhase.Succeeded ? "" : EachlabsOutcome.FailureDetails,
        });
    }

    public SimulatedResponse Get(IncomingRequest request, string id)
    {
        if (jobs.Find(Provider, id) is not { } job)
            return NotFound(id);
        var now = jobs.Now;
        var phase = job.PhaseAt(now);
        var url = $"{request.BaseUrl}/v1/prediction/{id}";
        var prediction = new JsonObject
        {
            ["id"] = id,
            ["input"] = job.Input.DeepClone(),
            ["status"] = EachlabsOutcome.Status(job, phase, now),
            ["output"] = EachlabsOutcome.Output(job, phase),
            ["logs"] = null,
            ["metrics"] = new JsonObject
            {
                ["predict_time"] = phase == JobPhase.Succeeded ? job.Times.RunSeconds : 0,
                ["cost"] = phase == JobPhase.Succeeded ? job.Endpoint.Cost(job.Input, options.UnitPrice) : 0,
            },
            ["urls"] = new JsonObject { ["cancel"] = url + "/cancel", ["get"] = url },
        };
        if (phase == JobPhase.Failed)
        {
            prediction["message"] = EachlabsOutcome.FailureMessage;
            prediction["details"] = EachlabsOutcome.FailureDetails;
        }
        return SimulatedResponse.Json(200, prediction);
    }

    public SimulatedResponse Cancel(string id)
    {
        if (jobs.Find(Provider, id) is not { } job)
            return NotFound(id);
        if (!job.TryCancel(jobs.Now))
            return EachlabsErrors.Make(400, "Prediction has already ended", id);
        return SimulatedResponse.Json(200, new JsonObject
        {
            ["status"] = "cancelled",
            ["message"] = "Prediction canceled successfully",
            ["predictionID"] = id,
        });
    }

    private static SimulatedResponse NotFound(string id) => EachlabsErrors.Make(404, "Prediction not found", id);

    /// <summary>The key of a request, in either of its headers.</summary>
    public static string? Key(IncomingRequest request) =>
        request.Header("X-API-Key")?.Trim() is { Length: > 0 } key ? key : Credentials.Of(request.Header("Authorization"), "Bearer");

    private SimulatedResponse? OverLimit(SimulatedEndpoint endpoint, string key)
    {
        var (inFlight, lastMinute) = jobs.Load(Provider, key);
        if (lastMinute >= endpoint.CreatesPerMinute)
            return EachlabsErrors.TooMany($"{endpoint.CreatesPerMinute} creates a minute");
        return inFlight >= endpoint.ConcurrentJobs ? EachlabsErrors.TooMany($"{endpoint.ConcurrentJobs} concurrent predictions") : null;
    }

    private SimulatedResponse? Check(IncomingRequest request, out SimulatedEndpoint endpoint, out JsonObject body)
    {
        endpoint = null!;
        body = null!;
        var json = request.ReadJson(out var problem);
        if (problem is not null || json is not JsonObject members)
            return EachlabsErrors.Make(400, "Invalid request body", request.IsEmpty ? "EOF" : problem ?? "The body is not a JSON object");
        if (LooseJson.Text(members["model"]) is not { Length: > 0 } model)
            return EachlabsErrors.Make(400, "Invalid input", "model: Field required");
        if (endpoints.FindToRun(Provider, model, EachlabsUsualResult.For) is not { } found)
            return EachlabsErrors.Make(404, "Model not found", $"{model}. {endpoints.Reason(Provider, model)}");
        if (members["input"] is not JsonObject input)
            return EachlabsErrors.Make(400, "Invalid input", "input: Input should be a valid object");
        var problems = found.Input.Check(input);
        if (problems.Count > 0)
            return EachlabsErrors.Validation(problems);
        endpoint = found;
        body = members;
        return null;
    }

    /// <summary>How a webhook is signed: with the secret of its submit, as it is; null where that has none.</summary>
    public static Func<byte[], IReadOnlyList<KeyValuePair<string, string>>>? Signature(JsonObject body) =>
        LooseJson.Text(body["webhook_secret"]) is { Length: > 0 } secret ? _ => [new("X-Webhook-Secret", secret)] : null;
}
