using System.Net;

namespace Zoetrope.Validation;

/// <summary>
/// Tells addresses of this machine and of private networks from those of the internet. What is not assigned to public use counts as private: nobody has a
/// business there, and what will be assigned some day is not there today.
/// </summary>
internal static class Networks
{
    /// <summary>The host's name as it is looked up: in ASCII, without the full stops that mark it as complete.</summary>
    public static string HostOf(Uri address) => address.IdnHost.TrimEnd('.');

    // A domain that only a private network has, or that is kept from ever being public (RFC 2606, 6761, 6762 appendix G, 8375, and ICANN's .internal).
    private static readonly string[] LocalDomains =
        ["localhost", "local", "internal", "localdomain", "lan", "intranet", "private", "corp", "home", "home.arpa"];

    /// <summary>Whether a host's name, without full stops behind it, is one without a public domain.</summary>
    public static bool IsLocalName(ReadOnlySpan<char> host) => !host.Contains('.') || IsLocalDomain(host);

    /// <summary>Whether a host's name ends in a domain that is none of the internet's.</summary>
    public static bool IsLocalDomain(ReadOnlySpan<char> host)
    {
        foreach (var domain in LocalDomains)
        {
            if (host.Length > domain.Length && host[^(domain.Length + 1)] == '.' && host.EndsWith(domain, StringComparison.OrdinalIgnoreCase))
                return true;
        }
        return false;
    }

    /// <summary>Whether an address is one of this machine, of a private network, of a cloud's own services, or of no public use.</summary>
    public static bool IsLocal(IPAddress address)
    {
        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out var length);
        return length == 4 ? IsLocalV4(bytes[..4]) : IsLocalV6(bytes);
    }

    private static bool IsLocalV4(ReadOnlySpan<byte> bytes) => bytes[0] switch
    {
        0 or 10 or 127 => true,
        // Shared by the customers of a provider; some clouds have their metadata there.
        100 => bytes[1] is >= 64 and < 128,
        // Azure's own services, from inside each machine.
        168 => bytes is [_, 63, 129, 16],
        169 => bytes[1] == 254,
        172 => bytes[1] is >= 16 and < 32,
        192 => bytes[1] == 168 || (bytes[1] == 0 && bytes[2] is 0 or 2) || (bytes[1] == 88 && bytes[2] == 99),
        198 => bytes[1] is 18 or 19 || (bytes[1] == 51 && bytes[2] == 100),
        203 => bytes[1] == 0 && bytes[2] == 113,
        >= 224 => true,
        _ => false,
    };

    private static bool IsLocalV6(ReadOnlySpan<byte> bytes)
    {
        // IPv4 inside: compatible and mapped, translated (::ffff:0:0:0/96), and of NAT64.
        if (IsZero(bytes[..8]) && (IsZero(bytes[8..12]) || bytes[8..12] is [0, 0, 0xFF, 0xFF] or [0xFF, 0xFF, 0, 0]))
            return IsLocalV4(bytes[12..]);
        if (bytes is [0, 0x64, 0xFF, 0x9B, ..] && IsZero(bytes[4..12]))
            return IsLocalV4(bytes[12..]);
        // Of the rest only 2000::/3 is public, without what is documentation, tests, and Teredo, which leads to whatever address its other end says.
        if (bytes[0] >> 5 != 1)
            return true;
        return bytes switch
        {
            // Teredo, benchmarks and all else of 2001::/23, which is of protocols.
            [0x20, 0x01, < 0x02, ..] => true,
            [0x20, 0x01, 0x0D, 0xB8, ..] => true,
            [0x3F, 0xFF, < 0x10, ..] => true,
            // 6to4.
            [0x20, 0x02, ..] => IsLocalV4(bytes[2..6]),
            // ISATAP.
            [_, _, _, _, _, _, _, _, 0 or 2, 0, 0x5E, 0xFE, ..] => IsLocalV4(bytes[12..]),
            _ => false,
        };
    }

    private static bool IsZero(ReadOnlySpan<byte> bytes) => bytes.IndexOfAnyExcept((byte)0) < 0;
}
