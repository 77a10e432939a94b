namespace Zoetrope.Cli.Mcp.Serving;

/// <summary>Versions of the protocol, which are dates.</summary>
internal static class ProtocolVersions
{
    // The first in which each request says who asks, and in which tasks are an extension.
    private const string First = "2026-07-28";

    /// <summary>Whether requests of a version have their own metadata, and headers that repeat what they name.</summary>
    public static bool HasRequestMetadata(string? version) => string.CompareOrdinal(version, First) >= 0;
}
