namespace Zoetrope.Simulator.Http;

/// <summary>Reads the key of a request.</summary>
internal static class Credentials
{
    /// <summary>The key that every provider rejects.</summary>
    public const string Bad = "bad-key";

    /// <summary>The key of an <c>Authorization</c> header with one of the schemes; null when there is none.</summary>
    public static string? Of(string? header, params ReadOnlySpan<string> schemes)
    {
        var space = header?.IndexOf(' ') ?? -1;
        if (header is null || space <= 0)
            return null;
        var key = header[(space + 1)..].Trim();
        foreach (var scheme in schemes)
        {
            if (key.Length > 0 && header.AsSpan(0, space).Equals(scheme, StringComparison.OrdinalIgnoreCase))
                return key;
        }
        return null;
    }
}
