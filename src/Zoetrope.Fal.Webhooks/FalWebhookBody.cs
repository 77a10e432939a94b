using System.Net;
using System.Text.Json;
using Zoetrope.Errors;
using Zoetrope.Http;
using Zoetrope.Jobs;
using Zoetrope.Json;
using Zoetrope.Providers;
using Zoetrope.Webhooks;

namespace Zoetrope.Fal.Webhooks;

/// <summary>Reads the bodies of fal's webhooks.</summary>
internal static class FalWebhookBody
{
    /// <summary>Reads a body.</summary>
    /// <exception cref="TransportException">It is not one of fal's webhooks.</exception>
    public static WebhookReport Read(TransportResponse response)
    {
        var json = response.RequireJson();
        if (json.Kind != JsonValueKind.Object)
            throw response.Malformed("The body is not an object");
        string? id = null, status = null, error = null, payloadError = null;
        RawJson? payload = null;
        // Nested values are skipped or copied, never entered.
        var reader = json.CreateReader(int.MaxValue);
        reader.Read();
        while (ProtocolJson.NextMember(ref reader, out var name))
        {
            if (name.SequenceEqual("request_id"u8))
                id = ProtocolJson.TextOr(id, ref reader);
            else if (name.SequenceEqual("status"u8))
                status = ProtocolJson.Text(ref reader);
            else if (name.SequenceEqual("error"u8))
                error = ProtocolJson.Text(ref reader);
            else if (name.SequenceEqual("payload_error"u8))
                payloadError = ProtocolJson.Text(ref reader);
            else if (name.SequenceEqual("payload"u8))
                payload = RawJson.Read(ref reader);
            else
                reader.Skip();
        }
        if (id is null || string.IsNullOrWhiteSpace(status))
            throw response.Malformed("The body has no request id, or no status");
        var state = status switch
        {
            "OK" => JobState.Completed,
            "ERROR" => JobState.Failed,
            // As with every word that is not known.
            _ => JobState.Running,
        };
        return new WebhookReport(id, new JobStatus
        {
            State = state,
            ProviderStatus = status,
            Output = state == JobState.Completed && payload is { Kind: not JsonValueKind.Null } output ? output : null,
            Error = state == JobState.Failed ? ErrorOf(payload, error) : null,
            Raw = json,
        })
        {
            OutputProblem = payloadError,
        };
    }

    private static ServiceError ErrorOf(RawJson? payload, string? error)
    {
        if (payload is { Kind: JsonValueKind.Object } body)
        {
            var read = new CommonErrorReader().Read(new TransportResponse(HttpStatusCode.UnprocessableEntity, body.Utf8Memory));
            if (read.Fields.Count > 0 || read.Type is not null)
                return read;
        }
        return new ServiceError { Message = string.IsNullOrWhiteSpace(error) ? "no explanation was given" : error, Body = payload };
    }
}
