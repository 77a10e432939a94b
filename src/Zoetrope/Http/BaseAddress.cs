using System.Net;
using Zoetrope.Validation;

namespace Zoetrope.Http;

/// <summary>Validates addresses that users set.</summary>
public static class BaseAddress
{
    /// <summary>Returns the address if it is valid; null stays null.</summary>
    /// <param name="address">The address.</param>
    /// <param name="name">The option's name, for messages.</param>
    /// <param name="host">The provider's own domain, which is never accessed over http; null where there is none.</param>
    /// <exception cref="ArgumentException">The address is not an absolute http or https URL, or is the provider's own over http.</exception>
    public static Uri? Check(Uri? address, string name, string? host)
    {
        if (address is null)
            return null;
        if (!address.IsAbsoluteUri || address.Scheme is not ("http" or "https"))
            throw new ArgumentException($"{name} must be an absolute http or https URL, not '{address}'.", name);
        if (address.UserInfo.Length > 0 || address.Query.Length > 0 || address.Fragment.Length > 0)
            throw new ArgumentException($"{name} must not have a password, query or fragment.", name);
        if (host is not null && address.Scheme == Uri.UriSchemeHttp && TrustedHosts.IsHostOrBelow(Networks.HostOf(address), host))
            throw new ArgumentException($"{name} is the provider's own address over http, which would expose the key to the network; use https.", name);
        return address;
    }

    /// <summary>Whether an address refers to this machine.</summary>
    public static bool IsThisMachine(Uri address)
    {
        var host = Networks.HostOf(address);
        return address.IsLoopback
            || host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
            || host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase)
            || (IPAddress.TryParse(host, out var ip) && (IPAddress.IsLoopback(ip) || ip.Equals(IPAddress.Any) || ip.Equals(IPAddress.IPv6Any)));
    }

    /// <summary>
    /// The address in an environment variable, such as <c>FAL_BASE_URL</c>, which lets a program run against a simulator unchanged; null where the variable is
    /// not set or empty. Because the override is not visible in code, http is allowed only on this machine.
    /// </summary>
    /// <param name="variable">The name of the variable.</param>
    /// <exception cref="ArgumentException">The value is not an absolute https URL, or an http URL of this machine.</exception>
    public static Uri? FromEnvironment(string variable)
    {
        if (Environment.GetEnvironmentVariable(variable) is not { } text || string.IsNullOrWhiteSpace(text))
            return null;
        if (Uri.TryCreate(text.Trim(), UriKind.Absolute, out var address)
            && (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && IsThisMachine(address))))
            return address;
        throw new ArgumentException(
            $"The environment variable {variable} must be an absolute https URL, or an http URL of this machine, not '{text}'.",
            variable);
    }

    /// <summary>Returns the address without a trailing slash, so that paths can be appended.</summary>
    public static string RootOf(Uri address)
    {
        ArgumentNullException.ThrowIfNull(address);
        return address.GetLeftPart(UriPartial.Path).TrimEnd('/');
    }
}
