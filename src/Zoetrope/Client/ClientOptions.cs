namespace Zoetrope;

/// <summary>What all clients let their users choose about the connection.</summary>
public abstract class ClientOptions
{
    private protected ClientOptions()
    {
    }

    /// <summary>
    /// What replaces the provider's own address: a proxy, a gateway or a simulator. Null by default. The key is sent to exactly
    /// this origin, whatever its scheme: it is the user's choice.
    /// </summary>
    public Uri? BaseUrl { get; set; }

    /// <summary>
    /// The user's own HTTP client; null by default, which makes one without redirects, cookies and decompression. It should not follow
    /// redirects and not retry: the first is noticed only afterwards, the second can pay twice. Downloads of media use it too, and then a host is checked by its name and
    /// not by what the name stands for. It is not disposed with the client.
    /// </summary>
    public HttpClient? HttpClient { get; set; }

    /// <summary>The clock of all deadlines and delays; the system's by default.</summary>
    public TimeProvider TimeProvider { get; set; } = TimeProvider.System;

    /// <summary>The largest answer that is read into memory, in bytes; 64 MB by default.</summary>
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

    /// <summary>Where the jitter of delays comes from; null takes <see cref="Random.Shared"/>. One with a seed makes delays repeatable.</summary>
    public Random? Jitter { get; set; }
}
