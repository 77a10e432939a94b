using Zoetrope.Jobs;
using Zoetrope.Validation;

namespace Zoetrope.Http;

/// <summary>The options of a client for a provider. Providers derive their own types with the key and further options.</summary>
public class MediaClientOptions : ClientOptions
{
    /// <summary>
    /// The deadline of one submit; 120 seconds by default. The wait for a slot within <see cref="Limits"/> has a deadline of its own
    /// (<see cref="SubmitLimits.QueueTimeout"/>), with the same default.
    /// </summary>
    public TimeSpan SubmitTimeout
    {
        get;
        set => field = OptionChecks.PositiveOrInfinite(value, nameof(SubmitTimeout));
    } = TimeSpan.FromSeconds(120);

    /// <summary>The deadline of each poll, result fetch and cancel; 30 seconds by default.</summary>
    public TimeSpan PollTimeout
    {
        get;
        set => field = OptionChecks.PositiveOrInfinite(value, nameof(PollTimeout));
    } = TimeSpan.FromSeconds(30);

    /// <summary>The maximum number of times a submit is sent; 3 by default. It is sent again only if the previous attempt was definitely rejected.</summary>
    public int SubmitAttempts
    {
        get;
        set => field = OptionChecks.AtLeastOne(value, nameof(SubmitAttempts));
    } = 3;

    /// <summary>
    /// The limits that this client enforces when it submits; null disables them. Clients of providers that document limits set them. All clients of this
    /// process with the same key, base URL and clock count together, also one after the other; each waits for its own limits.
    /// </summary>
    public SubmitLimits? Limits { get; set; }

    /// <summary>
    /// Returns the key for each request that has one, in place of the client's own: for keys that are rotated, expire, or are in a vault. It is called often,
    /// and should keep a key for as long as it is valid. Null or empty means the client's own key; a client that has none fails to send then. Where it throws,
    /// nothing was sent, and the failure is like a missing connection (<see cref="Errors.TransportFailure.NotConnected"/>): a submit is tried again, and a wait
    /// goes on. Its token is canceled with the request: when its time is over, its caller cancels, or the client is disposed. None by default.
    /// </summary>
    public Func<CancellationToken, ValueTask<string?>>? TokenProvider
    {
        get;
        set
        {
            field = value;
            Tokens = value is null ? null : new TokenKeys(value);
        }
    }

    /// <summary>Is notified of what happens to all jobs of the client, for example to log it; none by default.</summary>
    public JobObserver? Observer
    {
        get => JobObserver;
        set => JobObserver = value;
    }

    /// <summary>The header of the key of the client that was made with these options last; null before.</summary>
    internal string? AccountKey { get; set; }
}
