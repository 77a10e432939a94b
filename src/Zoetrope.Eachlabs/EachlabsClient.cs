using Zoetrope.Protocol;

namespace Zoetrope.Eachlabs;

/// <summary>The client of Eachlabs. It keeps the limits that Eachlabs documents by waiting; see <see cref="MediaClientOptions.Limits"/>.</summary>
public sealed class EachlabsClient : MediaClient
{
    private const string Host = "eachlabs.ai";

    /// <summary>Makes a client.</summary>
    /// <param name="options">How it talks to Eachlabs; null takes the defaults and the key from the environment.</param>
    /// <exception cref="MissingKeyException">There is no key.</exception>
    /// <exception cref="ArgumentException">The base URL is not an absolute http or https URL, or the key cannot be in a header.</exception>
    public EachlabsClient(EachlabsClientOptions? options = null)
        : base(CreateProtocol(options ??= new EachlabsClientOptions()), options)
    {
    }

    private static EachlabsProtocol CreateProtocol(EachlabsClientOptions options)
    {
        var baseUrl = BaseAddress.Check(options.BaseUrl, nameof(options.BaseUrl), Host) ?? new Uri($"https://api.{Host}");
        var transport = new Transport(EachlabsProtocol.ProviderName, options, new EachlabsErrorReader(), new TrustedHosts($"api.{Host}"), options.ResolveKey());
        return new EachlabsProtocol(transport, baseUrl);
    }
}
