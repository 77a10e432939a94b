using System.Net;
using Zoetrope.Json;
using Zoetrope.Validation;

namespace Zoetrope;

/// <summary>The base of everything that this SDK throws about requests, services and jobs.</summary>
public class ZoetropeException : Exception
{
    /// <summary>Makes the exception.</summary>
    public ZoetropeException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}

/// <summary>A request is not valid. Nothing was sent.</summary>
public sealed class RequestValidationException(ValidationResult result)
    : ZoetropeException("The request is not valid, and was not sent: " + string.Join("; ", result.Issues))
{
    /// <summary>Everything that is wrong.</summary>
    public ValidationResult Result { get; } = result;
}

/// <summary>A provider answered with an error.</summary>
public class ServiceException : ZoetropeException
{
    /// <summary>Makes the exception.</summary>
    public ServiceException(string provider, HttpStatusCode statusCode, ServiceError error, TimeSpan? retryAfter = null)
        : base($"{provider} answered {(int)statusCode}: {error}")
    {
        Provider = provider;
        StatusCode = statusCode;
        Error = error;
        RetryAfter = retryAfter;
    }

    /// <summary>The provider.</summary>
    public string Provider { get; }

    /// <summary>The HTTP status.</summary>
    public HttpStatusCode StatusCode { get; }

    /// <summary>What the provider said.</summary>
    public ServiceError Error { get; }

    /// <summary>How long the provider asks to wait (<c>Retry-After</c>); null where it does not say.</summary>
    public TimeSpan? RetryAfter { get; }
}

/// <summary>There was no usable answer: no connection, a broken one, none in time, or one that is not what it says.</summary>
public sealed class TransportException : ZoetropeException
{
    /// <summary>Makes the exception.</summary>
    public TransportException(string message, TransportFailure failure, Exception? innerException = null)
        : base(message, innerException) => Failure = failure;

    /// <summary>What went wrong.</summary>
    public TransportFailure Failure { get; }
}

/// <summary>The ways in which there can be no usable answer.</summary>
public enum TransportFailure
{
    /// <summary>No connection was made: nothing was sent.</summary>
    NotConnected,

    /// <summary>The connection broke after something may have been sent.</summary>
    Broken,

    /// <summary>No answer came in time.</summary>
    TimedOut,

    /// <summary>The answer is a redirect, which is not followed.</summary>
    Redirected,

    /// <summary>The answer is larger than allowed.</summary>
    TooLarge,

    /// <summary>The answer is not what the protocol says.</summary>
    Malformed,

    /// <summary>The client refused to send the request: the key may not go to its address, or a header is not allowed. Nothing was sent.</summary>
    Refused,
}

/// <summary>A submit failed. <see cref="SurelyNotAccepted"/> says whether a job may exist, and be billed, all the same.</summary>
public sealed class SubmitException : ZoetropeException
{
    /// <summary>Makes the exception.</summary>
    public SubmitException(string provider, string endpointId, bool surelyNotAccepted, int attempts, ZoetropeException reason)
        : base(
            surelyNotAccepted
                ? $"{provider} did not accept the job for {endpointId}. {reason.Message}"
                : $"Whether {provider} accepted the job for {endpointId} is not known, so it was not sent again: look at the provider's list of requests before submitting once more. {reason.Message}",
            reason)
    {
        Provider = provider;
        EndpointId = endpointId;
        SurelyNotAccepted = surelyNotAccepted;
        Attempts = attempts;
    }

    /// <summary>The provider.</summary>
    public string Provider { get; }

    /// <summary>The id of the model.</summary>
    public string EndpointId { get; }

    /// <summary>True when no job can exist: submitting once more cannot pay twice.</summary>
    public bool SurelyNotAccepted { get; }

    /// <summary>How many times it was sent; more than once only when those before surely were not accepted.</summary>
    public int Attempts { get; }

    /// <summary>What the provider said, when it answered.</summary>
    public ServiceException? Service => InnerException as ServiceException;
}

/// <summary>The caller cancelled while a submit was on its way. Whether a job exists, and is billed, is not known.</summary>
public sealed class SubmitCanceledException(string provider, string endpointId, CancellationToken token)
    : OperationCanceledException(
        $"The submit to {provider} for {endpointId} was cancelled while it was on its way: the job may exist all the same. Look at the provider's list of requests before submitting once more.",
        token)
{
    /// <summary>The provider.</summary>
    public string Provider { get; } = provider;

    /// <summary>The id of the model.</summary>
    public string EndpointId { get; } = endpointId;
}

