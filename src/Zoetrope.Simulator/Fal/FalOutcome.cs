using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Zoetrope.Simulator.Http;
using Zoetrope.Simulator.Jobs;

namespace Zoetrope.Simulator.Fal;

/// <summary>fal's responses for a job that has ended. There is no failed status: the error comes instead of the result.</summary>
internal static class FalOutcome
{
    private const string TimedOut = "request_timeout";
    private const string Cancelled = "client_cancelled";
    private const string RunnerFailed = "runner_server_error";

    /// <summary>The response to a request for the result.</summary>
    public static SimulatedResponse Of(SimulatedJob job, JobPhase phase)
    {
        if (phase == JobPhase.Succeeded)
        {
            return job.Failure?.Result is { } own
                ? new SimulatedResponse(own.StatusCode, own.Content, own.MediaType)
                : SimulatedResponse.Json(200, job.Result);
        }
        if (phase == JobPhase.Canceled)
            return FalErrors.Infrastructure(499, Cancelled, "Request was cancelled by the client");
        if (job.NeverStarts)
            return FalErrors.Infrastructure(504, TimedOut, "Request timed out").With("X-Fal-Request-Timeout-Type", "user");
        var statusCode = job.Failure?.StatusCode ?? 422;
        if (job.Failure?.Body is not { } body)
            return Own(statusCode);
        var response = new SimulatedResponse(statusCode, Encoding.UTF8.GetBytes(body), "application/json");
        return TypeIn(body) is { } type ? response.With(FalErrors.TypeHeader, type) : response;
    }

    /// <summary>The error in the status of a job that has ended, or null when it succeeded.</summary>
    public static (string Message, string Type)? Error(SimulatedJob job, JobPhase phase) => phase switch
    {
        JobPhase.Canceled => ("Request was cancelled by the client", Cancelled),
        JobPhase.Failed when job.NeverStarts => ("Request timed out", TimedOut),
        JobPhase.Failed => ($"Invalid status code: {job.Failure?.StatusCode ?? 422}", FailureType(job.Failure)),
        _ => null,
    };

    /// <summary>The type that the result brings too: that of its body, else that of its status code.</summary>
    private static string FailureType(JobFailure? failure) =>
        (failure?.Body is { } body ? TypeIn(body) : null) ?? (failure?.StatusCode >= 500 ? RunnerFailed : "bad_request");

    private static string? TypeIn(string body) =>
        LooseJson.Parse(body) is JsonObject members && members["error_type"] is { } type && type.GetValueKind() == JsonValueKind.String
            ? type.GetValue<string>()
            : null;

    private static SimulatedResponse Own(int statusCode) => statusCode >= 500
        ? FalErrors.Infrastructure(statusCode, RunnerFailed, "The runner failed")
        : FalErrors.Validation([new(["prompt"], "content_policy_violation", "The content could not be processed because it was flagged by a content "
            + "checker.")]);
}
