using Zoetrope.Errors;

namespace Zoetrope.Jobs;

/// <summary>The base class of exceptions about a job that exists.</summary>
public abstract class JobException : ZoetropeException, IJobFailure
{
    private protected JobException(string message, JobHandle handle, JobStatus? lastStatus, Exception? innerException = null)
        : base($"{message} Handle: {handle.ToString()}", innerException)
    {
        Handle = handle;
        LastStatus = lastStatus;
    }

    /// <inheritdoc/>
    public JobHandle Handle { get; }

    /// <inheritdoc/>
    public JobStatus? LastStatus { get; }
}
