using Zoetrope.Errors;
using Zoetrope.Validation;

namespace Zoetrope.Http;

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
    /// The user's own HTTP client; null by default, which makes one that follows no redirects and keeps no cookies. It is not disposed with the client.
    /// <list type="bullet">
    /// <item>What costs money, and every call that is not idempotent, is sent once: a handler that sends it again (retries, hedging, the standard resilience
    /// handler) is refused before a byte leaves, and the call fails (<see cref="TransportFailure.Repeated"/>).</item>
    /// <item>Handlers may read the body of a request, as for a log. To see what they send, the client stands below the last of them, between it and the
    /// primary handler. Where a handler is not a <see cref="DelegatingHandler"/>, only what it sends as it was given is seen.</item>
    /// <item>Redirects are failures, also those that it follows. Of those .NET leaves out the header <c>Authorization</c> only, so a request with a key
    /// elsewhere, with cookies, or with a header whose name says that it holds a secret is refused where its primary handler follows redirects. Set
    /// <c>AllowAutoRedirect = false</c>.</item>
    /// <item>Its handlers may change the address of a request; the key then goes where they say.</item>
    /// <item>Requests to this machine are refused where they would go through the proxy of the environment.</item>
    /// <item>Connections are kept as it says: a request that is sent just when its server closes a connection may have been accepted or not, and is reported
    /// so. Early refusals of uploads may be reported as broken connections.</item>
    /// <item>Downloads of media use it too, and then a host is checked by its name and not by what the name stands for. One whose primary handler follows
    /// redirects would connect to where they lead before that can be checked: downloads do not use it, and have connections of their own, without its proxy,
    /// certificates and handlers. Set <c>AllowAutoRedirect = false</c> where they are needed.</item>
    /// </list>
    /// </summary>
    public HttpClient? HttpClient
    {
        get;
        set
        {
            field = value;
            // Named here only, so that native programs without a client of their own do not have the guard in them.
            Guard = SendingGuard.Watch;
        }
    }

    /// <summary>Makes the user's client know a content whose sending begins; null without such a client.</summary>
    internal Action<HttpClient, TrackedContent>? Guard { get; private set; }

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

    /// <summary>
    /// The least speed of downloads and of streamed responses, in bytes a second; 1,024 by default, and 0 sets none. What is slower for the time that one
    /// read may take (30 seconds of a download, and the timeout of a call) fails. Of texts and events a 64th of it is enough, and so is a line.
    /// </summary>
    public long MinBytesPerSecond
    {
        get;
        set => field = OptionChecks.AtLeastZero(value, nameof(MinBytesPerSecond));
    } = 1024;

    /// <summary>The longest that one download, or one streamed response, may take in all; 2 hours by default. Infinite sets no limit.</summary>
    public TimeSpan TransferTimeout
    {
        get;
        set => field = OptionChecks.PositiveOrInfinite(value, nameof(TransferTimeout));
    } = TimeSpan.FromHours(2);

    /// <summary>Where the jitter of delays comes from; null takes <see cref="Random.Shared"/>. One with a seed makes delays repeatable.</summary>
    public Random? Jitter { get; set; }
}
