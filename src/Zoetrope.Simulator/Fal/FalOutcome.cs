using System.Text;
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
    private const string Rejected = "bad_request";
    private const string Flagged = "content_policy_violation";

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
        return new SimulatedResponse(statusCode, Encoding.UTF8.GetBytes(body), "application/json").With(FalErrors.TypeHeader, FailureType(job.Failure));
    }

    /// <summary>The error in the status of a job that has ended, or null when it succeeded.</summary>
    public static (string Message, string Type)? Error(SimulatedJob job, JobPhase phase) => phase switch
    {
        JobPhase.Canceled => ("Request was cancelled by the client", Cancelled),
        JobPhase.Failed when job.NeverStarts => ("Request timed out", TimedOut),
        JobPhase.Failed => ($"Invalid status code: {job.Failure?.StatusCode ?? 422}", FailureType(job.Failure)),
        _ => null,
    };

    /// <summary>The type that the header of the result has too: that of its body or of its first field, else that of its status code.</summary>
    private static string FailureType(JobFailure? failure) => failure switch
    {
        { Body: { } body } when TypeIn(body) is { } type => type,
        { StatusCode: >= 500 } => RunnerFailed,
        { Body: not null } => Rejected,
        _ => Flagged,
    };

    private static string? TypeIn(string body) =>
        LooseJson.Parse(body) is JsonObject members
            ? LooseJson.Text(members["error_type"]) ?? (members["detail"] is JsonArray and [JsonObject first, ..] ? LooseJson.Text(first["type"]) : null)
            : null;

    private static SimulatedResponse Own(int statusCode) => statusCode >= 500
        ? FalErrors.Infrastructure(statusCode, RunnerFailed, "The runner failed")
        : FalErrors.Validation([new(["prompt"], Flagged, "The content could not be processed because it was flagged by a content checker.")])
            .With(FalErrors.TypeHeader, Flagged);
}
