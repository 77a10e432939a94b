using System.Runtime.CompilerServices;
using Zoetrope.Clients;
using Zoetrope.Errors;
using Zoetrope.Http;

namespace Zoetrope.Eachlabs;

/// <summary>The client of Eachlabs. It keeps the limits that Eachlabs documents by waiting; see <see cref="MediaClientOptions.Limits"/>.</summary>
public class EachlabsClient : MediaClient
{
    private const string Host = "eachlabs.ai";

    /// <summary>Makes a client with the key from the environment (<c>EACHLABS_API_KEY</c>) and the defaults.</summary>
    /// <exception cref="MissingKeyException">There is no key in the environment.</exception>
    public EachlabsClient()
        : this((EachlabsClientOptions?)null)
    {
    }

    /// <summary>Makes a client with the defaults.</summary>
    /// <param name="apiKey">The key.</param>
    /// <exception cref="ArgumentException">The key is empty or cannot be in a header.</exception>
    public EachlabsClient(string apiKey)
        : this(new EachlabsClientOptions { ApiKey = NotEmpty(apiKey) })
    {
    }

    /// <summary>Makes a client.</summary>
    /// <param name="options">The options; null takes the defaults and the key from the environment.</param>
    /// <exception cref="MissingKeyException">There is no key.</exception>
    /// <exception cref="ArgumentException">The base URL is not an absolute http or https URL, or the key cannot be in a header.</exception>
    [OverloadResolutionPriority(1)]
    public EachlabsClient(EachlabsClientOptions? options)
        : base(CreateProtocol(options ??= new EachlabsClientOptions()), options)
    {
    }

    private static EachlabsProtocol CreateProtocol(EachlabsClientOptions options)
    {
        var baseUrl = BaseAddress.Check(options.BaseUrl, nameof(options.BaseUrl), Host) ?? new Uri($"https://api.{Host}");
        var transport = new Transport(EachlabsProtocol.ProviderName, options, new EachlabsErrorReader(), new TrustedHosts($"api.{Host}"), options.ResolveKey());
        return new EachlabsProtocol(transport, baseUrl);
    }

    private static string NotEmpty(string apiKey)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(apiKey);
        return apiKey;
    }
}
