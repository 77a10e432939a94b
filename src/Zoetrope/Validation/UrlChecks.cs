using System.Globalization;
using System.Net;

namespace Zoetrope.Validation;

/// <summary>The forms of URL that a provider takes for a file input, as flags.</summary>
[Flags]
public enum UrlForms
{
    /// <summary>An https URL of a public host.</summary>
    PublicHttps = 1,

    /// <summary>An http URL of a public host.</summary>
    PublicHttp = 2,

    /// <summary>A URL of this machine or of a private network.</summary>
    Local = 4,

    /// <summary>A <c>data:</c> URI.</summary>
    Data = 8,

    /// <summary>Any http or https URL, or a <c>data:</c> URI.</summary>
    Any = PublicHttps | PublicHttp | Local | Data,
}

/// <summary>Tells the forms of URLs apart.</summary>
internal static class UrlChecks
{
    /// <summary>Says what is wrong with a URL, or null when it is of one of the forms.</summary>
    public static string? Problem(string value, UrlForms forms)
    {
        if (value.StartsWith("data:", StringComparison.OrdinalIgnoreCase))
            return (forms & UrlForms.Data) != 0 ? null : "a data URI";
        if (PlainPublicForm(value) is { } form)
            return (forms & form) != 0 ? null : form == UrlForms.PublicHttp ? "an http URL" : "an https URL";
        if (!Uri.TryCreate(value, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https"))
            return "no http URL";
        if (uri.UserInfo.Length > 0)
            return "a URL with a password";
        if (IsLocal(uri))
            return (forms & UrlForms.Local) != 0 ? null : "a URL of a local host";
        if (uri.Scheme == "http")
            return (forms & UrlForms.PublicHttp) != 0 ? null : "an http URL";
        return (forms & UrlForms.PublicHttps) != 0 ? null : "an https URL";
    }

    public static string Describe(UrlForms forms)
    {
        var url = (forms & UrlForms.PublicHttp) != 0 ? "an http or https URL" : "a publicly reachable https URL";
        return (forms & UrlForms.Data) != 0 ? url + " or a data URI" : url;
    }

    /// <summary>
    /// The form of a URL that is plain enough to be judged without making a <see cref="Uri"/>, which would allocate: ASCII, a host of letters, digits, hyphens
    /// and dots under a public domain, at most a port. Null for every other, which says nothing about it.
    /// </summary>
    private static UrlForms? PlainPublicForm(ReadOnlySpan<char> value)
    {
        var form = value.StartsWith("https://", StringComparison.Ordinal) ? UrlForms.PublicHttps : UrlForms.PublicHttp;
        if (form == UrlForms.PublicHttp && !value.StartsWith("http://", StringComparison.Ordinal))
            return null;
        value = value[(form == UrlForms.PublicHttps ? 8 : 7)..];
        foreach (var character in value)
        {
            if (character is < '!' or > '~' or '\\')
                return null;
        }
        var end = value.IndexOfAny('/', '?', '#');
        var host = end < 0 ? value : value[..end];
        var colon = host.IndexOf(':');
        if (colon >= 0)
        {
            if (!ushort.TryParse(host[(colon + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out _))
                return null;
            host = host[..colon];
        }
        return IsPlainPublicHost(host) ? form : null;
    }

    private static bool IsPlainPublicHost(ReadOnlySpan<char> host)
    {
        var dot = host.LastIndexOf('.');
        if (dot <= 0 || dot == host.Length - 1 || host.Length > 253 || !char.IsAsciiLetter(host[dot + 1]))
            return false;
        var previous = '.';
        foreach (var character in host)
        {
            if (character == '.' ? previous == '.' : !char.IsAsciiLetterOrDigit(character) && character != '-')
                return false;
            previous = character;
        }
        return !IsLocalDomain(host);
    }

    private static bool IsLocalDomain(ReadOnlySpan<char> host) =>
        host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase)
        || host.EndsWith(".local", StringComparison.OrdinalIgnoreCase)
        || host.EndsWith(".internal", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether a URL names this machine, a private network or a name without a public domain.</summary>
    public static bool IsLocal(Uri uri)
    {
        var host = uri.IdnHost.TrimEnd('.');
        if (IPAddress.TryParse(host, out var address))
            return IsLocal(address);
        return !host.Contains('.') || IsLocalDomain(host);
    }

    internal static bool IsLocal(IPAddress address)
    {
        if (IPAddress.IsLoopback(address))
            return true;
        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out var length);
        if (length == 4)
            return IsLocal(bytes[..4]);
        // IPv4 addresses inside IPv6 ones: mapped (::ffff:0:0/96), compatible (::/96), and of NAT64 (64:ff9b::/96).
        if (address.IsIPv4MappedToIPv6 || bytes[..12].IndexOfAnyExcept((byte)0) < 0 || bytes[..12].SequenceEqual((ReadOnlySpan<byte>)[0, 0x64, 0xFF, 0x9B, 0, 0, 0, 0, 0, 0, 0, 0]))
            return IsLocal(bytes[12..]);
        return address.IsIPv6LinkLocal || address.IsIPv6SiteLocal || address.IsIPv6UniqueLocal || address.IsIPv6Multicast;
    }

    private static bool IsLocal(ReadOnlySpan<byte> bytes) => bytes[0] switch
    {
        0 or 10 or 127 => true,
        100 => bytes[1] is >= 64 and < 128,
        169 => bytes[1] == 254,
        172 => bytes[1] is >= 16 and < 32,
        192 => bytes[1] == 168 || (bytes[1] == 0 && bytes[2] == 0),
        198 => bytes[1] is 18 or 19,
        >= 224 => true,
        _ => false,
    };
}
