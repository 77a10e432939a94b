namespace Zoetrope.Protocol;

/// <summary>What may be sent as a header.</summary>
internal static class HeaderRules
{
    private static readonly string[] Reserved =
        ["Authorization", "Proxy-Authorization", "X-API-Key", "Host", "Content-Length", "Content-Type", "Transfer-Encoding", "Connection", "Cookie"];

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
    /// <exception cref="TransportException">The header is refused (<see cref="TransportFailure.Refused"/>).</exception>
    public static void Check(string name, string? value, string authName)
    {
        if (!IsToken(name))
            throw Refused("A header's name holds characters that cannot be in one.");
        if (value is null || !IsValidValue(value))
            throw Refused($"The value of header '{name}' holds characters that cannot be in a header, such as a line break.");
        if (string.Equals(name, authName, StringComparison.OrdinalIgnoreCase))
            throw Refused($"The header '{name}' carries the key and cannot be set.");
        foreach (var reserved in Reserved)
        {
            if (string.Equals(name, reserved, StringComparison.OrdinalIgnoreCase))
                throw Refused($"The header '{name}' cannot be set.");
        }
    }

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
