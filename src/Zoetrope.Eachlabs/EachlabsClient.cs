using System.Runtime.CompilerServices;
using Zoetrope.Clients;
using Zoetrope.Errors;
using Zoetrope.Http;
using Zoetrope.Providers;

namespace Zoetrope.Eachlabs;

/// <summary>
/// The client of Eachlabs. It waits where needed to stay within the limits that Eachlabs documents; see <see cref="MediaClientOptions.Limits"/>.
/// </summary>
public class EachlabsClient : MediaClient
{
    private const string Host = "eachlabs.ai";

    /// <summary>Initializes a new instance with the key from the environment (<c>EACHLABS_API_KEY</c>) and the default options.</summary>
    /// <exception cref="MissingKeyException">No key is in the environment.</exception>
    public EachlabsClient()
        : this((EachlabsClientOptions?)null)
    {
    }

    /// <summary>Initializes a new instance with a key and the default options.</summary>
    /// <param name="apiKey">The key.</param>
    /// <exception cref="ArgumentException">The key is empty or not valid in a header.</exception>
    public EachlabsClient(string apiKey)
        : this(new EachlabsClientOptions(apiKey))
    {
    }

    /// <summary>Initializes a new instance with options.</summary>
    /// <param name="options">The options; null uses the defaults and the key from the environment.</param>
    /// <exception cref="MissingKeyException">No key is set.</exception>
    /// <exception cref="ArgumentException">The base URL is not an absolute http or https URL, or the key is not valid in a header.</exception>
    [OverloadResolutionPriority(1)]
    public EachlabsClient(EachlabsClientOptions? options)
        : base(CreateProtocol(options ??= new EachlabsClientOptions()), options)
    {
    }

    /// <summary>For tests: makes a client whose jobs a protocol of your own plays. It needs no key, sends nothing, and keeps no limits.</summary>
    /// <param name="protocol">The protocol; its name must be <c>eachlabs</c> for the models of Eachlabs. It is disposed with the client when it can be.</param>
    /// <param name="options">The options; null takes the defaults without <see cref="MediaClientOptions.Limits"/>.</param>
    protected EachlabsClient(JobProtocol protocol, EachlabsClientOptions? options = null)
        : base(protocol, options ?? new EachlabsClientOptions { Limits = null })
    {
    }

    /// <summary>The files of the account: uploads and deletes them.</summary>
    /// <exception cref="InvalidOperationException">The client was made with a protocol of your own.</exception>
    public EachlabsFiles Files => Protocol is EachlabsProtocol protocol
        ? new(protocol)
        : throw new InvalidOperationException("This client has a protocol of its own, and no connection to Eachlabs that could take files.");

    private static EachlabsProtocol CreateProtocol(EachlabsClientOptions options)
    {
        var baseUrl = BaseAddress.Check(options.BaseUrl, nameof(options.BaseUrl), Host) ?? new Uri($"https://api.{Host}");
        var transport = new Transport(EachlabsProtocol.ProviderName, options, new EachlabsErrorReader(), new TrustedHosts($"api.{Host}"), options.ResolveKey());
        return new EachlabsProtocol(transport, baseUrl);
    }
}
