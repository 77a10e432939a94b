using Zoetrope.Errors;
using Zoetrope.Http;

namespace Zoetrope.Fal;

/// <summary>The options of a <see cref="FalClient"/>.</summary>
public sealed class FalClientOptions : MediaClientOptions
{
    internal const string KeyVariable = "FAL_KEY";
    internal const string KeyIdVariable = "FAL_KEY_ID";
    internal const string KeySecretVariable = "FAL_KEY_SECRET";
    private const string BaseUrlVariable = "FAL_BASE_URL";

    /// <summary>
    /// Initializes a new instance whose <see cref="ClientOptions.BaseUrl"/> is the environment variable <c>FAL_BASE_URL</c> if that is set, for a simulator or
    /// a gateway; null means fal itself.
    /// </summary>
    /// <exception cref="ArgumentException"><c>FAL_BASE_URL</c> is not an absolute https URL, or an http URL of this machine.</exception>
    public FalClientOptions() => BaseUrl = BaseAddress.FromEnvironment(BaseUrlVariable);

    internal FalClientOptions(string apiKey)
        : this() => ApiKey = RequireKey(apiKey);

    /// <summary>
    /// The API key, <c>id:secret</c>. Null uses the environment variable <c>FAL_KEY</c>, otherwise <c>FAL_KEY_ID</c> and <c>FAL_KEY_SECRET</c>.
    /// </summary>
    public string? ApiKey { get; set; }

    /// <summary>
    /// The address of direct runs: <c>https://fal.run</c> by default, or <c>run</c> below <see cref="ClientOptions.BaseUrl"/> if that is set.
    /// The key is sent to exactly this origin when it is set.
    /// </summary>
    public Uri? RunUrl { get; set; }

    /// <summary>
    /// The address of fal's REST services, which take files: <c>https://rest.fal.ai</c> by default, or <see cref="ClientOptions.BaseUrl"/> if that is set.
    /// The key is sent to exactly this origin when it is set.
    /// </summary>
    public Uri? RestUrl { get; set; }

    /// <summary>
    /// Whether a request goes to fal's backup hosts, <c>falrun.com</c> for <c>fal.run</c> and <c>queue.falrun.com</c> for <c>queue.fal.run</c>, when no
    /// connection to the usual host was made, because its name is not resolved, the connection is refused, or connecting takes too long. Nothing was sent
    /// then, so that nothing can be paid twice. The key goes to these hosts, over https. By default, null, it does, as with fal's own clients, unless
    /// <see cref="ClientOptions.HttpClient"/> is set: its handlers may send requests elsewhere, such as to a stand-in of fal, whose backup these hosts are not.
    /// Addresses that are set (<see cref="ClientOptions.BaseUrl"/>, <see cref="RunUrl"/>) have no backup, and neither have fal's REST services and realtime
    /// connections. Connecting takes too long after 10 seconds, and with <see cref="ClientOptions.HttpClient"/> after the <c>ConnectTimeout</c> of its own
    /// handler, which is infinite unless you set it. A deadline that is shorter (<see cref="MediaClientOptions.SubmitTimeout"/>,
    /// <see cref="MediaClientOptions.PollTimeout"/>, <see cref="RunTimeout"/>) ends the request before, and no time is left for a backup.
    /// </summary>
    public bool? UseBackupHosts { get; set; }

    /// <summary>The deadline of a direct run, which takes as long as the model runs; 10 minutes by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not more than zero.</exception>
    public TimeSpan RunTimeout
    {
        get;
        set => field = value > TimeSpan.Zero || value == Timeout.InfiniteTimeSpan
            ? value
            : throw new ArgumentOutOfRangeException(nameof(RunTimeout), value, $"{nameof(RunTimeout)} is more than zero.");
    } = TimeSpan.FromMinutes(10);

    /// <summary>
    /// The longest time between two events of a stream, and between two parts of a stream of bytes, after which it has failed; null means 5 minutes.
    /// Comments that keep a connection open are not events. <see cref="RunTimeout"/> applies until the response begins.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not more than zero.</exception>
    public TimeSpan? StreamIdleTimeout
    {
        get;
        set => field = value is null || value > TimeSpan.Zero || value == Timeout.InfiniteTimeSpan
            ? value
            : throw new ArgumentOutOfRangeException(nameof(StreamIdleTimeout), value, $"{nameof(StreamIdleTimeout)} is more than zero.");
    }

    /// <summary>Returns the key that a client with these options sends: <see cref="ApiKey"/>, or else that of the environment.</summary>
    /// <exception cref="MissingKeyException">There is none.</exception>
    public string ResolveKey()
    {
        if (FindKey(ApiKey, KeyVariable) is { } key)
            return key;
        return FindKey(null, KeyIdVariable) is { } id && FindKey(null, KeySecretVariable) is { } secret
            ? $"{id}:{secret}"
            : throw new MissingKeyException(
                "fal",
                $"There is no key for fal: set the environment variable {KeyVariable} (or {KeyIdVariable} and {KeySecretVariable}), or "
                    + $"{nameof(FalClientOptions)}.{nameof(ApiKey)}. "
                + $"To try without one, run `zoetrope simulate`, and set {BaseUrlVariable} to the address that it prints and {KeyVariable} to any text.");
    }
}
