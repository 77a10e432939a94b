using System.Net;
using Zoetrope.Errors;

namespace Zoetrope.Jobs;

/// <summary>The job failed. A wait throws this only when the provider has reported the failure more than once.</summary>
public sealed class JobFailedException(JobHandle handle, JobStatus? lastStatus, ServiceError error, HttpStatusCode? statusCode = null)
    : JobException($"The job failed: {error.ToString().TrimEnd('.')}.", handle, lastStatus)
{
    /// <summary>The reason, in the provider's words.</summary>
    public ServiceError Error { get; } = error;

    /// <summary>The HTTP status of the response that reported the error, where there was one.</summary>
    public HttpStatusCode? StatusCode { get; } = statusCode;
}
