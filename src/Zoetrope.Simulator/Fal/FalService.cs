using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Zoetrope.Simulator.Endpoints;
using Zoetrope.Simulator.Http;
using Zoetrope.Simulator.Jobs;

namespace Zoetrope.Simulator.Fal;

/// <summary>What fal does with each request.</summary>
internal sealed class FalService(EndpointStore endpoints, JobStore jobs, WebhookSender webhooks, SimulatorOptions options)
{
    public const string Provider = "fal";

    // Which files a job makes.
    private const string FileLifecycle = "X-Fal-Object-Lifecycle-Preference";

    /// <summary>The keys of webhooks.</summary>
    public FalWebhookKeys WebhookKeys { get; } = new(options.TimeProvider);

    /// <summary>The Platform API.</summary>
    public FalPlatform Platform { get; } = new(endpoints, jobs, options);

    /// <summary>The tokens for streams and realtime connections.</summary>
    public FalTokens Tokens { get; } = new(options.TimeProvider);

    /// <summary>Rejects a request without a valid key; null when it has one.</summary>
    public static SimulatedResponse? Refuse(IncomingRequest request) => Credentials.Of(request.Header("Authorization"), "Key", "Bearer") switch
    {
        null => FalErrors.Detail(401, "Authentication is required to access this application"),
        Credentials.Bad => FalErrors.Detail(401, "No user found for Key ID and Secret"),
        _ => null,
    };

    public SimulatedResponse Submit(IncomingRequest request, string endpointId, JobFailure? failure)
    {
        if (Check(request, endpointId, out var endpoint, out var input) is { } refusal)
            return refusal;
        var webhook = request.Query("fal_webhook");
        if (webhook is not null && !Uri.TryCreate(webhook, UriKind.Absolute, out _))
            return FalErrors.Detail(400, "fal_webhook is not a URL");
        var waiting = jobs.Ahead(endpoint, jobs.Now);
        if (int.TryParse(request.Query("fal_max_queue_length"), NumberStyles.None, CultureInfo.InvariantCulture, out var longest) && waiting > longest)
            return FalErrors.Infrastructure(429, "queue_length_exceeded", $"The queue holds {waiting} requests");
        var job = jobs.Add(endpoint, input, KeyOf(request), request.BaseUrl, InBytes(failure), StartTimeout(request));
        job.FileLifecycle = request.Header(FileLifecycle);
        if (webhook is not null)
            webhooks.Schedule(job, new(webhook), WebhookPayload, body => WebhookKeys.Sign(job.Id, body));
        var response = Address(job, request.BaseUrl);
        response["status"] = "IN_QUEUE";
        response["queue_position"] = waiting;
        return SimulatedResponse.Json(200, response).With(FalRequestIds.Header, job.Id);
    }

    public async ValueTask<SimulatedResponse> RunAsync(IncomingRequest request, string endpointId, JobFailure? failure, CancellationToken cancellationToken)
    {
        if (Check(request, endpointId, out var endpoint, out var input) is { } refusal)
            return refusal;
        var job = Direct(request, endpoint, input, failure);
        await Task.Delay(options.JobDuration, options.TimeProvider, cancellationToken);
        return Outcome(job, job.Fails ? JobPhase.Failed : JobPhase.Succeeded);
    }

    /// <summary>The model that a stream runs: some are streams, and have the word in their id.</summary>
    public string StreamOf(string endpointId) => endpoints.Find(Provider, endpointId + "/stream")?.Id ?? endpointId;

    /// <summary>The model that a request may run; null where it is not played.</summary>
    public SimulatedEndpoint? FindToRun(string endpointId) => endpoints.FindToRun(Provider, endpointId, FalUsualResult.For);

    /// <summary>Runs a model whose result is sent in parts.</summary>
    public SimulatedResponse Stream(
        IncomingRequest request, string endpointId, JobFailure? failure, FalStreams streams, CancellationToken cancellationToken)
    {
        if (Check(request, endpointId, out var endpoint, out var input) is { } refusal)
            return refusal;
        return streams.Run(Direct(request, endpoint, input, failure), cancellationToken);
    }

    public SimulatedResponse Status(IncomingRequest request, string app, string id)
    {
        if (Find(app, id) is not { } job)
            return NotFound();
        var (phase, status) = StatusOf(request, job);
        return SimulatedResponse.Json(phase is JobPhase.Queued or JobPhase.Running ? 202 : 200, status).With(FalRequestIds.Header, job.Id);
    }

    /// <summary>The phase of a job, and the status that describes it.</summary>
    public (JobPhase Phase, JsonObject Status) StatusOf(IncomingRequest request, SimulatedJob job)
    {
        var now = jobs.Now;
        var phase = job.PhaseAt(now);
        var status = Address(job, request.BaseUrl);
        status["logs"] = request.Query("logs") is "1" or "true" or "True" && phase != JobPhase.Queued ? JobLog.Lines(job, now) : null;
        switch (phase)
        {
            case JobPhase.Queued:
                status["status"] = "IN_QUEUE";
                status["queue_position"] = jobs.Ahead(job.Endpoint, job.Times.Created, job.Id);
                break;
            case JobPhase.Running:
                status["status"] = "IN_PROGRESS";
                break;
            default:
                status["status"] = "COMPLETED";
                status["metrics"] = new JsonObject { ["inference_time"] = phase == JobPhase.Succeeded ? job.Times.RunSeconds : null };
                if (FalOutcome.Error(job, phase) is var (message, type))
                {
                    status["error"] = message;
                    status["error_type"] = type;
                }
                break;
        }
        return (phase, status);
    }

