using Zoetrope.Json;

namespace Zoetrope.Jobs;

/// <summary>
/// Is notified of what happens to all jobs of a client: derive from it to log or to count, and set <c>MediaClientOptions.Observer</c>. The methods do nothing
/// by default. They are called while the call that they report goes on, so they should return soon, and may be called concurrently. What they throw is not
/// propagated: it must neither lose the handle of a paid job nor hide an outcome. Direct runs, which have no handle, are not reported, except for retries.
/// </summary>
public abstract class JobObserver
{
    /// <summary>Called before a job is submitted, once its input is valid and there is a slot within the limits of the client.</summary>
    /// <param name="provider">The provider.</param>
    /// <param name="endpointId">The id of the model.</param>
    /// <param name="input">The input, which contains what the user wrote.</param>
    protected virtual void OnSubmitting(string provider, string endpointId, RawJson input)
    {
    }

    /// <summary>Called before a submit is sent again, which happens only where the first cannot be paid for, too.</summary>
    /// <param name="retry">What failed, and how long the pause is.</param>
    protected virtual void OnRetrying(SubmitRetry retry)
    {
    }

    /// <summary>Called when the provider has accepted a job.</summary>
    /// <param name="handle">The job.</param>
    /// <param name="status">The status in the receipt.</param>
    protected virtual void OnAccepted(JobHandle handle, JobStatus status)
    {
    }

    /// <summary>Called when a submit has failed or was canceled.</summary>
    /// <param name="provider">The provider.</param>
    /// <param name="endpointId">The id of the model.</param>
    /// <param name="exception">
    /// The reason. A <see cref="SubmitException"/> and a <see cref="SubmitCanceledException"/> say whether the job may exist nevertheless.
    /// </param>
    protected virtual void OnSubmitFailed(string provider, string endpointId, Exception exception)
    {
    }

    /// <summary>
    /// Called with each status whose state, or the provider's own name of it, differs from the previous one of the same <c>Job</c> object. A job that is
    /// resumed has no previous one, so that of a ledger's worker, which resumes jobs for each poll, every status is reported.
    /// </summary>
    /// <param name="handle">The job.</param>
    /// <param name="previous">The previous status; null where there was none.</param>
    /// <param name="status">The status. A failure is confirmed only when it is reported twice, which is not reported here again.</param>
    protected virtual void OnStatusChanged(JobHandle handle, JobStatus? previous, JobStatus status)
    {
    }

    /// <summary>Called when a request about a job has failed and will be repeated.</summary>
    /// <param name="failure">The failure, which says nothing about the job.</param>
    protected virtual void OnPollFailed(PollFailure failure)
    {
    }

    /// <summary>Called when the provider has responded to a request to cancel a job, or has failed to.</summary>
    /// <param name="handle">The job.</param>
    /// <param name="outcome">What became of the request; null where it failed.</param>
    /// <param name="exception">Why it failed; null where it did not.</param>
    protected virtual void OnCancel(JobHandle handle, CancelOutcome? outcome, Exception? exception)
    {
    }

    /// <summary>Called when the result of a job was received. A job that is waited for again is reported again.</summary>
    /// <param name="handle">The job.</param>
    /// <param name="metrics">What the provider reports of the run: times, and what is billed (<see cref="JobMetrics.Billed"/>).</param>
    protected virtual void OnResult(JobHandle handle, JobMetrics metrics)
    {
    }

    /// <summary>
    /// Called when a handler of the user's HTTP client tried to send again a request that must be sent once, and was stopped before a byte was sent. That
    /// handler is to be configured so that it leaves alone what <c>RequestMarks.SendOnce</c> marks: the outcome of such a request is often not known.
    /// </summary>
    /// <param name="provider">The provider.</param>
    /// <param name="address">The address, without its query.</param>
    protected virtual void OnSendRepeated(string provider, string address)
    {
    }

    internal void Submitting(string provider, string endpointId, RawJson input)
    {
        try
        {
            OnSubmitting(provider, endpointId, input);
        }
        catch (Exception)
        {
            // See the remarks of the class, as in all others.
        }
    }

    internal void Retrying(SubmitRetry retry)
    {
        try
        {
            OnRetrying(retry);
        }
        catch (Exception)
        {
        }
    }

    internal void Accepted(JobHandle handle, JobStatus status)
    {
        try
        {
            OnAccepted(handle, status);
        }
        catch (Exception)
        {
        }
    }

    internal void SubmitFailed(string provider, string endpointId, Exception exception)
    {
        try
        {
            OnSubmitFailed(provider, endpointId, exception);
        }
        catch (Exception)
        {
        }
    }

    internal void Saw(JobHandle handle, JobStatus? previous, JobStatus status)
    {
        if (previous is not null && previous.State == status.State && previous.ProviderStatus == status.ProviderStatus)
            return;
        try
        {
            OnStatusChanged(handle, previous, status);
        }
        catch (Exception)
        {
        }
    }

    internal void PollFailed(PollFailure failure)
    {
        try
        {
            OnPollFailed(failure);
        }
        catch (Exception)
        {
        }
    }

    internal void Canceled(JobHandle handle, CancelOutcome? outcome, Exception? exception)
    {
        try
        {
            OnCancel(handle, outcome, exception);
        }
        catch (Exception)
        {
        }
    }

    internal void Received(JobHandle handle, JobMetrics metrics)
    {
        try
        {
            OnResult(handle, metrics);
        }
        catch (Exception)
        {
        }
    }

    internal void SendRepeated(string provider, Uri address)
    {
        try
        {
            OnSendRepeated(provider, address.GetLeftPart(UriPartial.Path));
        }
        catch (Exception)
        {
        }
    }
}
