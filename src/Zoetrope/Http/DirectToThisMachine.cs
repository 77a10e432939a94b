using System.Net;

namespace Zoetrope.Http;

/// <summary>
/// The environment's proxy, except for addresses of this machine: such requests would expose the key and the prompts to the proxy, which cannot even reach
/// the addresses.
/// </summary>
internal sealed class DirectToThisMachine : IWebProxy
{
    /// <summary>The credentials of the environment's proxy.</summary>
    public ICredentials? Credentials
    {
        get => HttpClient.DefaultProxy.Credentials;
        set => throw new NotSupportedException("The credentials of the environment's proxy cannot be changed here; set them in the environment.");
    }

    public Uri? GetProxy(Uri destination) => BaseAddress.IsThisMachine(destination) ? null : HttpClient.DefaultProxy.GetProxy(destination);

    public bool IsBypassed(Uri host) => BaseAddress.IsThisMachine(host) || HttpClient.DefaultProxy.IsBypassed(host);
}
