using System.Diagnostics.CodeAnalysis;

namespace Zoetrope.Jobs;

/// <summary>
/// The handle that resumes a paid job, including from another process: a string such as
/// <c>fal:fal-ai/kling-video/o3/pro/image-to-video:764cabcf-…</c> that can be stored. It contains no API key; a host is in it only where
/// the provider serves the job at an address of its own.
/// </summary>
public sealed record JobHandle : IParsable<JobHandle>
{
    // Between the '#' and the context of the trace: the '=' is escaped in a key, so that no key looks like it.
    private const string TraceMark = "trace=";

    // The key, or with a trace both: one field, because many handles wait, and few have either.
    private object? _more;

    /// <summary>Initializes a new instance of the <see cref="JobHandle"/> class.</summary>
    /// <param name="provider">The provider, such as <c>fal</c>.</param>
    /// <param name="endpointId">The id of the model at the provider.</param>
    /// <param name="jobId">The provider's id of the job.</param>
    /// <param name="location">The path or the URL under which the provider serves the job, if it is not the usual one; null otherwise.</param>
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

    /// <summary>The path or the URL under which the provider serves the job, if it is not the usual one; null otherwise.</summary>
    public string? Location { get; }

    /// <summary>The key of the submit, where the provider honors one; null otherwise. See <see cref="SubmitOptions.IdempotencyKey"/>.</summary>
    public string? IdempotencyKey
    {
        get => _more is Traced both ? both.Key : (string?)_more;
        init => _more = TraceParent is { } trace ? new Traced(value, trace) : value;
    }

    /// <summary>
    /// The context of the trace in which the job was submitted, as the W3C's <c>traceparent</c>, such as
    /// <c>00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01</c>; null where it was not traced. It links what another process does about the job to the
    /// submit, and is not part of the handle's value. The text of a handle with an <see cref="IdempotencyKey"/> leaves it out.
    /// </summary>
    /// <exception cref="FormatException">The value is not a <c>traceparent</c> of version 00.</exception>
    public string? TraceParent
    {
        get => (_more as Traced)?.Trace;
        init
        {
            if (value is not null && !IsTraceParent(value))
                throw new FormatException($"'{value}' is not a traceparent of version 00.");
            _more = value is null ? IdempotencyKey : new Traced(IdempotencyKey, value);
        }
    }

    /// <summary>What a protocol has derived from this handle, such as addresses; not part of its value.</summary>
    internal DerivedFromHandle? Derived { get; set; }

    /// <summary>Parses the text of a handle.</summary>
    /// <exception cref="FormatException">The text is not a handle.</exception>
    public static JobHandle Parse(string text) => TryParse(text, out var handle)
        ? handle
        : throw new FormatException($"'{text}' is not a job handle. A handle looks like 'fal:fal-ai/some/model:764cabcf-cfcf-4cdd-8fd6-6c1c8a6f0e70'.");

    /// <summary>Tries to parse the text of a handle.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out JobHandle? handle)
    {
        handle = null;
        if (text is null)
            return false;
        string? location = null, key = null, trace = null;
        var hash = text.IndexOf('#', StringComparison.Ordinal);
        if (hash >= 0)
        {
            var more = text[(hash + 1)..];
            if (more.StartsWith(TraceMark, StringComparison.Ordinal) && IsTraceParent(more.AsSpan(TraceMark.Length)))
                trace = more[TraceMark.Length..];
            else
                key = Uri.UnescapeDataString(more);
            text = text[..hash];
        }
        var at = text.IndexOf('@', StringComparison.Ordinal);
        if (at >= 0)
        {
            location = Uri.UnescapeDataString(text[(at + 1)..]);
            text = text[..at];
        }
        var first = text.IndexOf(':', StringComparison.Ordinal);
        var last = text.LastIndexOf(':');
        if (first <= 0 || last <= first + 1 || last == text.Length - 1 || location is "" || key is "")
            return false;
        var provider = Uri.UnescapeDataString(text[..first]);
        var endpointId = Uri.UnescapeDataString(text[(first + 1)..last]);
        var jobId = Uri.UnescapeDataString(text[(last + 1)..]);
        handle = new JobHandle(provider, endpointId, jobId, location) { _more = trace is null ? key : new Traced(null, trace) };
        return true;
    }

