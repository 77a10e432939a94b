using System.Net;

namespace Zoetrope.Validation;

/// <summary>
/// Distinguishes addresses of this machine and of private networks from public ones. Addresses that are not assigned to public use count as private: no service
/// has a reason to refer to them, and those that may be assigned in future are not in use today.
/// </summary>
internal static class Networks
{
    /// <summary>Returns the host's name as it is resolved: in ASCII, without trailing full stops.</summary>
    public static string HostOf(Uri address) => address.IdnHost.TrimEnd('.');

    /// <summary>Whether a host's name, without trailing full stops, has no public domain.</summary>
    public static bool IsLocalName(ReadOnlySpan<char> host) => !host.Contains('.') || IsLocalDomain(host);

    /// <summary>Whether a host's name ends in a domain that is not public.</summary>
    public static bool IsLocalDomain(ReadOnlySpan<char> host)
    {
        var dot = host.LastIndexOf('.');
        return dot >= 0 && IsLocalDomain(host, host[(dot + 1)..]);
    }

    /// <summary>Whether a host's name ends in a domain that is not public.</summary>
    /// <param name="host">The name, of several labels.</param>
    /// <param name="label">The last of them.</param>
    public static bool IsLocalDomain(ReadOnlySpan<char> host, ReadOnlySpan<char> label)
    {
        // Domains that only private networks have, or that are reserved from public use (RFC 2606, 6761, 6762 appendix G, 8375, and ICANN's .internal).
        const StringComparison IgnoreCase = StringComparison.OrdinalIgnoreCase;
        return label.Length switch
        {
            3 => label.Equals("lan", IgnoreCase),
            4 => label.Equals("corp", IgnoreCase) || label.Equals("home", IgnoreCase) || host.EndsWith(".home.arpa", IgnoreCase),
            5 => label.Equals("local", IgnoreCase),
            7 => label.Equals("private", IgnoreCase),
            8 => label.Equals("internal", IgnoreCase) || label.Equals("intranet", IgnoreCase),
            9 => label.Equals("localhost", IgnoreCase),
            11 => label.Equals("localdomain", IgnoreCase),
            _ => false,
        };
    }

    /// <summary>Whether an address belongs to this machine, a private network, a cloud's own services, or no public use.</summary>
    public static bool IsLocal(IPAddress address)
    {
        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out var length);
        return length == 4 ? IsLocalV4(bytes[..4]) : IsLocalV6(bytes);
    }

    private static bool IsLocalV4(ReadOnlySpan<byte> bytes) => bytes[0] switch
    {
        0 or 10 or 127 => true,
        // Shared by the customers of a provider; some clouds have their metadata service there.
        100 => bytes[1] is >= 64 and < 128,
        // Azure's own services, as seen from each machine.
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
        // Embedded IPv4: compatible and mapped, translated (::ffff:0:0:0/96), and NAT64.
        if (IsZero(bytes[..8]) && (IsZero(bytes[8..12]) || bytes[8..12] is [0, 0, 0xFF, 0xFF] or [0xFF, 0xFF, 0, 0]))
            return IsLocalV4(bytes[12..]);
        if (bytes is [0, 0x64, 0xFF, 0x9B, ..] && IsZero(bytes[4..12]))
            return IsLocalV4(bytes[12..]);
        // Of the rest, only 2000::/3 is public, without documentation, tests, and Teredo, which leads to any address that its other end names.
        if (bytes[0] >> 5 != 1)
            return true;
        return bytes switch
        {
            // Teredo, benchmarks and the rest of 2001::/23, which is for protocols.
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
