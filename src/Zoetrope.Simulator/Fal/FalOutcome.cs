using System.Text;

namespace Zoetrope.Simulator;

/// <summary>What fal answers for a job that is over. There is no failed status: the result itself brings the error.</summary>
internal static class FalOutcome
{
    private const string TimedOut = "request_timeout";
    private const string Cancelled = "client_cancelled";

    /// <summary>The answer of the result.</summary>
    public static Answer Of(SimulatedJob job, JobPhase phase)
    {
        if (phase == JobPhase.Succeeded)
            return Answer.Json(200, job.Result);
        if (phase == JobPhase.Cancelled)
            return FalErrors.Infrastructure(499, Cancelled, "Request was cancelled by the client");
        if (job.NeverStarts)
            return FalErrors.Infrastructure(504, TimedOut, "Request timed out").With("X-Fal-Request-Timeout-Type", "user");
        return job.Failure is { Body: { } body } failure
            ? new Answer(failure.StatusCode ?? 422, Encoding.UTF8.GetBytes(body), "application/json")
            : Own(job.Failure?.StatusCode ?? 422);
    }

    /// <summary>What the status says about a job that is over, or null when it went well.</summary>
    public static (string Message, string Type)? Error(SimulatedJob job, JobPhase phase) => phase switch
    {
        JobPhase.Cancelled => ("Request was cancelled by the client", Cancelled),
        JobPhase.Failed when job.NeverStarts => ("Request timed out", TimedOut),
        JobPhase.Failed => ($"Invalid status code: {job.Failure?.StatusCode ?? 422}", "bad_request"),
        _ => null,
    };

    private static Answer Own(int statusCode) => statusCode >= 500
        ? FalErrors.Infrastructure(statusCode, "runner_server_error", "The runner failed")
        : FalErrors.Validation([new(["prompt"], "content_policy_violation", "The content could not be processed because it was flagged by a content checker.")]);
}
