namespace Zoetrope.Jobs;

/// <summary>A job in a provider's list.</summary>
/// <param name="Provider">The provider, such as <c>replicate</c>.</param>
/// <param name="JobId">The provider's id of the job.</param>
/// <param name="Status">The status that the list has.</param>
public sealed record ListedJob(string Provider, string JobId, JobStatus Status)
{
    /// <summary>The id of the model, where the list names it; null otherwise.</summary>
    public string? EndpointId { get; init; }

    /// <summary>When the job was created, where the list has it.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>The handle that resumes the job, where the list names the model; null otherwise: then <see cref="HandleOf"/> makes it.</summary>
    public JobHandle? Handle => EndpointId is null ? null : HandleOf(EndpointId);

    /// <summary>Returns the handle that resumes the job.</summary>
    /// <param name="endpointId">The id of the model that the job was submitted to.</param>
    public JobHandle HandleOf(string endpointId) => new(Provider, endpointId, JobId);
}
