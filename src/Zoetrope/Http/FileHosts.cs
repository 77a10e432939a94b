using System.Net;
using System.Net.Sockets;
using Zoetrope.Validation;

namespace Zoetrope.Http;

/// <summary>
/// The hosts that files are fetched from and sent to. A file's URL comes from a server, and must not lead into the network that this program runs in: only
/// public addresses are allowed, and the host of the base URL, which the user has chosen.
/// </summary>
internal sealed class FileHosts(Uri? baseUrl)
{
    private readonly DirectToThisMachine _proxy = new();

    /// <summary>Whether a host is allowed, judging by its name.</summary>
    public bool MayAsk(Uri address) => IsOwn(address) || !UrlChecks.IsLocal(address);

    /// <summary>Connects to a host, unless its name resolves to an address that is not allowed. A proxy is the user's own and may be anywhere.</summary>
    public async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken ct)
    {
        var target = context.DnsEndPoint;
        var addresses = await Dns.GetHostAddressesAsync(target.Host, ct).ConfigureAwait(false);
        // Connect to the address that was checked: the name may resolve to another one a moment later.
        if (!IsExempt(context) && Array.Exists(addresses, Networks.IsLocal))
            throw new HttpRequestException($"the name {target.Host} resolves to an address of this machine or of a private network");
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, target.Port, ct).ConfigureAwait(false);
            return new ListeningStream(socket);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private bool IsExempt(SocketsHttpConnectionContext context)
    {
        if (context.InitialRequestMessage.RequestUri is not { } address)
            return false;
        if (_proxy.GetProxy(address) is { } proxy)
            return IsSame(proxy.IdnHost, context.DnsEndPoint.Host) && proxy.Port == context.DnsEndPoint.Port;
        return IsOwn(address);
    }

    // All names of this machine are one host.
    private bool IsOwn(Uri address) =>
        baseUrl is not null
        && (IsSame(Networks.HostOf(address), Networks.HostOf(baseUrl)) || (BaseAddress.IsThisMachine(address) && BaseAddress.IsThisMachine(baseUrl)));

    private static bool IsSame(string left, string right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);
}
