using Zoetrope.Errors;
using Zoetrope.Http;
using Zoetrope.Jobs;

namespace Zoetrope.Eachlabs;

/// <summary>The options of an <see cref="EachlabsClient"/>.</summary>
public sealed class EachlabsClientOptions : MediaClientOptions
{
    internal const string KeyVariable = "EACHLABS_API_KEY";
    internal const string ShortKeyVariable = "EACH_API_KEY";
    private const string BaseUrlVariable = "EACHLABS_BASE_URL";
    private const string BearerPrefix = "Bearer ";

    /// <summary>
    /// Initializes a new instance with the limits that the model pages document: 100 jobs submitted per minute, 10 in flight at once. The
    /// <see cref="ClientOptions.BaseUrl"/> is the environment variable <c>EACHLABS_BASE_URL</c> if that is set, for a simulator or a gateway; null means
    /// Eachlabs itself.
    /// </summary>
    /// <exception cref="ArgumentException"><c>EACHLABS_BASE_URL</c> is not an absolute https URL, or an http URL of this machine.</exception>
    public EachlabsClientOptions()
    {
        Limits = new SubmitLimits { CreatesPerMinute = 100, InFlight = 10 };
        BaseUrl = BaseAddress.FromEnvironment(BaseUrlVariable);
    }

    internal EachlabsClientOptions(string apiKey)
        : this() => ApiKey = RequireKey(apiKey);

    /// <summary>The API key. Null uses the environment variable <c>EACHLABS_API_KEY</c>, otherwise <c>EACH_API_KEY</c>.</summary>
    public string? ApiKey { get; set; }

    /// <summary>
    /// The header that carries the key; <see cref="EachlabsAuth.XApiKey"/> by default. Eachlabs documents both. If <see cref="ClientOptions.HttpClient"/> is
    /// set, as in a host, it is always <see cref="EachlabsAuth.Bearer"/>: that client may follow redirects, and .NET then keeps every other header.
    /// </summary>
    public EachlabsAuth Auth { get; set; }

    /// <summary>
    /// The deadline of a direct run and of a chat, which take as long as the model runs; null means 5 minutes, which is what Eachlabs documents for a request.
    /// For a stream it applies until the response begins.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not more than zero.</exception>
    public TimeSpan? RunTimeout
    {
        get;
        set => field = Checked(value, nameof(RunTimeout));
    }

    /// <summary>The longest time between two parts of a chat's stream, after which it has failed; null means 5 minutes. Comments are not parts.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not more than zero.</exception>
    public TimeSpan? StreamIdleTimeout
    {
        get;
        set => field = Checked(value, nameof(StreamIdleTimeout));
    }

    private static TimeSpan? Checked(TimeSpan? value, string name) => value is null || value > TimeSpan.Zero || value == Timeout.InfiniteTimeSpan
        ? value
        : throw new ArgumentOutOfRangeException(name, value, $"{name} is more than zero.");

    /// <summary>The key in a header with a scheme; null where the header has the key alone.</summary>
    internal static string? KeyOfBearer(AuthHeader auth) =>
        auth.Value.StartsWith(BearerPrefix, StringComparison.Ordinal) && auth.Name == "Authorization" ? auth.Value[BearerPrefix.Length..] : null;

    internal AuthHeader ResolveKey()
    {
        var key = FindKey(ApiKey, KeyVariable, ShortKeyVariable)
            ?? throw new MissingKeyException(
                EachlabsProtocol.ProviderName,
                $"There is no key for Eachlabs: set the environment variable {KeyVariable} (or {ShortKeyVariable}), or "
                    + $"{nameof(EachlabsClientOptions)}.{nameof(ApiKey)}. "
                + $"To try without one, run `zoetrope simulate`, and set {BaseUrlVariable} to the address that it prints and {KeyVariable} to any text.");
        var isUsers = HttpClient is not null || HttpClientSource is not null;
        return Auth == EachlabsAuth.Bearer || isUsers ? new AuthHeader("Authorization", BearerPrefix + key) : new AuthHeader("X-API-Key", key);
    }
}

/// <summary>The headers that can carry the key of Eachlabs.</summary>
public enum EachlabsAuth
{
    /// <summary><c>X-API-Key</c>, as on the model pages.</summary>
    XApiKey,

    /// <summary><c>Authorization: Bearer</c>, as in the API's documents since July 2026.</summary>
    Bearer,
}
