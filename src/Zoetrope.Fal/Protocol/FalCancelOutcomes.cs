using System.Net;
using System.Text.Json;
using Zoetrope.Errors;
using Zoetrope.Http;
using Zoetrope.Jobs;
using Zoetrope.Providers;

namespace Zoetrope.Fal.Protocol;

/// <summary>
/// Reads the outcome of a request to cancel. Documented: 202 <c>CANCELLATION_REQUESTED</c>, 200 <c>OK</c> for a job that had not started, 400
/// <c>ALREADY_COMPLETED</c>, 404 <c>NOT_FOUND</c>, and, in the documents of single endpoints, 200 with <c>success</c>. A gateway's page says nothing about the
/// job.
/// </summary>
internal static class FalCancelOutcomes
{
    /// <summary>The outcome of a response with a 2xx status.</summary>
    /// <exception cref="TransportException">
    /// It has no outcome, is about another job, or says that the job was not canceled (<see cref="TransportFailure.Malformed"/>).
    /// </exception>
    public static CancelOutcome Read(JobHandle handle, TransportResponse response)
    {
        if (response.Body.IsEmpty)
            return CancelOutcome.Requested;
        const string NotSaid = "The response does not say that the job will be canceled";
        var json = response.Json ?? throw response.Malformed(NotSaid);
        FalStatusReader.Read(json, out var names);
        response.RequireJob(handle, names.RequestId, names.GatewayRequestId);
        if (IsNoSuccess(json))
            throw response.Malformed(NotSaid);
        return OfWord(ErrorBody.Read(json).Status) ?? CancelOutcome.Requested;
    }

    /// <summary>The outcome that an error means; null when it means none, or is about another job.</summary>
    public static CancelOutcome? Read(JobHandle handle, ServiceException exception)
    {
        if (exception.Error.Body is not { } body || (int)exception.StatusCode >= 500)
            return null;
        FalStatusReader.Read(body, out var names);
        if (!handle.MayBeNamed(names.RequestId, names.GatewayRequestId))
            return null;
        return OfWord(ErrorBody.Read(body).Status) ?? (exception.StatusCode == HttpStatusCode.NotFound ? CancelOutcome.NotFound : null);
    }

    private static CancelOutcome? OfWord(string? status) => status switch
    {
        "ALREADY_COMPLETED" => CancelOutcome.AlreadyCompleted,
        "NOT_FOUND" => CancelOutcome.NotFound,
        _ => null,
    };

    private static bool IsNoSuccess(Json.RawJson json)
    {
        if (json.Kind != JsonValueKind.Object)
            return false;
        var reader = json.CreateReader(int.MaxValue);
        reader.Read();
        while (ProtocolJson.NextMember(ref reader, out var name))
        {
            if (name.SequenceEqual("success"u8))
                return ProtocolJson.Flag(ref reader) == false;
            reader.Skip();
        }
        return false;
    }
}
