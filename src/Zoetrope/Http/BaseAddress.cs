using System.Net;
using Zoetrope.Validation;

namespace Zoetrope.Http;

/// <summary>Checks the addresses that users set.</summary>
public static class BaseAddress
{
    /// <summary>Gives the address if it can be used; null stays null.</summary>
    /// <param name="address">The address.</param>
    /// <param name="name">The option's name, for messages.</param>
    /// <param name="host">The provider's own domain, which is never spoken to over http; null where there is none.</param>
    /// <exception cref="ArgumentException">It is not an absolute http or https URL, or it is the provider's own over http.</exception>
    public static Uri? Check(Uri? address, string name, string? host)
    {
        if (address is null)
            return null;
        if (!address.IsAbsoluteUri || address.Scheme is not ("http" or "https"))
            throw new ArgumentException($"{name} must be an absolute http or https URL, not '{address}'.", name);
        if (address.UserInfo.Length > 0 || address.Query.Length > 0 || address.Fragment.Length > 0)
            throw new ArgumentException($"{name} must have no password, query or fragment.", name);
        if (host is not null && address.Scheme == Uri.UriSchemeHttp && TrustedHosts.IsHostOrBelow(Networks.HostOf(address), host))
            throw new ArgumentException($"{name} is the provider itself over http, which would show the key to the network; use https.", name);
        return address;
    }

    /// <summary>Whether an address names this machine.</summary>
    internal static bool IsThisMachine(Uri address)
    {
        var host = Networks.HostOf(address);
        return address.IsLoopback
            || host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
            || host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase)
            || (IPAddress.TryParse(host, out var ip) && (IPAddress.IsLoopback(ip) || ip.Equals(IPAddress.Any) || ip.Equals(IPAddress.IPv6Any)));
    }

    /// <summary>
    /// The address in an environment variable, such as <c>FAL_BASE_URL</c>, which lets a program run against a simulator unchanged; null where it is not set or empty. Because code does not show it,
    /// it is http on this machine only.
    /// </summary>
    /// <param name="variable">The name of the variable.</param>
    /// <exception cref="ArgumentException">It is not an absolute https URL, or http URL of this machine.</exception>
    public static Uri? FromEnvironment(string variable)
    {
        if (Environment.GetEnvironmentVariable(variable) is not { } text || string.IsNullOrWhiteSpace(text))
            return null;
        if (Uri.TryCreate(text.Trim(), UriKind.Absolute, out var address) && (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && IsThisMachine(address))))
            return address;
        throw new ArgumentException($"The environment variable {variable} must be an absolute https URL, or an http URL of this machine, not '{text}'.", variable);
    }

    /// <summary>The address without a slash at its end, so that paths can be put behind it.</summary>
    public static string RootOf(Uri address)
    {
        ArgumentNullException.ThrowIfNull(address);
        return address.GetLeftPart(UriPartial.Path).TrimEnd('/');
    }
}
