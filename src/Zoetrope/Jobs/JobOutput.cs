using Zoetrope.Formats;
using Zoetrope.Json;

namespace Zoetrope.Jobs;

/// <summary>The result of a job as it was received.</summary>
/// <param name="Value">The result; one that is not JSON is a string, with a <c>data:</c> URI where it is a file.</param>
/// <param name="Metrics">The times and costs.</param>
/// <param name="RequestId">The provider's id of the exchange.</param>
public sealed record JobOutput(RawJson Value, JobMetrics Metrics, string? RequestId = null)
{
    /// <summary>Returns the value of a header of the response with the result; null where the protocol keeps none.</summary>
    public Func<string, string?>? Header { get; init; }

    /// <summary>Until when the files that the result refers to can be fetched, at least; null where the provider says nothing of it.</summary>
    public DateTimeOffset? FilesExpireAt { get; init; }

    /// <summary>The result as it was received, where it is not JSON: a text, a page, a file or nothing; null where it is JSON.</summary>
    public ResultContent? Content { get; init; }
}
