using System.Net;
using Zoetrope.Errors;

namespace Zoetrope.Jobs;

/// <summary>The job failed. A wait throws this only when the provider has reported the failure more than once.</summary>
public sealed class JobFailedException : JobException
{
    /// <summary>Initializes a new instance of the <see cref="JobFailedException"/> class.</summary>
    /// <param name="handle">The job.</param>
    /// <param name="lastStatus">The last status that was received; null when there was none.</param>
    /// <param name="error">The reason.</param>
    /// <param name="statusCode">The HTTP status of the response that reported the error; null where there was none.</param>
    public JobFailedException(JobHandle handle, JobStatus? lastStatus, ServiceError error, HttpStatusCode? statusCode = null)
        : base($"The job failed: {error.ToString().TrimEnd('.')}.", handle, lastStatus)
    {
        Error = error;
        StatusCode = statusCode;
        Response = error.Response;
    }

    /// <summary>The reason, in the provider's words.</summary>
    public ServiceError Error { get; }

    /// <summary>The HTTP status of the response that reported the error, where there was one.</summary>
    public HttpStatusCode? StatusCode { get; }
}
