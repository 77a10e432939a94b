using System.Net;
using Zoetrope.Errors;
using Zoetrope.Http;
using Zoetrope.Jobs;

namespace Zoetrope.CodeGen.Jobs;

/// <content>The bodies of webhooks, which are read as the response to a poll is.</content>
public abstract partial class DeclaredProtocol
{
    /// <summary>Reads the body of a webhook.</summary>
    /// <exception cref="TransportException">It does not report the status of a job.</exception>
    /// <exception cref="ServiceException">It reports an error that is not a job's.</exception>
    internal (string JobId, string? EndpointId, JobStatus Status) ReadDelivery(ReadOnlyMemory<byte> body)
    {
        var response = new TransportResponse(HttpStatusCode.OK, body);
        var json = response.RequireJson();
        var job = default(JobFields);
        ReadFields(json, ref job, WebhookFields);
        if (string.IsNullOrWhiteSpace(job.Id))
            throw response.Malformed("The body has no job id");
        return (job.Id, job.Model is { Length: > 0 } model ? EndpointOf(model) : null, Status(job, json, response, HasWebhookOutput, isDelivery: true));
    }
}