/// <summary>Something about a job that exists: it carries what the job is found again by.</summary>
public interface IJobException
{
    /// <summary>What the job is found again by.</summary>
    JobHandle Handle { get; }

    /// <summary>The last status that was seen; null when none was.</summary>
    JobStatus? LastStatus { get; }
}

/// <summary>The base of what is thrown about a job that exists.</summary>
public abstract class JobException : ZoetropeException, IJobException
{
    private protected JobException(string message, JobHandle handle, JobStatus? lastStatus, Exception? innerException = null)
        : base($"{message} Handle: {handle}", innerException)
    {
        Handle = handle;
        LastStatus = lastStatus;
    }

    /// <inheritdoc/>
    public JobHandle Handle { get; }

    /// <inheritdoc/>
    public JobStatus? LastStatus { get; }
}

/// <summary>The job ended with an error.</summary>
public sealed class JobFailedException(JobHandle handle, JobStatus? lastStatus, ServiceError error, HttpStatusCode? statusCode = null)
    : JobException($"The job failed: {error}.", handle, lastStatus)
{
    /// <summary>Why, in the provider's words.</summary>
    public ServiceError Error { get; } = error;

    /// <summary>The HTTP status that came with the error, where there was one.</summary>
    public HttpStatusCode? StatusCode { get; } = statusCode;
}

/// <summary>The job was cancelled before it ended.</summary>
public sealed class JobCancelledException(JobHandle handle, JobStatus? lastStatus) : JobException("The job was cancelled.", handle, lastStatus);

/// <summary>The wait for a job was over before the job was.</summary>
public sealed class JobTimeoutException(JobHandle handle, JobStatus? lastStatus, TimeSpan timeout, CancelOutcome? cancellation, Exception? innerException = null)
    : JobException(
        cancellation switch
        {
            null => $"The job did not end within {timeout}; it was left running and can be resumed.",
            CancelOutcome.Requested => $"The job did not end within {timeout}, and was asked to cancel.",
            CancelOutcome.AlreadyCompleted => $"The job was not seen to end within {timeout}, but had ended when it was to be cancelled; it can be resumed.",
            _ => $"The job did not end within {timeout}, and the provider did not know it when it was to be cancelled.",
        },
        handle,
        lastStatus,
        innerException)
{
    /// <summary>How long it was waited for.</summary>
    public TimeSpan Timeout { get; } = timeout;

    /// <summary>What became of cancelling the job; null when it was left running.</summary>
    public CancelOutcome? Cancellation { get; } = cancellation;
}

/// <summary>The job could not be followed any further: the provider refuses to tell about it. The job itself may go on.</summary>
public sealed class JobWatchException(JobHandle handle, JobStatus? lastStatus, Exception reason)
    : JobException($"The job cannot be followed any further; it may still be running and can be resumed. {reason.Message}", handle, lastStatus, reason);

/// <summary>The job completed, but its result is not of the form that the model's type needs. <see cref="Raw"/> holds it as it came.</summary>
public sealed class JobResultException(JobHandle handle, JobStatus? lastStatus, RawJson raw, Exception reason)
    : JobException($"The job completed, but its result cannot be read. {reason.Message}", handle, lastStatus, reason)
{
    /// <summary>The result as it came.</summary>
    public RawJson Raw { get; } = raw;
}

/// <summary>The wait for a job was cancelled by its caller. The job goes on unless it was asked to cancel.</summary>
public sealed class JobWaitCanceledException(JobHandle handle, JobStatus? lastStatus, CancelOutcome? cancellation, CancellationToken token, Exception? innerException = null)
    : OperationCanceledException(
        cancellation is null
            ? $"The wait was cancelled; the job was left running and can be resumed. Handle: {handle}"
            : $"The wait was cancelled, and so was the job ({cancellation}). Handle: {handle}",
        innerException,
        token),
    IJobException
{
    /// <inheritdoc/>
    public JobHandle Handle { get; } = handle;

    /// <inheritdoc/>
    public JobStatus? LastStatus { get; } = lastStatus;

    /// <summary>What became of cancelling the job; null when it was left running.</summary>
    public CancelOutcome? Cancellation { get; } = cancellation;
}
