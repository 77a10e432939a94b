namespace Zoetrope.Http;

/// <summary>The addresses that a key may be sent to: the provider's hosts over https, and the origins that the user set.</summary>
public sealed class TrustedHosts
{
    private readonly string[] _hosts;
    private readonly Uri[] _origins;

    /// <summary>Trusts hosts and their subdomains, over https on the default port.</summary>
    /// <param name="hosts">Host names, such as <c>fal.run</c>.</param>
    public TrustedHosts(params string[] hosts)
        : this(hosts, [])
    {
    }

    private TrustedHosts(string[] hosts, Uri[] origins)
    {
        _hosts = hosts;
        _origins = origins;
    }

    /// <summary>Returns a copy with one more origin (scheme, host and port), which is matched exactly; null adds none.</summary>
    public TrustedHosts WithOrigin(Uri? origin) => origin is null ? this : new(_hosts, [.. _origins, origin]);

    /// <summary>Whether the key may be sent to this address.</summary>
    public bool Contains(Uri address)
    {
        if (!address.IsAbsoluteUri || address.UserInfo.Length > 0)
            return false;
        foreach (var origin in _origins)
        {
            if (SameOrigin(address, origin))
                return true;
        }
        if (address.Scheme != Uri.UriSchemeHttps || !address.IsDefaultPort)
            return false;
        foreach (var host in _hosts)
        {
            if (IsHostOrBelow(address.IdnHost, host))
                return true;
        }
        return false;
    }

    internal static bool SameOrigin(Uri left, Uri right) =>
        left.Scheme == right.Scheme && left.Port == right.Port && string.Equals(left.IdnHost, right.IdnHost, StringComparison.OrdinalIgnoreCase);

    internal static bool IsHostOrBelow(string name, string host) =>
        name.EndsWith(host, StringComparison.OrdinalIgnoreCase)
        && (name.Length == host.Length || name[name.Length - host.Length - 1] == '.');
}