    /// <summary>Whether a response that names a job can be about this job. A response without an id can: not every document promises one.</summary>
    /// <param name="jobId">The id in the response; null or empty if there is none.</param>
    /// <param name="otherId">A second id of the job in the same response, which services behind a gateway have; null or empty if there is none.</param>
    /// <remarks>Both providers use UUIDs as ids, and the case of their digits is not significant (RFC 9562, section 4).</remarks>
    public bool MayBeNamed(string? jobId, string? otherId = null) =>
        string.IsNullOrWhiteSpace(jobId)
        || JobId.Equals(jobId, StringComparison.OrdinalIgnoreCase)
        || JobId.Equals(otherId, StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether the two handles have the same text, but for <see cref="TraceParent"/>.</summary>
    public bool Equals(JobHandle? other) =>
        other is not null
        && Provider == other.Provider
        && EndpointId == other.EndpointId
        && JobId == other.JobId
        && Location == other.Location
        && IdempotencyKey == other.IdempotencyKey;

    /// <inheritdoc/>
    public override int GetHashCode() => JobId.GetHashCode(StringComparison.Ordinal) ^ EndpointId.GetHashCode(StringComparison.Ordinal);

    /// <inheritdoc/>
    static JobHandle IParsable<JobHandle>.Parse(string s, IFormatProvider? provider) => Parse(s);

    /// <inheritdoc/>
    static bool IParsable<JobHandle>.TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, [MaybeNullWhen(false)] out JobHandle result) =>
        TryParse(s, out result);

    /// <summary>The text that <see cref="Parse"/> reads.</summary>
    public override string ToString()
    {
        var text = $"{Escape(Provider)}:{Escape(EndpointId)}:{Escape(JobId)}";
        if (Location is not null)
            text = $"{text}@{Escape(Location)}";
        // Readers of earlier versions take all that follows the '#' for the key: harmless where the provider has none, and never a wrong key otherwise.
        return _more switch
        {
            Traced { Key: null, Trace: var trace } => $"{text}#{TraceMark}{trace}",
            null => text,
            _ => $"{text}#{Escape(IdempotencyKey!)}",
        };
    }

    private static bool IsTraceParent(ReadOnlySpan<char> text)
    {
        if (text.Length != 55 || !text.StartsWith("00-", StringComparison.Ordinal))
            return false;
        for (var i = 3; i < text.Length; i++)
        {
            if (i is 35 or 52 ? text[i] != '-' : !char.IsAsciiHexDigitLower(text[i]))
                return false;
        }
        // Ids that consist of zeros are not valid.
        return text[3..35].ContainsAnyExcept('0') && text[36..52].ContainsAnyExcept('0');
    }

    // Endpoint ids consist of segments separated by slashes, so a slash is not escaped; everything else that is not plain text is.
    private static string Escape(string part) => Uri.EscapeDataString(part).Replace("%2F", "/", StringComparison.Ordinal);
}

/// <summary>What few handles have: the context of a trace, and perhaps the key of the submit, too.</summary>
internal sealed class Traced(string? key, string trace)
{
    public string? Key { get; } = key;

    public string Trace { get; } = trace;
}

/// <summary>What one protocol has derived from a handle.</summary>
/// <param name="Identity">
/// The identity of the protocol, because clients of one provider may have different addresses. It is not the protocol, which a kept handle would keep alive.
/// </param>
/// <param name="Value">What it derived.</param>
internal sealed record DerivedFromHandle(object Identity, object Value);
