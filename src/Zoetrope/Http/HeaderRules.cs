using Zoetrope.Errors;

namespace Zoetrope.Http;

/// <summary>What may be sent as a header.</summary>
internal static class HeaderRules
{
    private static readonly string[] Keys = ["Authorization", "X-API-Key"];
    private static readonly string[] Framing =
        ["Host", "Content-Length", "Content-Type", "Transfer-Encoding", "Connection", "Cookie", "Expect", "Proxy-Authorization"];
    private static readonly string[] SecretWords = ["key", "token", "secret", "auth", "cookie", "password", "credential", "session", "signature"];

    /// <summary>Whether a value has only characters that a header can hold: no line breaks, nothing outside ASCII.</summary>
    public static bool IsValidValue(string value)
    {
        foreach (var unit in value)
        {
            if (unit is (< ' ' and not '\t') or > '~')
                return false;
        }
        return true;
    }

    /// <summary>Refuses headers that would smuggle others in, replace the key or frame the message.</summary>
    /// <param name="name">The name.</param>
    /// <param name="value">The value.</param>
    /// <param name="authName">The header that carries the client's key; null where none does.</param>
    /// <param name="mayBeKey">Whether it may be one that usually carries keys: documents have such headers beside the client's key, and instead of it.</param>
    /// <exception cref="TransportException">The header is refused (<see cref="TransportFailure.Refused"/>).</exception>
    public static void Check(string name, string? value, string? authName, bool mayBeKey)
    {
        if (!IsToken(name))
            throw Refused("A header's name holds characters that cannot be in one.");
        if (value is null || !IsValidValue(value))
            throw Refused($"The value of header '{name}' holds characters that cannot be in a header, such as a line break.");
        if (string.Equals(name, authName, StringComparison.OrdinalIgnoreCase))
            throw Refused($"The header '{name}' carries the key and cannot be set.");
        if (Holds(Framing, name) || (!mayBeKey && Holds(Keys, name)))
            throw Refused($"The header '{name}' cannot be set.");
    }

    /// <summary>Whether a header's name says that it may hold a secret.</summary>
    public static bool MayHoldSecret(string name)
    {
        // A key that only makes requests repeatable is none of a lock.
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
