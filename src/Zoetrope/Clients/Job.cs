using System.Text.Json;
using Zoetrope.Costs;
using Zoetrope.Errors;
using Zoetrope.Formats;
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

    internal Job(JobSession session, Func<RawJson, TResult> read, IReadOnlyList<string>? warnings = null, RouteReport? route = null, bool isComplete = false)
    {
        Route = route;
        _session = session;
        _read = read;
        Warnings = !isComplete && session.Cost is { } cost ? cost.AddTo(warnings) : warnings ?? [];
    }

    /// <summary>The handle that resumes the job, including from another process.</summary>
    public JobHandle Handle => _session.Handle;

    /// <summary>The last status that was received; null when there was none.</summary>
    public JobStatus? LastStatus => _session.LastStatus;

    /// <summary>Deviations from what was requested at the submit: options that the provider does not support, providers that did not accept the job.</summary>
    public IReadOnlyList<string> Warnings { get; }

    /// <summary>
    /// What the job was estimated to cost before the submit; null where <see cref="SubmitOptions.MaxCost"/> was not set, so that nothing was estimated.
    /// </summary>
    public CostEstimate? Estimate => _session.Cost?.Estimate;

    /// <summary>How the router chose the provider, and what it ruled out before; null where no router submitted the job.</summary>
    public RouteReport? Route { get; }

    /// <summary>Requests the status once.</summary>
    /// <param name="logs">Whether log lines are requested, where the provider has them.</param>
    /// <param name="cancellationToken">A token to cancel the request.</param>
    /// <exception cref="JobWatchException">The provider did not report a status; the job continues.</exception>
    public Task<JobStatus> GetStatusAsync(bool logs = false, CancellationToken cancellationToken = default) => _session.GetStatusAsync(logs, cancellationToken);

    /// <summary>Follows the job: yields the first status and each one that differs from the previous one, and ends with the terminal status.</summary>
    /// <exception cref="JobException">The job cannot be followed any further.</exception>
    /// <exception cref="JobWaitCanceledException">The caller canceled.</exception>
    public IAsyncEnumerable<JobStatus> WatchAsync(WaitOptions? options = null, CancellationToken cancellationToken = default) =>
        _session.WatchAsync(options, cancellationToken);

    /// <summary>
    /// Waits for the result. Failed polls do not fail the job: they are repeated until the time runs out, and <see cref="WaitOptions.OnPollFailure"/> reports
    /// them. A failed or canceled job is accepted as such only when the provider reports it again.
    /// </summary>
    /// <exception cref="JobFailedException">The job failed.</exception>
    /// <exception cref="JobCanceledException">The job was canceled.</exception>
    /// <exception cref="JobTimeoutException">The time ran out before the job ended.</exception>
    /// <exception cref="JobWatchException">Five consecutive requests about the job were refused.</exception>
    /// <exception cref="JobResultException">The result cannot be read as <typeparamref name="TResult"/>.</exception>
    /// <exception cref="JobWaitCanceledException">The caller canceled.</exception>
    public async Task<JobResult<TResult>> WaitAsync(WaitOptions? options = null, CancellationToken cancellationToken = default)
    {
        var output = await _session.WaitAsync(options, cancellationToken).ConfigureAwait(false);
        TResult value;
        try
        {
            value = LargeWork.IsLarge(output.Value.Utf8.Length)
                ? await ReadLargeAsync(output.Value, cancellationToken).ConfigureAwait(false)
                : _read(output.Value);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw new JobWaitCanceledException(Handle, LastStatus, null, cancellationToken);
        }
        catch (Exception exception)
        {
            throw new JobResultException(Handle, LastStatus, output.Value, Explain(output.Content, exception)) { Content = output.Content };
        }
        return new JobResult<TResult>(value, output, Handle, Warnings) { Route = Route };
    }

    /// <summary>Requests the provider to cancel the job. Canceling a wait does not do so.</summary>
    /// <remarks>
    /// At some providers, such as Runway, the same request deletes a job that has ended. There the status is requested first, and nothing else is sent if the
    /// job has ended. A job that ends between the two requests is deleted with its result, and the outcome is <see cref="CancelOutcome.Requested"/>.
    /// </remarks>
    /// <exception cref="CancelFailedException">The provider responded with an error, or not at all.</exception>
    public Task<CancelOutcome> CancelAsync(CancellationToken cancellationToken = default) => _session.CancelAsync(cancellationToken);

    private ValueTask<TResult> ReadLargeAsync(RawJson raw, CancellationToken ct) => LargeWork.ReadAsync(() => _read(raw), ct);

    private static Exception Explain(ResultContent? content, Exception exception)
    {
        if (content is null)
            return exception;
        var what = content.Bytes.IsEmpty ? "The job delivered nothing" : $"The job delivered {content.MediaType ?? "a body without a media type"}";
        return new JsonException($"{what}, not JSON: {nameof(JobResultException.Content)} has it.", exception);
    }

    /// <summary>Returns the same job with another result type.</summary>
    internal Job<TOther> Select<TOther>(Func<TResult, TOther> convert)
    {
        var read = _read;
        return new Job<TOther>(_session, raw => convert(read(raw)), Warnings, Route, isComplete: true);
    }
}
