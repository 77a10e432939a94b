using System.Net;
using System.Text;
using System.Text.Json;
using Zoetrope.Errors;
using Zoetrope.Http;
using Zoetrope.Jobs;

namespace Zoetrope.CodeGen.Jobs;

/// <content>Canceling a job, which means something else at each provider.</content>
public abstract partial class DeclaredProtocol
{
    /// <inheritdoc/>
    public sealed override async Task<CancelOutcome> CancelAsync(JobHandle handle, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(handle);
        var meaning = CancelMeaning;
        if ((meaning & CancelMeaning.Possible) == 0)
            return CancelOutcome.NotSupported;
        var deletesEnded = (meaning & CancelMeaning.DeletesEnded) != 0;
        var onlyQueued = (meaning & CancelMeaning.OnlyWhileQueued) != 0;
        if (deletesEnded && await EndedAsync(handle, cancellationToken, onlyQueued, isForDelete: true).ConfigureAwait(false) is { } ended)
            return ended;
        var (method, path, body) = CancelRequest(handle);
        TransportResponse response;
        try
        {
            // The second of two requests could delete what the first one has ended.
            var json = body is null ? default : Encoding.UTF8.GetBytes(body);
            var request = Request(method, new Uri(Root + path), json, mayRepeat: deletesEnded ? false : null);
            response = await Transport.SendAsync(request, cancellationToken).ConfigureAwait(false);
        }
        catch (ServiceException exception) when ((int)exception.StatusCode is 400 or 404 or 405 or 409 or 410 or 422 or 500)
        {
            // What a refusal means differs from provider to provider, and a page may be a gateway's: the job's own status decides.
            if (await OutcomeByStatusAsync(handle, meaning, cancellationToken).ConfigureAwait(false) is { } outcome)
                return outcome;
            throw;
        }
        if ((meaning & CancelMeaning.OnlyRecord) != 0)
            return CancelOutcome.OnlyRecorded;
        // Many respond with the job as it is now.
        var stated = OutcomeOf(handle, response);
        if (!onlyQueued)
            return stated == CancelOutcome.AlreadyCompleted ? CancelOutcome.AlreadyCompleted : CancelOutcome.Requested;
        return stated
            ?? await OutcomeByStatusAsync(handle, meaning, cancellationToken).ConfigureAwait(false)
            ?? CancelOutcome.Requested;
    }

    /// <summary>The outcome that the response to a cancel states; null where it says nothing of the job.</summary>
    /// <exception cref="TransportException">It is the status of another job.</exception>
    private CancelOutcome? OutcomeOf(JobHandle handle, TransportResponse response)
    {
        if (response.Json is not { Kind: JsonValueKind.Object } json)
            return null;
        var job = default(JobFields);
        ReadFields(json, ref job, StatusFields);
        if (job.Word is not { } word || !IsDeclared(word))
            return null;
        response.RequireJob(handle, job.Id);
        return OutcomeOf(StateOf(word));
    }

    private static CancelOutcome OutcomeOf(JobState state) => state switch
    {
        JobState.Running => CancelOutcome.AlreadyRunning,
        JobState.Completed or JobState.Failed => CancelOutcome.AlreadyCompleted,
        _ => CancelOutcome.Requested,
    };

    /// <summary>The outcome that the job's status shows; null where it shows none, or there is no status.</summary>
    private async Task<CancelOutcome?> OutcomeByStatusAsync(JobHandle handle, CancelMeaning meaning, CancellationToken cancellationToken)
    {
        try
        {
            return await EndedAsync(handle, cancellationToken, isTooLateWhenRunning: (meaning & CancelMeaning.OnlyWhileQueued) != 0).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is ServiceException or TransportException)
        {
            // The status adds nothing: the caller sees the response to the cancel.
            return null;
        }
    }

    /// <summary>The outcome for a job that has ended, is not known, or runs where only queued ones can be stopped; null for one that can be stopped.</summary>
    /// <exception cref="TransportException">The job may have ended, and what cancels it would delete it then.</exception>
    private async Task<CancelOutcome?> EndedAsync(
        JobHandle handle, CancellationToken cancellationToken, bool isTooLateWhenRunning = false, bool isForDelete = false)
    {
        try
        {
            var status = await GetStatusAsync(handle, false, cancellationToken).ConfigureAwait(false);
            // A word that nobody declared means running to who waits, and can be an end nevertheless.
            if (isForDelete && !status.IsTerminal && !IsDeclared(status.ProviderStatus!))
            {
                throw new TransportException(
                    $"{Provider} reports '{status.ProviderStatus}', which may mean that the job has ended, and canceling would delete it then. "
                    + "No request to cancel was sent.",
                    TransportFailure.Refused);
            }
            return status.IsTerminal || (isTooLateWhenRunning && status.State == JobState.Running) ? OutcomeOf(status.State) : null;
        }
        catch (ServiceException exception) when (exception.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.Gone)
        {
            return CancelOutcome.NotFound;
        }
    }
}
