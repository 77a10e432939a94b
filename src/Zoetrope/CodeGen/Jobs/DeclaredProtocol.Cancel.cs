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
        if ((meaning & CancelMeaning.DeletesEnded) != 0 && await EndedAsync(handle, cancellationToken).ConfigureAwait(false) is { } ended)
            return ended;
        var (method, path, body) = CancelRequest(handle);
        try
        {
            var request = Request(method, Root + path, body is null ? default : Encoding.UTF8.GetBytes(body));
            var response = await _transport.SendAsync(request, cancellationToken).ConfigureAwait(false);
            return await OutcomeAsync(handle, meaning, response, cancellationToken).ConfigureAwait(false);
        }
        catch (ServiceException exception) when ((int)exception.StatusCode is 400 or 404 or 405 or 409 or 410 or 422 or 500)
        {
            // What a refusal means differs from provider to provider, and a page may be a gateway's: the job's own status decides.
            if (await EndedIfKnownAsync(handle, cancellationToken).ConfigureAwait(false) is { } outcome)
                return outcome;
            if ((meaning & CancelMeaning.OnlyWhileQueued) != 0 && (int)exception.StatusCode is 400 or 409 or 422)
                return CancelOutcome.AlreadyRunning;
            throw;
        }
    }

    private async Task<CancelOutcome> OutcomeAsync(JobHandle handle, CancelMeaning meaning, TransportResponse response, CancellationToken cancellationToken)
    {
        if ((meaning & CancelMeaning.OnlyRecord) != 0)
            return CancelOutcome.OnlyRecorded;
        var job = default(JobFields);
        if (response.Json is { Kind: JsonValueKind.Object } json)
            Read(json, ref job, -1);
        if ((meaning & CancelMeaning.OnlyWhileQueued) == 0)
        {
            // Some respond with the job itself, which may have ended before.
            var hasEnded = job.Id == handle.JobId && job.Word is { } end && StateOf(end) is JobState.Completed or JobState.Failed;
            return hasEnded ? CancelOutcome.AlreadyCompleted : CancelOutcome.Requested;
        }
        var state = job.Word is { } word ? StateOf(word) : (await GetStatusAsync(handle, false, cancellationToken).ConfigureAwait(false)).State;
        return state switch
        {
            JobState.Running => CancelOutcome.AlreadyRunning,
            JobState.Completed or JobState.Failed => CancelOutcome.AlreadyCompleted,
            _ => CancelOutcome.Requested,
        };
    }

    private async Task<CancelOutcome?> EndedIfKnownAsync(JobHandle handle, CancellationToken cancellationToken)
    {
        try
        {
            return await EndedAsync(handle, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is ServiceException or TransportException)
        {
            // The status adds nothing: the caller sees the refusal of the cancel.
            return null;
        }
    }

    /// <summary>The outcome for a job that has ended or is not known; null for one that goes on.</summary>
    private async Task<CancelOutcome?> EndedAsync(JobHandle handle, CancellationToken cancellationToken)
    {
        try
        {
            var status = await GetStatusAsync(handle, false, cancellationToken).ConfigureAwait(false);
            if (!status.IsTerminal)
                return null;
            return status.State == JobState.Canceled ? CancelOutcome.Requested : CancelOutcome.AlreadyCompleted;
        }
        catch (ServiceException exception) when (exception.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.Gone)
        {
            return CancelOutcome.NotFound;
        }
    }
}
