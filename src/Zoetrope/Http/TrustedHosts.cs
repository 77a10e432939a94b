namespace Zoetrope.Http;

/// <summary>The addresses that a key may be sent to: the provider's hosts over https, and the origins that the user set.</summary>
public sealed class TrustedHosts
{
    private readonly string[] _hosts;
    private readonly Uri[] _origins;

    // Each beginning of an address is followed by that of its backup.
    private string[] _backups = [];

    // The beginning of the address that was found last: nearly all have the same.
    private volatile string? _known;

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
    public TrustedHosts WithOrigin(Uri? origin) => origin is null ? this : new(_hosts, [.. _origins, origin]) { _backups = _backups };

    /// <summary>
    /// Returns a copy with a backup of a host: requests for exactly this host over https, with their key, go to the backup once if no connection to the host
    /// was made (its name was not resolved, the connection was refused, or connecting took too long), so that nothing can have been sent. Requests for the
    /// backup itself are not trusted.
    /// </summary>
    /// <param name="host">The host, without its subdomains.</param>
    /// <param name="backup">Its backup.</param>
    public TrustedHosts WithBackup(string host, string backup) => new(_hosts, _origins) { _backups = [.. _backups, $"https://{host}/", $"https://{backup}/"] };

    /// <summary>Whether the key may be sent to this address.</summary>
    public bool Contains(Uri address)
    {
        // What begins like this has the same scheme, host and port, and no user: the slash ends them.
        if (_known is { } known && address.OriginalString.StartsWith(known, StringComparison.Ordinal))
            return true;
        if (!IsTrusted(address))
            return false;
        var beginning = $"{address.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped)}/";
        // An address that is spelled otherwise may say more, such as the scope of an IPv6 address.
        if (address.OriginalString.StartsWith(beginning, StringComparison.Ordinal))
            _known = beginning;
        return true;
    }

    private bool IsTrusted(Uri address)
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

    /// <summary>The same address at the backup of its host; null where there is none.</summary>
    internal Uri? BackupOf(Uri address)
    {
        for (var i = 0; i < _backups.Length; i += 2)
        {
            // The host is in lower case here, and the default port is left out.
            if (address.AbsoluteUri.StartsWith(_backups[i], StringComparison.Ordinal))
                return new Uri(_backups[i + 1] + address.AbsoluteUri[_backups[i].Length..]);
        }
        return null;
    }

    internal static bool SameOrigin(Uri left, Uri right) =>
        left.Scheme == right.Scheme && left.Port == right.Port && string.Equals(left.IdnHost, right.IdnHost, StringComparison.OrdinalIgnoreCase);

    internal static bool IsHostOrBelow(string name, string host) =>
        name.EndsWith(host, StringComparison.OrdinalIgnoreCase)
        && (name.Length == host.Length || name[name.Length - host.Length - 1] == '.');
}
