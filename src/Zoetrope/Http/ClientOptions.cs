using Zoetrope.Errors;
using Zoetrope.Jobs;
using Zoetrope.Validation;

namespace Zoetrope.Http;

/// <summary>The connection options that all clients have.</summary>
public abstract class ClientOptions
{
    private protected ClientOptions()
    {
    }

    /// <summary>
    /// Overrides the provider's base address, for example with a proxy, a gateway or the simulator. Null by default. The key is sent to exactly this origin,
    /// whatever its scheme, because the user has chosen it.
    /// </summary>
    public Uri? BaseUrl { get; set; }

    /// <summary>
    /// The user's own HTTP client; null by default, which creates one that does not follow redirects or store cookies. It is not disposed with the
    /// client, which ends its own requests then.
    /// <list type="bullet">
    /// <item>Billed requests, and all calls that are not idempotent, are sent once: a handler that sends one again (retries, hedging, the standard resilience
    /// handler) is stopped before a byte is sent, and the call fails (<see cref="TransportFailure.Repeated"/>).</item>
    /// <item>Handlers may read the body of a request, for example to log it. To see what they send, the client inserts a handler below the last of them, above
    /// the primary handler. Where a handler is not a <see cref="DelegatingHandler"/>, only requests that it sends unchanged are seen.</item>
    /// <item>Redirects are failures, including those that the HTTP client follows. .NET omits only the <c>Authorization</c> header from redirected requests, so
    /// a request with a key elsewhere, with cookies, or with a header whose name indicates a secret is refused where the primary handler follows redirects. Set
    /// <c>AllowAutoRedirect = false</c>.</item>
    /// <item>Its handlers may change the address of a request; the key is then sent to the changed address.</item>
    /// <item>Requests to this machine are refused if they would go through the environment's proxy.</item>
    /// <item>Connections are reused as the HTTP client is configured: if its server closes a connection just as a request is sent, the request may or may not
    /// have been accepted, and is reported as such. Early refusals of uploads may be reported as broken connections.</item>
    /// <item>WebSockets are opened with it, unless it follows redirects.</item>
    /// <item>Downloads of files, and uploads to storage, go over its handlers, too, without its default headers, which may contain secrets, and its timeout:
    /// servers name the hosts. A host is then checked by its name and not by the address that the name resolves to. A client whose primary handler follows
    /// redirects would connect to the target before it can be checked, so these do not use it and have connections of their own, without its proxy,
    /// certificates and handlers. Set <c>AllowAutoRedirect = false</c> where those are needed. A handler that adds a secret to requests must look where they
    /// go.</item>
    /// </list>
    /// </summary>
    public HttpClient? HttpClient
    {
        get;
        set
        {
            field = value;
            UseUserClient();
        }
    }

    /// <summary>
    /// Called when a response says that its endpoint is deprecated, or will be gone (<c>Deprecation</c>, <c>Sunset</c>, and a 410 response with a successor);
    /// null by default. It is called for submits, polls and calls alike, before the response is used, and once for all that is said of a model or an operation;
    /// requests about jobs count as one. An exception that it throws is ignored, because the response may be the receipt of a paid job. Exceptions have
    /// <see cref="ZoetropeException.Deprecation"/>.
    /// </summary>
    public Action<DeprecationNotice>? OnDeprecation
    {
        get;
        set
        {
            field = value;
            // Referenced only here, so that trimmed programs that do not ask contain nothing of it.
            Deprecations = value is null ? null : new DeprecationWatch(value).Look;
        }
    }

    /// <summary>Looks at the headers of responses; null where nobody asks.</summary>
    internal Action<string, Attempt>? Deprecations { get; private set; }

    /// <summary>
    /// Returns the user's own HTTP client for each request, for clients whose handlers are renewed from time to time, such as those of
    /// <c>IHttpClientFactory</c>; null by default. It takes precedence over <see cref="HttpClient"/>, to which everything said there applies. It is called
    /// often, and should return the same client while its handlers are current; the handlers of one that it returned before must not be disposed while they are
    /// in use.
    /// </summary>
    public Func<HttpClient>? HttpClientSource
    {
        get;
        set
        {
            field = value;
            UseUserClient();
        }
    }

    /// <summary>The user's own HTTP client for the next request; null where there is none.</summary>
    internal HttpClient? UserClient => HttpClientSource is { } source ? source() : HttpClient;

    /// <summary>The user's own HTTP client for files and WebSockets; null where there is none, and where those have connections of their own.</summary>
    internal HttpClient? UserClientForAll => UserClient is { } users && HandlerChain.IsForAll(users) ? users : null;

    /// <summary>Returns the client that sends an attempt, in which its content is registered; null where the user has none of their own.</summary>
    internal Func<ClientOptions, HttpClient, Attempt, bool, string, HttpMessageInvoker>? Prepare { get; private set; }

    /// <summary>Sends directly to the handlers of the user's client, where it has nothing to add to them; null without such a client.</summary>
    internal DirectSender? Direct { get; private set; }

