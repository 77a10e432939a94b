namespace Zoetrope.Jobs;

/// <summary>Which jobs a list of a provider contains.</summary>
public sealed class JobListOptions
{
    /// <summary>
    /// Only jobs that were created at this time or later; null, the default, for all. Jobs whose time the list does not have are included.
    /// </summary>
    public DateTimeOffset? CreatedAfter { get; set; }

    /// <summary>Only jobs of this model; null, the default, for all. Jobs whose model the list does not name are included.</summary>
    public string? EndpointId { get; set; }
}
