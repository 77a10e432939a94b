using Zoetrope.Http;
using Zoetrope.Validation;

namespace Zoetrope.Operations;

/// <summary>The options of a client of a whole API. They are read when the client is created and when it calls; change them only before.</summary>
public sealed class ApiClientOptions : ClientOptions
{
    /// <summary>Initializes a new instance of the <see cref="ApiClientOptions"/> class.</summary>
    public ApiClientOptions()
    {
    }

    internal ApiClientOptions(string apiKey) => ApiKey = RequireKey(apiKey);

    /// <summary>The key. Null uses the API's environment variable, or those of its parts, where there are any.</summary>
    public string? ApiKey { get; set; }

    /// <summary>
    /// The location of the key; null, the default, uses the one in the API's specification. Set it if the specification has none, or a wrong one.
    /// </summary>
    public ApiKeyLocation? ApiKeyLocation { get; set; }

    /// <summary>
    /// The deadline of each attempt of a call, from the first byte sent to the last byte received; 100 seconds by default. While a file is sent, it restarts
    /// with each chunk. For a streamed response, it is the deadline of the headers, and then of each read.
    /// </summary>
    public TimeSpan Timeout
    {
        get;
        set => field = OptionChecks.PositiveOrInfinite(value, nameof(Timeout));
    } = TimeSpan.FromSeconds(100);

    /// <summary>
    /// The maximum number of times a call is sent; 3 by default. It is sent again only after a definite rejection: no connection was made, or the
    /// response was 429.
    /// </summary>
    public int Attempts
    {
        get;
        set => field = OptionChecks.AtLeastOne(value, nameof(Attempts));
    } = 3;

    /// <summary>
    /// The headers of all calls. The header that carries <see cref="ApiKey"/>, and those that frame the message, such as <c>Host</c>, are refused.
    /// </summary>
    public IDictionary<string, string> Headers { get; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);

    internal string? ResolveKey(ApiDefinition definition)
    {
        var key = definition.ApiKeyVariable is { } variable ? FindKey(ApiKey, variable) : FindKey(ApiKey);
        if (key is not null || definition.ApiKeyPartVariables.Count == 0)
            return key;
        var parts = definition.ApiKeyPartVariables.Select(part => FindKey(null, part)).ToList();
        return parts.TrueForAll(static part => part is not null) ? string.Join(':', parts) : null;
    }
}
