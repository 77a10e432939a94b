using System.Net;
using Zoetrope.Clients;
using Zoetrope.Errors;
using Zoetrope.Json;

namespace Zoetrope.Jobs;

/// <summary>The job ended with an error. A wait throws it only when the provider has said so more than once.</summary>
public sealed class JobFailedException(JobHandle handle, JobStatus? lastStatus, ServiceError error, HttpStatusCode? statusCode = null)
    : JobException($"The job failed: {error.ToString().TrimEnd('.')}.", handle, lastStatus)
{
    /// <summary>Why, in the provider's words.</summary>
    public ServiceError Error { get; } = error;

    /// <summary>The HTTP status that came with the error, where there was one.</summary>
    public HttpStatusCode? StatusCode { get; } = statusCode;
}
