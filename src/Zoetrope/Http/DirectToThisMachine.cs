using System.Net;

namespace Zoetrope.Http;

/// <summary>
/// The proxy of the environment, except for addresses of this machine: what goes there would show the key and the prompts to the proxy, which cannot even reach
/// them.
/// </summary>
internal sealed class DirectToThisMachine : IWebProxy
{
    /// <summary>The credentials of the environment's proxy.</summary>
    public ICredentials? Credentials
    {
        get => HttpClient.DefaultProxy.Credentials;
        set => throw new NotSupportedException("The credentials are those of the environment's proxy.");
    }

    public Uri? GetProxy(Uri destination) => BaseAddress.IsThisMachine(destination) ? null : HttpClient.DefaultProxy.GetProxy(destination);

    public bool IsBypassed(Uri host) => BaseAddress.IsThisMachine(host) || HttpClient.DefaultProxy.IsBypassed(host);
}
