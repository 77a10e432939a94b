using Zoetrope.Http;
using Zoetrope.Jobs;
using Zoetrope.Json;

namespace Zoetrope.Clients;

/// <summary>A job that a provider has accepted.</summary>
/// <typeparam name="TResult">The result.</typeparam>
public sealed class Job<TResult>
{
    private readonly JobSession _session;
    private readonly Func<RawJson, TResult> _read;

    internal Job(JobSession session, Func<RawJson, TResult> read, IReadOnlyList<string>? warnings = null)
    {
        _session = session;
        _read = read;
        Warnings = warnings ?? [];
    }

    /// <summary>What the job is found again by, also from another process.</summary>
    public JobHandle Handle => _session.Handle;

    /// <summary>The last status that was seen; null when none was.</summary>
    public JobStatus? LastStatus => _session.LastStatus;

    /// <summary>What went otherwise than asked at the submit: options that the provider cannot honour, providers that did not accept the job.</summary>
    public IReadOnlyList<string> Warnings { get; }

    /// <summary>Asks once for the status.</summary>
    /// <param name="logs">Whether log lines are asked for, where the provider has them.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    /// <exception cref="JobWatchException">The provider did not tell; the job goes on.</exception>
    public Task<JobStatus> GetStatusAsync(bool logs = false, CancellationToken cancellationToken = default) => _session.GetStatusAsync(logs, cancellationToken);

    /// <summary>Follows the job: gives the first status and each one that differs from the last, and ends with the terminal one.</summary>
    /// <exception cref="JobException">The job cannot be followed any further.</exception>
    /// <exception cref="JobWaitCanceledException">The caller cancelled.</exception>
    public IAsyncEnumerable<JobStatus> WatchAsync(WaitOptions? options = null, CancellationToken cancellationToken = default) => _session.WatchAsync(options, cancellationToken);

    /// <summary>
    /// Waits for the result. Polls that fail do not fail the job: they are repeated until the time is over, and <see cref="WaitOptions.OnPollFailure"/> reports
    /// them. That the job failed or was cancelled is believed when the provider says so again.
    /// </summary>
    /// <exception cref="JobFailedException">The job ended with an error.</exception>
    /// <exception cref="JobCanceledException">The job was cancelled.</exception>
    /// <exception cref="JobTimeoutException">The time was over first.</exception>
    /// <exception cref="JobWatchException">The provider refused five times in a row to report about the job.</exception>
    /// <exception cref="JobResultException">The result cannot be read as <typeparamref name="TResult"/>.</exception>
    /// <exception cref="JobWaitCanceledException">The caller cancelled.</exception>
    public async Task<JobResult<TResult>> WaitAsync(WaitOptions? options = null, CancellationToken cancellationToken = default)
    {
        var output = await _session.WaitAsync(options, cancellationToken).ConfigureAwait(false);
        TResult value;
        try
        {
            value = await LargeWork.ReadAsync(output.Value.Utf8.Length, _read, output.Value, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw new JobWaitCanceledException(Handle, LastStatus, null, cancellationToken);
        }
        catch (Exception exception)
        {
            throw new JobResultException(Handle, LastStatus, output.Value, exception);
        }
        return new JobResult<TResult>(value, output, Handle, Warnings);
    }

    /// <summary>Asks the provider to cancel the job. Stopping to wait does not do so.</summary>
    /// <exception cref="CancelFailedException">The provider answered with an error, or not at all.</exception>
    public Task<CancelOutcome> CancelAsync(CancellationToken cancellationToken = default) => _session.CancelAsync(cancellationToken);

    /// <summary>The same job with its result in another form.</summary>
    internal Job<TOther> Select<TOther>(Func<TResult, TOther> convert)
    {
        var read = _read;
        return new Job<TOther>(_session, raw => convert(read(raw)), Warnings);
    }
}
