using Zoetrope.Clients;
using Zoetrope.Jobs;
using Zoetrope.Json;
using Zoetrope.Models;

namespace Zoetrope.Extensions.AI.Jobs;

/// <summary>Submits the jobs of a request and waits for them, or waits for those that were submitted before.</summary>
internal sealed class JobRunner(MediaClient client, GenerationSettings settings)
{
    /// <summary>Submits jobs, and waits for them unless they are to go on in the background.</summary>
    public Task<IReadOnlyList<GenerationJob>> RunAsync(
        ModelEndpoint endpoint, IReadOnlyList<RawJson> inputs, SubmitOptions[] options, List<string> warnings, bool inBackground, CancellationToken ct) =>
        new Batch(settings, warnings, inBackground ? Ending.Accepted : Ending.Result).RunAsync(
            inputs.Count, (index, stopping) => SubmitAsync(endpoint, inputs[index], options[index], stopping, ct), static _ => null, ct);

    /// <summary>
    /// Continues jobs; nothing is submitted. In the background their status is requested once, and results are requested only when all have ended: otherwise
    /// each further call would request, and count, those that are there already.
    /// </summary>
    public async Task<IReadOnlyList<GenerationJob>> ContinueAsync(
        IReadOnlyList<JobHandle> handles, List<string> warnings, bool inBackground, CancellationToken ct)
    {
        var jobs = new Job<RawJson>?[handles.Count];
        if (inBackground)
        {
            var states = await RunAsync(Ending.Status).ConfigureAwait(false);
            if (states.Any(static job => job.Status?.IsTerminal != true))
                return states;
        }
        return await RunAsync(Ending.Result).ConfigureAwait(false);

        Task<IReadOnlyList<GenerationJob>> RunAsync(Ending ending) => new Batch(settings, warnings, ending).RunAsync(
            handles.Count, (index, _) => Task.FromResult(jobs[index] ??= client.Resume(handles[index])), index => handles[index], ct);
    }

    /// <summary>Creates the options of the jobs.</summary>
    /// <exception cref="InvalidOperationException">They are the same for several jobs.</exception>
    public SubmitOptions[] MakeOptions(int count)
    {
        var options = new SubmitOptions[count];
        for (var i = 0; i < count; i++)
        {
            options[i] = settings.SubmitOptions?.Invoke() ?? new();
            if (Array.IndexOf(options, options[i]) < i)
            {
                throw new InvalidOperationException(
                    $"{nameof(GenerationSettings)}.{nameof(GenerationSettings.SubmitOptions)} must return new options for each job. Nothing was sent.");
            }
        }
        return options;
    }

