using Zoetrope.Http;
using Zoetrope.Providers;

namespace Zoetrope.Operations;

/// <summary>
/// The base class of generated clients of whole APIs. Instances are thread-safe and intended to be long-lived. A call is validated first, and repeated only
/// after a definite rejection; the key is sent only to the API's own servers over https, and to the base URL that the user set.
/// </summary>
public abstract partial class ApiClient : IDisposable
{
    private readonly ApiDefinition _definition;
    private readonly ApiClientOptions _options;
    private readonly string? _key;
    private readonly ApiKeyLocation? _keyLocation;
    private readonly Uri? _baseUrl;

    // The beginning of addresses; null where the specification names no server, and the user none.
    private readonly string? _root;
    private readonly HttpExchange _wire;

    /// <summary>Initializes a new instance of the <see cref="ApiClient"/> class.</summary>
    /// <param name="definition">The definition of the API.</param>
    /// <param name="options">The options; null uses the defaults and the key from the environment.</param>
    /// <exception cref="ArgumentException">The base URL is not an absolute http or https URL, or the key is not valid in a header.</exception>
    protected ApiClient(ApiDefinition definition, ApiClientOptions? options)
    {
        ArgumentNullException.ThrowIfNull(definition);
        _definition = definition;
        _options = options ?? new ApiClientOptions();
        _keyLocation = _options.ApiKeyLocation ?? definition.ApiKeyLocation;
        _key = _keyLocation is null ? null : _options.ResolveKey(definition);
        var server = definition.Server is null ? null : new Uri(definition.Server);
        var isSecure = server is { Scheme: "https" };
        _baseUrl = BaseAddress.Check(_options.BaseUrl, nameof(ApiClientOptions.BaseUrl), isSecure ? server!.IdnHost : null) ?? definition.BaseUrl;
        _root = _baseUrl is { } own ? BaseAddress.RootOf(own) : definition.Server?.TrimEnd('/');
        var header = _key is null ? null : _keyLocation?.HeaderValue(_key);
        _wire = new HttpExchange(
            definition.Name,
            _options,
            new CommonErrorReader(),
            Trusted(definition, isSecure ? server : null).WithOrigin(_baseUrl),
            header is null ? default : new AuthHeader(_keyLocation!.Value.Name, header),
            new KeyRedactor(header, _key, _key is null ? null : Uri.EscapeDataString(_key)),
            ConnectionUse.KeptBriefly);
    }

    /// <summary>Initializes a new instance of the <see cref="ApiClient"/> class with default options.</summary>
    /// <param name="definition">The definition of the API.</param>
    /// <param name="apiKey">The key.</param>
    /// <exception cref="ArgumentException">The key is empty or is not valid in a header.</exception>
    protected ApiClient(ApiDefinition definition, string apiKey)
        : this(definition, new ApiClientOptions(apiKey))
    {
    }

    /// <summary>
    /// Ends the calls and streams of the client, also those over the user's own HTTP client, which goes on. What was sent may have been accepted.
    /// </summary>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Removes the key, or a recognizable part of it, from a text of the service that is to be shown, as it is removed from exceptions.</summary>
    /// <param name="text">The text, such as the value of a header.</param>
    /// <returns>The text without the key; the same where it does not contain the key.</returns>
    protected string WithoutKey(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return _wire.Redactor.Redact(text);
    }

    /// <summary>Releases the connections, unless they belong to the user's own HTTP client.</summary>
    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
            _wire.Dispose();
    }

    private static TrustedHosts Trusted(ApiDefinition definition, Uri? server)
    {
        var trusted = new TrustedHosts([.. definition.Hosts.Where(static host => !IsUrl(host))]).WithOrigin(server);
        foreach (var url in definition.Hosts.Where(IsUrl))
        {
            if (new Uri(url) is { Scheme: "https" } origin)
                trusted = trusted.WithOrigin(origin);
        }
        return trusted;

        static bool IsUrl(string host) => host.Contains("://", StringComparison.Ordinal);
    }
}
