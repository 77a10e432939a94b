using System.Text.Json;
using Zoetrope.Errors;
using Zoetrope.Http;
using Zoetrope.Jobs;
using Zoetrope.Json;

namespace Zoetrope.CodeGen.Jobs;

/// <content>The result of a job: in its status, or in the responses to further requests.</content>
public abstract partial class DeclaredProtocol
{
    /// <inheritdoc/>
    /// <exception cref="JobCanceledException">The job was canceled.</exception>
    /// <exception cref="JobResultException">The job has completed without a result.</exception>
    public sealed override async Task<JobOutput> GetOutputAsync(JobHandle handle, JobStatus completed, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(completed);
        // A status from elsewhere, or one that came too early, may lack what the result needs.
        if (ResultRequests > 0 ? completed.Raw.Kind != JsonValueKind.Object : completed.Output is null)
            completed = await GetStatusAsync(handle, false, cancellationToken).ConfigureAwait(false);
        if (completed.State is JobState.Completed && ResultRequests > 0)
            return await FetchAsync(handle, completed, cancellationToken).ConfigureAwait(false);
        if (completed.Output is { } output)
            return new JobOutput(output, completed.Metrics) { FilesExpireAt = ExpiryOf(completed.Raw) };
        const string NoOutput = "The job has no result.";
        throw completed.State switch
        {
            JobState.Completed => NoResult(handle, completed, NoOutput),
            JobState.Failed => new JobFailedException(handle, completed, completed.Error ?? new ServiceError { Message = NoOutput }),
            JobState.Canceled => new JobCanceledException(handle, completed),
            _ => new TransportException($"{NoOutput} Its status is '{completed.ProviderStatus}'.", TransportFailure.Malformed),
        };
    }

    internal sealed override AuthHeader FileKey(Uri address) => FilesNeedKey ? Transport.KeyFor(address) : default;

    private DateTimeOffset? ExpiryOf(RawJson status)
    {
        var job = default(JobFields);
        if (StatesExpiry && status.Kind == JsonValueKind.Object)
            ReadFields(status, ref job, StatusFields);
        return ExpiryOf(job);
    }

    private DateTimeOffset? ExpiryOf(in JobFields job) =>
        MomentOf(job.ExpiresAt) ?? (FileLifetime is { } lifetime ? Transport.Time.GetUtcNow() + lifetime : null);

    private static JobResultException NoResult(JobHandle handle, JobStatus completed, string problem) =>
        new(handle, completed, completed.Raw, new TransportException(problem, TransportFailure.Malformed));

    private async Task<JobOutput> FetchAsync(JobHandle handle, JobStatus completed, CancellationToken cancellationToken)
    {
        var job = default(JobFields);
        ReadFields(completed.Raw, ref job, StatusFields);
        for (var i = 0; ; i++)
        {
            var path = ResultPath(i, handle, job) ?? throw NoResult(handle, completed, "The response lacks what the request for the result needs.");
            var response = await Transport.SendAsync(Request(HttpMethod.Get, new Uri(Root + path)), cancellationToken).ConfigureAwait(false);
            if (IsFile(i))
                return new JobOutput(response.RequireResult(), completed.Metrics, response.RequestId)
                {
                    Content = response.Content,
                    Header = response.Header,
                };
            job.Output = null;
            if (response.Json is null && response.Result() is { } other)
                throw new JobResultException(handle, completed, other, response.Malformed("The response is not JSON"));
            ReadFields(response.RequireJson(), ref job, i);
            if (IsError(isSubmit: false, job))
                throw ErrorInside(job, response);
            if (i == ResultRequests - 1)
            {
                var output = OutputOf(job) ?? throw response.Malformed("The response is not a result");
                return new JobOutput(output, completed.Metrics, response.RequestId)
                {
                    FilesExpireAt = ExpiryOf(job),
                    Header = response.Header,
                };
            }
        }
    }
}
