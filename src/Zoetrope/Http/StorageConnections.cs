namespace Zoetrope.Http;

/// <summary>
/// The connections to addresses that a provider returns for files to be sent to. They are checked as those of downloads are: a name that resolves into a
/// private network is refused, and no redirect is followed. No client that sends files has a time limit of its own: that of <see cref="HttpClient"/> would
/// include the time for sending the body, which depends on the file.
/// </summary>
internal sealed class StorageConnections(MediaClientOptions options) : IDisposable
{
    private readonly FileConnections _connections = new(options);

    /// <summary>The connections to use in place of the client's.</summary>
    public HttpMessageInvoker Client => _connections.Client;

    /// <summary>
    /// The client to send a file to the provider itself with, over the handlers and with the headers of the user's own; null where the client's own connections
    /// are used.
    /// </summary>
    public HttpClient? ToProvider()
    {
        if (options.UserClient is not { } users || users.Timeout == Timeout.InfiniteTimeSpan || HandlerChain.Of(users) is not { } handlers)
            return null;
        var patient = options.Over!(handlers, users);
        foreach (var (name, values) in users.DefaultRequestHeaders.NonValidated)
            patient.DefaultRequestHeaders.TryAddWithoutValidation(name, values);
        return patient;
    }

    /// <summary>Describes why no file is sent to an address; null where it may be.</summary>
    public string? Problem(Uri address)
    {
        if (address.UserInfo.Length > 0)
            return "it contains a password";
        var isHere = options.BaseUrl is { } baseUrl && BaseAddress.IsThisMachine(address) && BaseAddress.IsThisMachine(baseUrl);
        if (address.Scheme != Uri.UriSchemeHttps && !(isHere && address.Scheme == Uri.UriSchemeHttp))
            return "it is not an https URL";
        return _connections.Hosts.MayAsk(address) ? null : "it names a host of this machine or of a private network";
    }

    public void Dispose() => _connections.Dispose();
}
