using System.Net.Http.Headers;

namespace Zoetrope.Http;

/// <summary>
/// The connections to addresses that a provider returns for files to be sent to. They are checked as those of downloads are: a name that resolves into a
/// private network is refused, and no redirect is followed.
/// </summary>
internal sealed class StorageConnections(MediaClientOptions options) : IDisposable
{
    private readonly FileHosts _hosts = new(options.BaseUrl);
    private readonly Lock _gate = new();
    private HttpClient? _own;
    private bool _isDisposed;

    /// <summary>
    /// The connections to use in place of the client's; null where a user's own client may send files. One that follows redirects, or that adds a header to
    /// each request that may contain a secret, may not.
    /// </summary>
    /// <exception cref="ObjectDisposedException">The client was disposed.</exception>
    public HttpClient? Client
    {
        get
        {
            if (options.HttpClient is { } users && HandlerChain.FollowsRedirects(users) != true && !HoldsSecret(users.DefaultRequestHeaders))
                return null;
            lock (_gate)
            {
                ObjectDisposedException.ThrowIf(_isDisposed, this);
                return _own ??= HttpClients.Create(connect: _hosts.ConnectAsync);
            }
        }
    }

    /// <summary>Describes why no file is sent to an address; null where it may be.</summary>
    public string? Problem(Uri address)
    {
        if (address.UserInfo.Length > 0)
            return "it contains a password";
        var isHere = options.BaseUrl is { } baseUrl && BaseAddress.IsThisMachine(address) && BaseAddress.IsThisMachine(baseUrl);
        if (address.Scheme != Uri.UriSchemeHttps && !(isHere && address.Scheme == Uri.UriSchemeHttp))
            return "it is not an https URL";
        return _hosts.MayAsk(address) ? null : "it names a host of this machine or of a private network";
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _isDisposed = true;
            _own?.Dispose();
        }
    }

    private static bool HoldsSecret(HttpRequestHeaders headers)
    {
        foreach (var (name, _) in headers.NonValidated)
        {
            if (HeaderRules.MayHoldSecret(name))
                return true;
        }
        return false;
    }
}
