using System.Net.Http.Headers;
using Zoetrope.Http;

namespace Zoetrope.Kiota.Handlers;

/// <summary>Finds the keys that Kiota has added to a request, so that the client removes them from what it shows.</summary>
internal static class AddedKeys
{
    /// <summary>Finds them in the headers and the address of what was sent.</summary>
    /// <param name="options">The options of the client.</param>
    /// <param name="headers">The headers that were sent.</param>
    /// <param name="address">The address that it was sent to.</param>
    /// <param name="before">The address before.</param>
    public static void Redact(ClientOptions options, HttpRequestHeaders headers, Uri? address, Uri before)
    {
        foreach (var (name, values) in headers.NonValidated)
        {
            if (HeaderRules.MayHoldSecret(name))
                Redact(options, values.ToString());
        }
        if (address is not null && address != before)
            Redact(options, address, before);
    }

    /// <summary>Redacts a value that was added.</summary>
    public static void Redact(ClientOptions options, string value)
    {
        if (!string.IsNullOrWhiteSpace(value))
            options.Redact(value);
    }

    /// <summary>Redacts the values of the parameters that an address has and had not before.</summary>
    public static void Redact(ClientOptions options, Uri address, Uri before)
    {
        var known = before.Query.TrimStart('?').Split('&');
        foreach (var parameter in address.Query.TrimStart('?').Split('&').Except(known))
            Redact(options, Uri.UnescapeDataString(parameter[(parameter.IndexOf('=', StringComparison.Ordinal) + 1)..]));
    }
}
