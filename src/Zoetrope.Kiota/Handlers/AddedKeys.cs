using System.Net.Http.Headers;
using Zoetrope.Http;

namespace Zoetrope.Kiota.Handlers;

/// <summary>
/// Finds the keys that Kiota has added to a request, so that the client removes them from what it shows. Other values that it adds, such as the name of a
/// project or a version, are kept, because results may contain them.
/// </summary>
internal static class AddedKeys
{
    /// <summary>Finds them in the headers and the address of what was sent, by their names.</summary>
    /// <param name="options">The options of the client.</param>
    /// <param name="taken">What was removed from the request; null where it had no key.</param>
    /// <param name="headers">The headers that were sent.</param>
    /// <param name="address">The address that it was sent to.</param>
    /// <param name="before">The address before.</param>
    public static void Redact(ClientOptions options, OwnKey.Taken? taken, HttpRequestHeaders headers, Uri? address, Uri before)
    {
        var sent = headers.NonValidated.Select(static header => (header.Key, header.Value.ToString()));
        Redact(options, taken, [.. sent, .. ParametersOf(address, before)], hasKey: false);
    }

    /// <summary>Finds them among what an authentication provider has added.</summary>
    /// <param name="options">The options of the client.</param>
    /// <param name="taken">What was removed from the request; null where it had no key.</param>
    /// <param name="added">The names and values of headers and parameters.</param>
    /// <param name="hasKey">Whether there is a key among them, so that each counts as one where the name of none indicates it.</param>
    public static void Redact(ClientOptions options, OwnKey.Taken? taken, List<(string Name, string Value)> added, bool hasKey)
    {
        var isEach = hasKey && !added.Exists(one => MayBeKey(one.Name, taken));
        foreach (var (name, value) in added)
        {
            if ((isEach || MayBeKey(name, taken)) && !string.IsNullOrWhiteSpace(value))
                options.Redact(value);
        }
    }

    /// <summary>The parameters that an address has and had not before.</summary>
    public static IEnumerable<(string Name, string Value)> ParametersOf(Uri? address, Uri before)
    {
        if (address is null || address == before)
            yield break;
        foreach (var parameter in address.Query.TrimStart('?').Split('&').Except(before.Query.TrimStart('?').Split('&')))
        {
            var end = parameter.IndexOf('=', StringComparison.Ordinal);
            yield return (Uri.UnescapeDataString(parameter[..Math.Max(end, 0)]), Uri.UnescapeDataString(parameter[(end + 1)..]));
        }
    }

    private static bool MayBeKey(string name, OwnKey.Taken? taken) =>
        HeaderRules.MayHoldSecret(name) || string.Equals(name, taken?.KeyName, StringComparison.OrdinalIgnoreCase);
}
