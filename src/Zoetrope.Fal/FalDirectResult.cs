using Zoetrope.Formats;
using Zoetrope.Jobs;
using Zoetrope.Json;
using Zoetrope.Media;

namespace Zoetrope.Fal;

/// <summary>The result of a direct run.</summary>
/// <typeparam name="TResult">The result's type.</typeparam>
public sealed class FalDirectResult<TResult>
{
    private IReadOnlyList<MediaFile>? _media;

    /// <summary>Creates a result. <see cref="FalClient"/> does; in tests it stands in for its own.</summary>
    /// <param name="value">The result.</param>
    /// <param name="raw">The result as it came.</param>
    /// <param name="metrics">What fal says about the cost; null for nothing.</param>
    /// <param name="requestId">fal's id of the run; null for none.</param>
    public FalDirectResult(TResult value, RawJson raw, JobMetrics? metrics = null, string? requestId = null)
    {
        Value = value;
        Raw = raw;
        Metrics = metrics ?? JobMetrics.None;
        RequestId = requestId;
    }

    /// <summary>The result.</summary>
    public TResult Value { get; }

    /// <summary>The result as it came.</summary>
    public RawJson Raw { get; }

    /// <summary>
    /// The result as it was received, where it is not JSON: a text, a page, a file or nothing, with its media type; null where it is JSON.
    /// <see cref="Raw"/> is then a string, with a <c>data:</c> URI where it is a file, or null where nothing was delivered.
    /// </summary>
    public ResultContent? Content { get; init; }

    /// <summary>What fal reports about the cost: <see cref="JobMetrics.BillableUnits"/>.</summary>
    public JobMetrics Metrics { get; }

    /// <summary>fal's id of the run, for support requests.</summary>
    public string? RequestId { get; }

    /// <summary>What fal states in the headers; null in a result that was made for a test.</summary>
    public FalResponseFacts? Facts { get; init; }

    /// <summary>The files of the result.</summary>
    public IReadOnlyList<MediaFile> Media => _media ??= MediaFinder.Find(Raw);
}