    /// <summary>Sends a message by a client that may be the user's; null where the user has none of their own.</summary>
    internal Func<HttpMessageInvoker, HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>>? Send { get; private set; }

    /// <summary>Makes a client over the handlers of the user's, which adds no headers; null without such a client.</summary>
    internal Func<HttpMessageHandler, HttpClient, HttpClient>? Over { get; private set; }

    /// <summary>The secrets that handlers of the user's own client add to requests; null without such a client.</summary>
    internal AddedSecrets? Secrets { get; private set; }

    /// <summary>
    /// Removes a secret from exceptions and from what services echo, like the client's own key: for handlers of <see cref="HttpClient"/> that add a key to
    /// requests. It counts for all clients with these options, from now on, where they have an <see cref="HttpClient"/> or an <see cref="HttpClientSource"/>;
    /// without one it does nothing. The last 16 are kept.
    /// </summary>
    /// <param name="secret">The secret, such as the value of a header, or the token in it.</param>
    /// <exception cref="ArgumentException">It is null, empty or white space.</exception>
    public void Redact(string secret)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(secret);
        (Secrets ??= new AddedSecrets()).Add(secret);
    }

    /// <summary>Is notified of what happens to jobs; null for nobody.</summary>
    internal JobObserver? JobObserver { get; private protected set; }

    /// <summary>The keys of a token provider; null without one.</summary>
    internal TokenKeys? Tokens { get; private protected set; }

    /// <summary>The clock of all deadlines and delays; the system clock by default.</summary>
    public TimeProvider TimeProvider { get; set; } = TimeProvider.System;

    /// <summary>
    /// The maximum size of a response that is read into memory, in bytes; 64 MB by default. The maximum length of an array, about 2 GB, limits it in any case.
    /// </summary>
    public long MaxResponseBytes
    {
        get;
        set => field = OptionChecks.AtLeastOne(value, nameof(MaxResponseBytes));
    } = 64L * 1024 * 1024;

    /// <summary>The maximum size of a downloaded file, in bytes; 4 GB by default.</summary>
    public long MaxDownloadBytes
    {
        get;
        set => field = OptionChecks.AtLeastOne(value, nameof(MaxDownloadBytes));
    } = 4L * 1024 * 1024 * 1024;

    /// <summary>
    /// The minimum speed of downloads and streamed responses, in bytes per second; 1,024 by default, and 0 disables it. A transfer that is slower for the time
    /// that one read may take (30 seconds for a download, the timeout of a call) fails. For text and events, a 64th of it or a single line is enough.
    /// </summary>
    public long MinBytesPerSecond
    {
        get;
        set => field = OptionChecks.AtLeastZero(value, nameof(MinBytesPerSecond));
    } = 1024;

    /// <summary>The maximum duration of one download, one upload or one streamed response; 2 hours by default. An infinite value disables the limit.</summary>
    public TimeSpan TransferTimeout
    {
        get;
        set => field = OptionChecks.PositiveOrInfinite(value, nameof(TransferTimeout));
    } = TimeSpan.FromHours(2);

    /// <summary>The source of the jitter of delays; null uses <see cref="Random.Shared"/>. A seeded instance makes delays reproducible.</summary>
    public Random? Jitter { get; set; }

    /// <summary>For options with a key: checks one that a constructor was given.</summary>
    /// <param name="apiKey">The key.</param>
    /// <returns>The key.</returns>
    /// <exception cref="ArgumentException">It is null, empty or white space.</exception>
    protected static string RequireKey(string apiKey)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(apiKey);
        return apiKey;
    }

    /// <summary>
    /// For options with a key: the one that is set, or else that of the first environment variable that has one, without the white space around it; or else
    /// what stands in for the keys of a token provider, where there is one.
    /// </summary>
    /// <param name="apiKey">What the options say; null, empty or white space for none.</param>
    /// <param name="variables">The names of the environment variables.</param>
    /// <returns>The key; null where there is none.</returns>
    protected string? FindKey(string? apiKey, params ReadOnlySpan<string> variables)
    {
        if (!string.IsNullOrWhiteSpace(apiKey))
            return apiKey.Trim();
        foreach (var variable in variables)
        {
            if (Environment.GetEnvironmentVariable(variable) is { } key && !string.IsNullOrWhiteSpace(key))
                return key.Trim();
        }
        return Tokens?.StandIn;
    }

    /// <summary>Sends a message, and receives the headers of its response.</summary>
    /// <param name="http">The user's client, or connections of the client's own.</param>
    /// <param name="message">The message.</param>
    /// <param name="ct">A token to cancel the operation.</param>
    internal Task<HttpResponseMessage> SendAsync(HttpMessageInvoker http, HttpRequestMessage message, CancellationToken ct) =>
        Send is { } send ? send(http, message, ct) : http.SendAsync(message, ct);

    // Referenced only here, so that trimmed programs without a client of their own contain neither the guard nor the secrets.
    private void UseUserClient()
    {
        Prepare = SendingGuard.Prepare;
        Send = SendingGuard.SendAsync;
        Over = HttpClients.Over;
        Direct ??= new DirectSender();
        Secrets ??= new AddedSecrets();
    }
}
