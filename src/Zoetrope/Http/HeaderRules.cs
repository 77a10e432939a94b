using Zoetrope.Errors;

namespace Zoetrope.Http;

/// <summary>Decides which headers may be sent.</summary>
internal static class HeaderRules
{
    private static readonly string[] Keys = ["Authorization", "X-API-Key"];
    private static readonly string[] Framing =
        ["Host", "Content-Length", "Content-Type", "Transfer-Encoding", "Connection", "Cookie", "Expect", "Proxy-Authorization"];
    private static readonly string[] SecretWords = ["key", "token", "secret", "auth", "cookie", "password", "credential", "session", "signature"];

    /// <summary>Whether a value contains only characters that are valid in a header: no line breaks, nothing outside ASCII.</summary>
    public static bool IsValidValue(string value)
    {
        foreach (var unit in value)
        {
            if (unit is (< ' ' and not '\t') or > '~')
                return false;
        }
        return true;
    }

    /// <summary>Refuses headers that would inject others, replace the key or frame the message.</summary>
    /// <param name="name">The name.</param>
    /// <param name="value">The value.</param>
    /// <param name="authName">The header that carries the client's key; null if none does.</param>
    /// <param name="mayBeKey">Whether it may be one that usually carries keys: specifications declare such headers beside the client's key, or instead.</param>
    /// <exception cref="TransportException">The header is refused (<see cref="TransportFailure.Refused"/>).</exception>
    public static void Check(string name, string? value, string? authName, bool mayBeKey)
    {
        if (!IsToken(name))
            throw Refused("The name of a header contains characters that are not valid there.");
        if (value is null || !IsValidValue(value))
            throw Refused($"The value of header '{name}' contains characters that are not valid in a header, such as a line break.");
        if (string.Equals(name, authName, StringComparison.OrdinalIgnoreCase))
            throw Refused($"The header '{name}' carries the key and cannot be set.");
        if (Holds(Framing, name) || (!mayBeKey && Holds(Keys, name)))
            throw Refused($"The header '{name}' cannot be set.");
    }

    /// <summary>Whether a header's name indicates that it may contain a secret.</summary>
    public static bool MayHoldSecret(string name)
    {
        // An idempotency key is not a secret.
        if (name.EndsWith("Idempotency-Key", StringComparison.OrdinalIgnoreCase))
            return false;
        foreach (var word in SecretWords)
        {
            if (name.Contains(word, StringComparison.OrdinalIgnoreCase))
                return true;
        }
        return false;
    }

    private static bool Holds(string[] names, string name) =>
        Array.Exists(names, known => known.Equals(name, StringComparison.OrdinalIgnoreCase));

    private static bool IsToken(string name)
    {
        foreach (var unit in name)
        {
            if (!char.IsAsciiLetterOrDigit(unit) && !"!#$%&'*+-.^_`|~".Contains(unit))
                return false;
        }
        return name.Length > 0;
    }

    private static TransportException Refused(string message) => new(message + " Nothing was sent.", TransportFailure.Refused);
}
