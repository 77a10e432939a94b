using Zoetrope.AspNetCore.Proxy;
using Zoetrope.Fal;
using Zoetrope.Validation;

namespace Zoetrope.AspNetCore;

/// <summary>The options of a proxy for fal's browser clients. Nothing passes that they do not allow.</summary>
public sealed class FalProxyOptions
{
    /// <summary>
    /// Initializes a new instance whose <see cref="BaseUrl"/> is the environment variable <c>FAL_BASE_URL</c> if that is set, for a simulator or a gateway.
    /// </summary>
    /// <exception cref="ArgumentException"><c>FAL_BASE_URL</c> is not an absolute https URL, or an http URL of this machine.</exception>
    public FalProxyOptions() => BaseUrl = new FalClientOptions().BaseUrl;

    /// <summary>
    /// The endpoints that may be called, and paid for with your key: ids such as <c>fal-ai/flux/dev</c>, where <c>*</c> is any one part of an id and a last
    /// <c>**</c> any number of parts, so that <c>fal-ai/flux/**</c> allows all of an app, and <c>**</c> everything. Required: with none, there is no proxy.
    /// </summary>
    /// <exception cref="ArgumentException">One is not an id.</exception>
    public IReadOnlyCollection<string> AllowedEndpoints
    {
        get;
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            string[] patterns = [.. value];
            foreach (var pattern in patterns)
                EndpointPattern.Parse(pattern, nameof(AllowedEndpoints));
            field = patterns;
        }
    } = [];

    /// <summary>
    /// Decides whether a request may pass, for example by the user's plan; null by default, where the authorization of ASP.NET Core does
    /// (<c>RequireAuthorization()</c> at the endpoint, or a user who has logged in). A request that may not is responded to with 401.
    /// </summary>
    public Func<FalProxyRequest, ValueTask<bool>>? AuthorizeAsync { get; set; }

    /// <summary>
    /// Whether everybody may use the proxy where <see cref="AuthorizeAsync"/> is null; false by default, because everybody who reaches the proxy spends your
    /// money.
    /// </summary>
    public bool AllowAnonymous { get; set; }

    /// <summary>
    /// The API key, <c>id:secret</c>. Null uses the environment variable <c>FAL_KEY</c>, otherwise <c>FAL_KEY_ID</c> and <c>FAL_KEY_SECRET</c>.
    /// </summary>
    public string? ApiKey { get; set; }

    /// <summary>
    /// Gives the key of a request, for example that of the user's own account; null by default, where <see cref="ApiKey"/> is used. A request without one is
    /// responded to with 401. An <c>Authorization</c> header of the browser is for your app, and is never sent to fal.
    /// </summary>
    public Func<FalProxyRequest, ValueTask<string?>>? GetKeyAsync { get; set; }

    /// <summary>Whether files may be uploaded to your storage at fal; true by default. Their bytes go from the browser to fal directly.</summary>
    public bool AllowUploads { get; set; } = true;

    /// <summary>
    /// Whether browsers may get tokens for realtime connections and direct streams; true by default. A token is for allowed endpoints only: its request is
    /// read, and refused if it names another. fal's tokens name the app, the older ones without its owner, so one is for all endpoints of an app of that name;
    /// and requests that are made with it do not pass the proxy.
    /// </summary>
    public bool AllowTokens { get; set; } = true;

    /// <summary>The longest time for which a token may be asked; 2 minutes by default, which fal's client asks for.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not more than zero.</exception>
    public TimeSpan MaxTokenLifetime
    {
        get;
        set => field = OptionChecks.Positive(value, nameof(MaxTokenLifetime));
    } = TimeSpan.FromMinutes(2);

    /// <summary>
    /// The address of fal: null by default. One that is set stands for all of its hosts, as in <see cref="FalClientOptions"/>: the queue is there, direct runs
    /// below <c>run</c>, and the REST services are there, too. The key is sent to exactly this origin.
    /// </summary>
    public Uri? BaseUrl { get; set; }

    /// <summary>
    /// The largest body of a request, in bytes; 64 MB by default, because inputs may contain files as data URIs. A larger one results in 413.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">It is less than 1.</exception>
    public long MaxRequestBytes
    {
        get;
        set => field = OptionChecks.AtLeastOne(value, nameof(MaxRequestBytes));
    } = 64L * 1024 * 1024;

    /// <summary>The largest body of a response, and the most that one stream may send, in bytes; 1 GB by default. What has more is cut off.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is less than 1.</exception>
    public long MaxResponseBytes
    {
        get;
        set => field = OptionChecks.AtLeastOne(value, nameof(MaxResponseBytes));
    } = 1024L * 1024 * 1024;

    /// <summary>How long a direct run may take until its response begins; 10 minutes by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not more than zero.</exception>
    public TimeSpan RunTimeout
    {
        get;
        set => field = OptionChecks.PositiveOrInfinite(value, nameof(RunTimeout));
    } = TimeSpan.FromMinutes(10);

    /// <summary>How long any other request may take until its response begins; 2 minutes by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not more than zero.</exception>
    public TimeSpan RequestTimeout
    {
        get;
        set => field = OptionChecks.PositiveOrInfinite(value, nameof(RequestTimeout));
    } = TimeSpan.FromMinutes(2);

    /// <summary>The longest time between two parts of a response, after which it is cut off; 5 minutes by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not more than zero.</exception>
    public TimeSpan IdleTimeout
    {
        get;
        set => field = OptionChecks.PositiveOrInfinite(value, nameof(IdleTimeout));
    } = TimeSpan.FromMinutes(5);

    internal FalProxyOptions Copy() => (FalProxyOptions)MemberwiseClone();
}
