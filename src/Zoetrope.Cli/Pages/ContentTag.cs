using System.Security.Cryptography;

namespace Zoetrope.Cli.Pages;

/// <summary>The tag by which a page recognizes that it has a content already.</summary>
internal static class ContentTag
{
    /// <summary>The tag of a content.</summary>
    public static string Of(ReadOnlySpan<byte> content) => $"\"{Convert.ToHexStringLower(SHA256.HashData(content).AsSpan(0, 12))}\"";
}
