namespace Zoetrope.Simulator;

/// <summary>How a <see cref="MediaSimulator"/> behaves.</summary>
public sealed class SimulatorOptions
{
    /// <summary>The TCP port on 127.0.0.1. The default, 0, chooses a free one.</summary>
    public int Port { get; init; }

    /// <summary>
    /// A folder with provider documents (pages in Markdown, OpenAPI in JSON, searched through all sub-folders).
    /// The default, null, uses the documents that the simulator contains.
    /// </summary>
    public string? SpecsFolder { get; init; }

    /// <summary>
    /// Whether the documents that the simulator contains are played beside those of <see cref="SpecsFolder"/>. One of the folder replaces those of the same
    /// endpoint, and a declaration those of the same provider. Default: false.
    /// </summary>
    public bool KeepsBuiltInDocuments { get; init; }

    /// <summary>
    /// Whether an endpoint that no document describes is played as well, as far as the provider has endpoints by any id: it takes any input, and its result is
    /// of the kind that its id speaks of, in the form that is usual at the provider. An id that differs from a documented one in a letter or two is refused
    /// all the same. Default: false, because a test should notice an id that nobody has.
    /// </summary>
    public bool AcceptsAnyEndpoint { get; init; }

    /// <summary>
    /// Called with the provider and the id when an endpoint is played for the first time that no document describes; null for nothing. It is called on the
    /// thread of a request, and must not throw.
    /// </summary>
    public Action<string, string>? OnUndocumentedEndpoint { get; init; }

    /// <summary>How long a job waits in the queue before it runs. Default: 0.3 s.</summary>
    public TimeSpan QueueTime { get; init; } = TimeSpan.FromMilliseconds(300);

    /// <summary>How long a job runs. Default: 0.9 s.</summary>
    public TimeSpan JobDuration { get; init; } = TimeSpan.FromMilliseconds(900);

    /// <summary>The clock that jobs, delays and webhooks go by. Default: the system's.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>
    /// Whether the limits that a page states (Eachlabs: 100 creates a minute, 10 jobs in flight, per key) are enforced with a 429.
    /// Default: false, because a test suite makes more jobs a minute than a user.
    /// </summary>
    public bool EnforceLimits { get; init; }

    /// <summary>
    /// The price in US dollars of each billable unit, which is a second of video, an image or a request: what fal's list of prices states, and what Eachlabs
    /// bills for models whose page has no price rules. Default: 0.1.
    /// </summary>
    public decimal UnitPrice { get; init; } = 0.1m;

    /// <summary>How often a webhook is posted until its receiver responds with 2xx. Default: 3.</summary>
    public int WebhookAttempts { get; init; } = 3;

    /// <summary>The pause between two attempts to deliver a webhook. Default: 0.2 s.</summary>
    public TimeSpan WebhookRetryDelay { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>
    /// The secret with which declared providers sign webhooks, where a submit names none: in the form of Standard Webhooks, which Replicate shows once for an
    /// account. fal signs with keys that are at <c>/.well-known/jwks.json</c>.
    /// </summary>
    public string WebhookSecret { get; init; } = "whsec_c2ltdWxhdG9yLXdlYmhvb2stc2VjcmV0";

    /// <summary>The largest accepted request body, in bytes; a larger one results in 413. Default: 64 MiB, for files sent as data URIs.</summary>
    public int MaxRequestBytes { get; init; } = 64 * 1024 * 1024;

    /// <summary>How many requests are remembered; older ones are forgotten. Default: 1,000.</summary>
    public int MaxRecordedRequests { get; init; } = 1000;

    /// <summary>Receives a line for each handled request, and one for each error in a page. Default: null, nothing is written.</summary>
    public TextWriter? Log { get; init; }
}
