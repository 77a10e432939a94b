using System.Diagnostics.CodeAnalysis;

namespace Zoetrope.Jobs;

/// <summary>
/// What a paid job is found again by: a string such as <c>fal:fal-ai/kling-video/o3/pro/image-to-video:764cabcf-…</c> that can be stored and
/// resumed from another process. It holds no key and no host: those are the client's.
/// </summary>
public sealed record JobHandle : IParsable<JobHandle>
{
    /// <summary>Names a job.</summary>
    /// <param name="provider">The provider, such as <c>fal</c>.</param>
    /// <param name="endpointId">The id of the model at the provider.</param>
    /// <param name="jobId">The provider's id of the job.</param>
    /// <param name="location">The path under which the provider serves the job, when it is another than the usual one; null otherwise.</param>
    public JobHandle(string provider, string endpointId, string jobId, string? location = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(provider);
        ArgumentException.ThrowIfNullOrEmpty(endpointId);
        ArgumentException.ThrowIfNullOrEmpty(jobId);
        Provider = provider;
        EndpointId = endpointId;
        JobId = jobId;
        Location = location;
    }

    /// <summary>The provider, such as <c>fal</c>.</summary>
    public string Provider { get; }

    /// <summary>The id of the model at the provider.</summary>
    public string EndpointId { get; }

    /// <summary>The provider's id of the job.</summary>
    public string JobId { get; }

    /// <summary>The path under which the provider serves the job, when it is another than the usual one.</summary>
    public string? Location { get; }

    /// <summary>Reads a handle back from its text.</summary>
    /// <exception cref="FormatException">The text is not a handle.</exception>
    public static JobHandle Parse(string text) => TryParse(text, out var handle)
        ? handle
        : throw new FormatException($"'{text}' is not a job handle. A handle looks like 'fal:fal-ai/some/model:764cabcf-cfcf-4cdd-8fd6-6c1c8a6f0e70'.");

    /// <summary>Reads a handle back from its text.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out JobHandle? handle)
    {
        handle = null;
        if (text is null)
            return false;
        string? location = null;
        var at = text.IndexOf('@', StringComparison.Ordinal);
        if (at >= 0)
        {
            location = Uri.UnescapeDataString(text[(at + 1)..]);
            text = text[..at];
        }
        var first = text.IndexOf(':', StringComparison.Ordinal);
        var last = text.LastIndexOf(':');
        if (first <= 0 || last <= first + 1 || last == text.Length - 1 || location is "")
            return false;
        var provider = Uri.UnescapeDataString(text[..first]);
        var endpointId = Uri.UnescapeDataString(text[(first + 1)..last]);
        var jobId = Uri.UnescapeDataString(text[(last + 1)..]);
        handle = new JobHandle(provider, endpointId, jobId, location);
        return true;
    }

    /// <summary>Whether a response that names a job may be about this one. One that names none may: documents do not promise it everywhere.</summary>
    /// <param name="jobId">The id that the response names; null or empty for none.</param>
    /// <param name="otherId">A second id of the job in the same response, as services that go through a gateway have it; null or empty for none.</param>
    /// <remarks>Ids are UUIDs at both providers, and the case of their digits means nothing (RFC 9562, section 4).</remarks>
    public bool MayBeNamed(string? jobId, string? otherId = null) =>
        string.IsNullOrWhiteSpace(jobId)
        || JobId.Equals(jobId, StringComparison.OrdinalIgnoreCase)
        || JobId.Equals(otherId, StringComparison.OrdinalIgnoreCase);

    /// <inheritdoc/>
    static JobHandle IParsable<JobHandle>.Parse(string s, IFormatProvider? provider) => Parse(s);

    /// <inheritdoc/>
    static bool IParsable<JobHandle>.TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, [MaybeNullWhen(false)] out JobHandle result) =>
        TryParse(s, out result);

    /// <summary>The text that <see cref="Parse"/> reads.</summary>
    public override string ToString()
    {
        var text = $"{Escape(Provider)}:{Escape(EndpointId)}:{Escape(JobId)}";
        return Location is null ? text : $"{text}@{Escape(Location)}";
    }

    // A slash is what endpoint ids are made of and needs no escape; everything else that is not plain text does.
    private static string Escape(string part) => Uri.EscapeDataString(part).Replace("%2F", "/", StringComparison.Ordinal);
}
