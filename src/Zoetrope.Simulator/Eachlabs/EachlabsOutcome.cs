using System.Text.Json.Nodes;
using Zoetrope.Simulator.Http;
using Zoetrope.Simulator.Jobs;

namespace Zoetrope.Simulator.Eachlabs;

/// <summary>What Eachlabs reports about the state and the outcome of a job.</summary>
internal static class EachlabsOutcome
{
    public const string FailureMessage = "Execution failed";
    public const string FailureDetails = "The provider rejected the request.";

    /// <summary>The status in the terms of the API reference: a job is created, starts, is processed and ends.</summary>
    public static string Status(SimulatedJob job, JobPhase phase, DateTimeOffset now) => phase switch
    {
        JobPhase.Queued => now - job.Times.Created < (job.Times.Starts - job.Times.Created) / 2 ? "created" : "starting",
        JobPhase.Running => "processing",
        JobPhase.Succeeded => "success",
        JobPhase.Failed => "error",
        _ => "cancelled",
    };

    /// <summary>The output: null before the end, an error envelope after a failure.</summary>
    public static JsonNode? Output(SimulatedJob job, JobPhase phase) => phase switch
    {
        JobPhase.Succeeded => job.Result?.DeepClone(),
        JobPhase.Failed => Envelope(job),
        _ => null,
    };

    /// <summary>The webhook's payload. On failure the reason is in <c>output[0].error</c>, and <c>error</c> stays empty.</summary>
    public static JsonNode WebhookPayload(SimulatedJob job) => new JsonObject
    {
        ["exec_id"] = job.Id,
        ["flow_id"] = null,
        ["status"] = !job.Fails ? "succeeded" : "failed",
        ["output"] = !job.Fails
            ? job.Result?.DeepClone()
            : new JsonArray(new JsonObject { ["id"] = "", ["status"] = "", ["output"] = "", ["error"] = "Error: " + FailureDetails }),
        ["error"] = "",
    };

    private static JsonNode? Envelope(SimulatedJob job) => job.Failure?.Body is { } body
        ? LooseJson.Parse(body)
        : new JsonObject
        {
            ["classification"] = new JsonObject { ["category"] = "PROVIDER" },
            ["error"] = FailureMessage,
            ["error_code"] = "PROVIDER_REJECTED",
            ["error_message"] = FailureDetails,
            ["execution_id"] = job.Id,
            ["model_slug"] = job.Endpoint.Id,
            ["retryable"] = false,
            ["status"] = "ERROR",
            ["success"] = false,
        };
}
