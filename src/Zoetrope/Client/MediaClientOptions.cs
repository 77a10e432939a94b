namespace Zoetrope;

/// <summary>How a client talks to its provider. Providers have their own kinds with the key and more.</summary>
public class MediaClientOptions
{
    /// <summary>
    /// What replaces the provider's own address: a proxy, a gateway or a simulator. Null by default. The key is sent to exactly
    /// this origin, whatever its scheme: it is the user's choice.
    /// </summary>
    public Uri? BaseUrl { get; set; }

    /// <summary>
    /// The user's own HTTP client; null by default, which makes one without redirects, cookies and decompression. It should not follow
    /// redirects and not retry: the first is noticed only afterwards, the second can pay twice. Downloads use it too, and then a host is checked by its name and
    /// not by what the name stands for. It is not disposed with the client.
    /// </summary>
    public HttpClient? HttpClient { get; set; }

    /// <summary>The clock of all deadlines and delays; the system's by default.</summary>
    public TimeProvider TimeProvider { get; set; } = TimeProvider.System;

    /// <summary>The deadline of one submit; 120 seconds by default.</summary>
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

    /// <summary>The largest answer that is read, in bytes; 64 MB by default.</summary>
    public long MaxResponseBytes
    {
        get;
        set => field = OptionChecks.AtLeastOne(value, nameof(MaxResponseBytes));
    } = 64L * 1024 * 1024;

    /// <summary>The largest file that is downloaded, in bytes; 4 GB by default.</summary>
    public long MaxDownloadBytes
    {
        get;
        set => field = OptionChecks.AtLeastOne(value, nameof(MaxDownloadBytes));
    } = 4L * 1024 * 1024 * 1024;

    /// <summary>How many times a submit is sent at most; 3 by default. It is sent again only when it surely was not accepted before.</summary>
    public int SubmitAttempts
    {
        get;
        set => field = (int)OptionChecks.AtLeastOne((long)value, nameof(SubmitAttempts));
    } = 3;

    /// <summary>The limits that this client keeps when it submits; null keeps none. Providers that document limits set them.</summary>
    public SubmitLimits? Limits { get; set; }

    /// <summary>Where the jitter of delays comes from; null takes <see cref="Random.Shared"/>. One with a seed makes delays repeatable.</summary>
    public Random? Jitter { get; set; }
}
