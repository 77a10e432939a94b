using Zoetrope.Http;
using Zoetrope.Webhooks;

namespace Zoetrope.Fal.Webhooks;

/// <summary>The options of a <see cref="FalWebhookReceiver"/>.</summary>
public sealed class FalWebhookOptions : WebhookOptions
{
    private const string BaseUrlVariable = "FAL_BASE_URL";
    private const string KeysPath = "/.well-known/jwks.json";

    /// <summary>
    /// Initializes a new instance. Where the environment variable <c>FAL_BASE_URL</c> leads clients to a simulator on this machine, <see cref="KeysUrl"/> is
    /// the simulator's.
    /// </summary>
    /// <exception cref="ArgumentException"><c>FAL_BASE_URL</c> is not an absolute https URL, or an http URL of this machine.</exception>
    public FalWebhookOptions() => KeysUrl = BaseAddress.FromEnvironment(BaseUrlVariable) is { } simulator && BaseAddress.IsThisMachine(simulator)
        // A gateway elsewhere signs nothing: what comes is fal's own.
        ? new(BaseAddress.RootOf(simulator) + KeysPath)
        : new("https://rest.fal.ai" + KeysPath);

    /// <summary>
    /// The ids of your accounts at fal; none by default. fal signs the webhooks of all accounts with the same keys, so a signature alone shows only that fal
    /// sent a delivery, for anybody's job. With ids, deliveries of other accounts are refused as <see cref="WebhookRefusalReason.SignatureMismatch"/>; without
    /// them, <see cref="WebhookDelivery.IsVerified"/> is false, and results are polled with your own key. <see cref="WebhookDelivery.AccountId"/> of a delivery
    /// for a job that you have submitted is your id: receive one without ids, and log it. The simulator's is <c>simulator</c>.
    /// </summary>
    /// <exception cref="ArgumentException">An id is empty.</exception>
    public IReadOnlyCollection<string> UserIds
    {
        get;
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            string[] ids = [.. value];
            if (Array.Exists(ids, string.IsNullOrWhiteSpace))
                throw new ArgumentException("An id of an account is empty.", nameof(UserIds));
            field = Array.ConvertAll(ids, static id => id.Trim());
        }
    } = [];

    /// <summary>
    /// Where the keys of signatures are published: <c>https://rest.fal.ai/.well-known/jwks.json</c> by default, or below <c>FAL_BASE_URL</c> where that is a
    /// simulator on this machine; an https address, or one of this machine. Where a gateway to fal is on this machine, set it to fal's address.
    /// </summary>
    /// <exception cref="ArgumentException">The address is neither.</exception>
    public Uri KeysUrl
    {
        get;
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            if (!value.IsAbsoluteUri || (value.Scheme != Uri.UriSchemeHttps && !(value.Scheme == Uri.UriSchemeHttp && BaseAddress.IsThisMachine(value))))
                throw new ArgumentException("Keys are fetched over https, because a changed key could sign deliveries.", nameof(KeysUrl));
            field = value;
        }
    }

    /// <summary>How long fetched keys are used; 24 hours by default, which is the most that fal allows.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The time is not positive, or longer than 24 hours.</exception>
    public TimeSpan KeyLifetime
    {
        get;
        set => field = value > TimeSpan.Zero && value <= TimeSpan.FromHours(24)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(KeyLifetime), value, $"{nameof(KeyLifetime)} must be more than zero and at most 24 hours.");
    } = TimeSpan.FromHours(24);

    /// <summary>
    /// The least time between two requests for the keys; 1 minute by default. Keys are fetched again when none fits a signature, because fal may have replaced
    /// them, and forged deliveries must not make that a flood.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The time is negative.</exception>
    public TimeSpan LeastFetchInterval
    {
        get;
        set => field = value >= TimeSpan.Zero
            ? value
            : throw new ArgumentOutOfRangeException(nameof(LeastFetchInterval), value, $"{nameof(LeastFetchInterval)} must not be negative.");
    } = TimeSpan.FromMinutes(1);

    /// <summary>
    /// The HTTP client that fetches the keys; null by default, which creates one that follows no redirects. It is not disposed with the receiver.
    /// </summary>
    public HttpClient? HttpClient { get; set; }

    internal FalWebhookOptions Copy() => (FalWebhookOptions)MemberwiseClone();
}
