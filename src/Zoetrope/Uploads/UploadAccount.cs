using System.Security.Cryptography;
using System.Text;
using Zoetrope.Http;

namespace Zoetrope.Uploads;

/// <summary>Names of accounts: what requests of one refer to a file by means nothing to another, or at another server.</summary>
public static class UploadAccount
{
    private const int Digits = 16;

    /// <summary>The name of a client's account: the server, and a fingerprint of the key, from which the key cannot be computed.</summary>
    /// <param name="transport">The client's transport.</param>
    /// <param name="server">The address that files are uploaded to.</param>
    public static string Of(Transport transport, string server)
    {
        ArgumentNullException.ThrowIfNull(transport);
        ArgumentNullException.ThrowIfNull(server);
        return $"{server}#{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(transport.KeyFor(new Uri(server)).Value ?? "")))[..Digits]}";
    }
}
