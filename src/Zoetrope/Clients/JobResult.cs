using Zoetrope.Errors;
using Zoetrope.Formats;
using Zoetrope.Jobs;
using Zoetrope.Json;
using Zoetrope.Media;

namespace Zoetrope.Clients;

/// <summary>The result of a job.</summary>
/// <typeparam name="TResult">The type of the result.</typeparam>
public sealed class JobResult<TResult>
{
    private readonly Func<string, string?>? _header;
    private IReadOnlyList<MediaFile>? _media;

    /// <summary>Creates a result. Clients do; in tests it stands in for theirs.</summary>
    /// <param name="value">The result.</param>
    /// <param name="output">The result as it came, with times and costs.</param>
    /// <param name="handle">The job.</param>
    /// <param name="warnings">What went otherwise than asked; null for nothing.</param>
    public JobResult(TResult value, JobOutput output, JobHandle handle, IReadOnlyList<string>? warnings = null)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(handle);
        Value = value;
        Raw = output.Value;
        Content = output.Content;
        Handle = handle;
        Metrics = output.Metrics;
        RequestId = output.RequestId;
        FilesExpireAt = output.FilesExpireAt;
        _header = output.Header;
        Warnings = warnings ?? [];
    }

    /// <summary>The result.</summary>
    public TResult Value { get; }

    /// <summary>The result as it was received, including everything that the model's type does not declare.</summary>
    public RawJson Raw { get; }

    /// <summary>
    /// The result as it was received, where it is not JSON: a text, a page, a file or nothing, with its media type; null where it is JSON.
    /// <see cref="Raw"/> is then a string, with a <c>data:</c> URI where it is a file, or null where nothing was delivered.
    /// </summary>
    public ResultContent? Content { get; }

    /// <summary>The job.</summary>
    public JobHandle Handle { get; }

    /// <summary>The times and costs.</summary>
    public JobMetrics Metrics { get; }

    /// <summary>
    /// Until when the files that the result refers to can be fetched, at least; null where the provider says nothing of it. Waiting for the job again gets new
    /// addresses, as long as the provider keeps the job.
    /// </summary>
    public DateTimeOffset? FilesExpireAt { get; }

    /// <summary>The provider's id of the exchange, for its support.</summary>
    public string? RequestId { get; }

    /// <summary>
    /// Returns the value of a header of the response with the result, also of its content; null where it has no such header. For example, fal states in
    /// <c>X-Fal-Served-From</c> where the result was served.
    /// </summary>
    /// <param name="name">The name of the header.</param>
    public string? Header(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        return _header?.Invoke(name);
    }

    /// <summary>Deviations from what was requested: options that the provider does not support, providers that did not accept the job.</summary>
    public IReadOnlyList<string> Warnings { get; }

    /// <summary>How the router chose the provider, and what it ruled out before; null where no router submitted the job.</summary>
    public RouteReport? Route { get; init; }

    /// <summary>The files that the result refers to, in the order in which they occur.</summary>
    public IReadOnlyList<MediaFile> Media => _media ??= MediaFinder.Find(Raw);
}
