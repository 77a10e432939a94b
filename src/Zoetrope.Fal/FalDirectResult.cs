using Zoetrope.Jobs;
using Zoetrope.Json;
using Zoetrope.Media;

namespace Zoetrope.Fal;

/// <summary>The result of a direct run.</summary>
/// <typeparam name="TResult">The result's type.</typeparam>
public sealed class FalDirectResult<TResult>
{
    private IReadOnlyList<MediaFile>? _media;

    internal FalDirectResult(TResult value, RawJson raw, JobMetrics metrics, string? requestId)
    {
        Value = value;
        Raw = raw;
        Metrics = metrics;
        RequestId = requestId;
    }

    /// <summary>The result.</summary>
    public TResult Value { get; }

    /// <summary>The result as it came.</summary>
    public RawJson Raw { get; }

    /// <summary>What fal reports about the cost: <see cref="JobMetrics.BillableUnits"/>.</summary>
    public JobMetrics Metrics { get; }

    /// <summary>fal's id of the run, for support requests.</summary>
    public string? RequestId { get; }

    /// <summary>The files of the result.</summary>
    public IReadOnlyList<MediaFile> Media => _media ??= MediaFinder.Find(Raw);
}