    private async Task<Job<RawJson>> SubmitAsync(
        ModelEndpoint endpoint, RawJson input, SubmitOptions options, CancellationToken stopping, CancellationToken ct)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(options.Stopping, stopping);
        if (stopping.CanBeCanceled)
            options.Stopping = either.Token;
        return await client.SubmitAsync(endpoint, input, options, ct).ConfigureAwait(false);
    }

    /// <summary>What is waited for.</summary>
    private enum Ending
    {
        Result,

        /// <summary>The submit, and the result where the job has ended with it.</summary>
        Accepted,

        /// <summary>One response with the status.</summary>
        Status,
    }

    /// <summary>The jobs of one request.</summary>
    private sealed class Batch(GenerationSettings settings, List<string> warnings, Ending ending)
    {
        public async Task<IReadOnlyList<GenerationJob>> RunAsync(
            int count, Func<int, CancellationToken, Task<Job<RawJson>>> begin, Func<int, JobHandle?> known, CancellationToken ct)
        {
            using var stop = new CancellationTokenSource();
            using var turns = new SemaphoreSlim(settings.MaxConcurrentJobs);
            var parts = new Task<Part>[count];
            for (var i = 0; i < count; i++)
            {
                var index = i;
                // What exists is waited for, whatever becomes of the others.
                var stopping = count > 1 && known(i) is null ? stop.Token : default;
                parts[i] = RunPartAsync(token => begin(index, token), known(i), turns, stop, stopping, ct);
            }
            return Collect(await Task.WhenAll(parts).ConfigureAwait(false), ct);
        }

        private async Task<Part> RunPartAsync(
            Func<CancellationToken, Task<Job<RawJson>>> begin, JobHandle? known, SemaphoreSlim turns, CancellationTokenSource stop,
            CancellationToken stopping, CancellationToken ct)
        {
            Job<RawJson>? job = null;
            try
            {
                await turns.WaitAsync(ct).ConfigureAwait(false);
                try
                {
                    stopping.ThrowIfCancellationRequested();
                    job = await begin(stopping).ConfigureAwait(false);
                    return new(await FinishAsync(job, ct).ConfigureAwait(false), null, false) { Warnings = job.Warnings };
                }
                finally
                {
                    turns.Release();
                }
            }
            catch (OperationCanceledException exception) when (
                exception is not SubmitCanceledException && job is null && stopping.IsCancellationRequested && !ct.IsCancellationRequested)
            {
                // A submit that may have been accepted before it was stopped is another case: its exception has the key, and is kept below.
                return new(null, null, true);
            }
            catch (Exception exception)
            {
                // Nothing more is paid for. What is under way comes to its end, and is kept.
                await stop.CancelAsync().ConfigureAwait(false);
                var handle = job?.Handle ?? known ?? HandleOf(exception);
                var failed = handle is null ? null : new GenerationJob(handle) { Status = (exception as IJobFailure)?.LastStatus, Failure = exception };
                return new(failed, exception, false) { Warnings = job?.Warnings ?? [] };
            }
        }

        private async Task<GenerationJob> FinishAsync(Job<RawJson> job, CancellationToken ct)
        {
            if (ending != Ending.Result)
            {
                var status = job.LastStatus ?? await job.GetStatusAsync(cancellationToken: ct).ConfigureAwait(false);
                if (!status.IsTerminal || ending == Ending.Status)
                    return new(job.Handle) { Status = status };
            }
            var result = await job.WaitAsync(settings.WaitOptions, ct).ConfigureAwait(false);
            return new(job.Handle) { Status = job.LastStatus, Result = result };
        }

        private List<GenerationJob> Collect(Part[] parts, CancellationToken ct)
        {
            var jobs = new List<GenerationJob>();
            var failures = new List<Exception>();
            foreach (var part in parts)
            {
                if (part.Job is not null)
                    jobs.Add(part.Job);
                if (part.Failure is not null)
                    failures.Add(part.Failure);
                foreach (var warning in part.Warnings.Concat(part.Job?.Result?.Warnings ?? []))
                {
                    if (!warnings.Contains(warning))
                        warnings.Add(warning);
                }
            }
            if (failures.Count == 0)
                return jobs;
            // What there is to know of one job is in its own exception.
            if (parts.Length == 1 || (jobs.Count == 0 && failures.TrueForAll(FailureText.IsRefused)))
                System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(failures[0]);
            var notSubmitted = parts.Count(static part => part.NotSubmitted);
            var text = FailureText.Of(jobs, failures, notSubmitted);
            if (ct.IsCancellationRequested)
                throw new GenerationCanceledException(text, jobs, failures, notSubmitted, ct);
            throw new GenerationException(text, jobs, failures, notSubmitted);
        }

        private static JobHandle? HandleOf(Exception exception) => exception switch
        {
            IJobFailure failure => failure.Handle,
            SubmitException submit => submit.Handle,
            SubmitCanceledException canceled => canceled.Handle,
            _ => null,
        };
    }

    /// <summary>What became of one job.</summary>
    private sealed record Part(GenerationJob? Job, Exception? Failure, bool NotSubmitted)
    {
        public IReadOnlyList<string> Warnings { get; init; } = [];
    }
}