    public SimulatedResponse Result(string app, string id)
    {
        if (Find(app, id) is not { } job)
            return NotFound();
        var phase = job.PhaseAt(jobs.Now);
        return phase is JobPhase.Queued or JobPhase.Running
            ? FalErrors.Detail(400, "Request is still in progress").With(FalRequestIds.Header, job.Id)
            : Outcome(job, phase);
    }

    public SimulatedResponse Cancel(string app, string id)
    {
        if (Find(app, id) is not { } job)
            return NotFound();
        var now = jobs.Now;
        var isQueued = job.PhaseAt(now) == JobPhase.Queued;
        // What has not started is removed from the queue; what runs is only asked to end.
        var (statusCode, word) = (job.TryCancel(now), isQueued) switch
        {
            (true, true) => (200, "OK"),
            (true, false) => (202, "CANCELLATION_REQUESTED"),
            _ => (400, "ALREADY_COMPLETED"),
        };
        return SimulatedResponse.Json(statusCode, new JsonObject { ["status"] = word }).With(FalRequestIds.Header, job.Id);
    }

    public static SimulatedResponse NotFound() => SimulatedResponse.Json(404, new JsonObject { ["status"] = "NOT_FOUND" });

    private static SimulatedResponse Outcome(SimulatedJob job, JobPhase phase)
    {
        var response = FalOutcome.Of(job, phase).With(FalRequestIds.Header, job.Id);
        if (phase == JobPhase.Succeeded)
            response.With("X-Fal-Billable-Units", job.Endpoint.Units(job.Input).ToString(CultureInfo.InvariantCulture));
        return response;
    }

    private static JsonNode WebhookPayload(SimulatedJob job)
    {
        var failed = job.Fails || job.NeverStarts;
        var response = FalOutcome.Of(job, failed ? JobPhase.Failed : JobPhase.Succeeded);
        return new JsonObject
        {
            ["request_id"] = job.Id,
            ["gateway_request_id"] = job.Id,
            ["status"] = failed ? "ERROR" : "OK",
            ["error"] = failed ? $"Invalid status code: {response.StatusCode}" : null,
            ["payload"] = LooseJson.Parse(Encoding.UTF8.GetString(response.Body)),
        };
    }

    private SimulatedResponse? Check(IncomingRequest request, string endpointId, out SimulatedEndpoint endpoint, out JsonObject input)
    {
        endpoint = null!;
        input = null!;
        if (!Tokens.IsIn(request) && Refuse(request) is { } refusal)
            return refusal;
        if (FindToRun(endpointId) is not { } found)
            return NoApplication(endpointId);
        string? problem = null;
        var body = request.Method == "GET" ? FalQuery.Input(request) : request.ReadJson(out problem);
        if ((request.IsEmpty && request.Method != "GET") || (problem is null && body is null))
            return FalErrors.Validation([new([], "missing", "Field required")]);
        if (problem is not null)
            return FalErrors.Validation([new([], "json_invalid", "JSON decode error")]);
        var problems = found.Input.Check(body);
        if (problems.Count > 0)
            return FalErrors.Validation(problems);
        endpoint = found;
        input = body as JsonObject ?? [];
        return null;
    }

    /// <summary>The response to a request for a model that is not played: in fal's words, and why.</summary>
    public SimulatedResponse NoApplication(string endpointId) =>
        FalErrors.Detail(404, $"Application '{endpointId}' not found. {endpoints.Reason(Provider, endpointId)}");

    /// <summary>A job by its app.</summary>
    public SimulatedJob? Find(string app, string id) =>
        jobs.Find(Provider, id) is { } job && App(job.Endpoint.Id) == app ? job : null;

    /// <summary>Owner and alias of an endpoint, which is what its jobs are found under.</summary>
    private static string App(string endpointId)
    {
        var parts = endpointId.Split('/');
        return string.Join('/', parts.Take(parts[0] is "workflows" or "comfy" ? 3 : 2));
    }

    private static JsonObject Address(SimulatedJob job, string baseUrl)
    {
        var url = $"{baseUrl}/{App(job.Endpoint.Id)}/requests/{job.Id}";
        return new()
        {
            ["request_id"] = job.Id,
            ["response_url"] = url,
            ["status_url"] = url + "/status",
            ["cancel_url"] = url + "/cancel",
        };
    }

    private SimulatedJob Direct(IncomingRequest request, SimulatedEndpoint endpoint, JsonObject input, JobFailure? failure)
    {
        var job = jobs.CreateDirect(endpoint, input, KeyOf(request), request.BaseUrl, InBytes(failure));
        job.FileLifecycle = request.Header(FileLifecycle);
        return job;
    }

    // A result of its own is sent as it is, whatever its media type; reports and webhooks have the sample.
    private static JobFailure? InBytes(JobFailure? failure) => failure is { Result: not null } ? failure with { Body = null } : failure;

    /// <summary>The key of a request, which stands for its account; empty where there is none.</summary>
    public static string KeyOf(IncomingRequest request) => Credentials.Of(request.Header("Authorization"), "Key", "Bearer") ?? "";

    private static TimeSpan? StartTimeout(IncomingRequest request)
    {
        var header = request.Header("X-Fal-Request-Start-Timeout") ?? request.Header("X-Fal-Request-Timeout");
        return double.TryParse(header, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds) && seconds is > 0 and < 1e9
            ? TimeSpan.FromSeconds(seconds)
            : null;
    }
}
