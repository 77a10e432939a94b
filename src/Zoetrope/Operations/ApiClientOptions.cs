using Zoetrope.Http;
using Zoetrope.Validation;

namespace Zoetrope.Operations;

/// <summary>How a client of a whole API talks to it. It is read when the client is made and when it calls; change it only before.</summary>
public sealed class ApiClientOptions : ClientOptions
{
    /// <summary>The key. Null takes it from the API's environment variable, where there is one.</summary>
    public string? ApiKey { get; set; }

    /// <summary>Where the key goes; null, the default, takes the place that the API's document says. For documents that say none, or a wrong one.</summary>
    public ApiKeyLocation? ApiKeyLocation { get; set; }

    /// <summary>
    /// The deadline of each attempt of a call, from its first byte to the last of the answer; 100 seconds by default. While a file is sent it starts anew with
    /// each piece. Of an answer that is streamed it is the deadline of the head, and then of each read.
    /// </summary>
    public TimeSpan Timeout
    {
        get;
        set => field = OptionChecks.PositiveOrInfinite(value, nameof(Timeout));
    } = TimeSpan.FromSeconds(100);

    /// <summary>
    /// How many times a call is sent at most; 3 by default. It is sent again only when it surely was not accepted before: no connection was made, or the
    /// answer was 429.
    /// </summary>
    public int Attempts
    {
        get;
        set => field = OptionChecks.AtLeastOne(value, nameof(Attempts));
    } = 3;

    /// <summary>Headers that are sent with each call. The one that carries <see cref="ApiKey"/>, and those that frame the message, such as <c>Host</c>, are refused.</summary>
    public IDictionary<string, string> Headers { get; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
}
