using System.Text;
using Zoetrope.Http;
using Zoetrope.Operations;

namespace Zoetrope.Kiota.Handlers;

/// <summary>
/// What stands in for the key of a client whose requests Kiota authenticates. It is where the key would be, which shows which requests have one, and is never
/// sent.
/// </summary>
internal sealed class OwnKey : IBriefTokenProvider
{
    private static int _clients;

    private readonly string _standIn = $"key-of-kiota-{Interlocked.Increment(ref _clients)}";
    private readonly string _encoded;

    private OwnKey() => _encoded = Convert.ToBase64String(Encoding.UTF8.GetBytes(_standIn));

    /// <summary>Makes it the key of the clients with these options.</summary>
    /// <exception cref="InvalidOperationException">The options have a token provider: requests would have two keys.</exception>
    public static OwnKey ReplaceIn(ClientOptions options)
    {
        var key = new OwnKey();
        if (options is MediaClientOptions { TokenProvider: not null })
        {
            throw new InvalidOperationException(
                $"The options have a {nameof(MediaClientOptions.TokenProvider)}, and Kiota is to authenticate requests, too: set one of them.");
        }
        if (options is MediaClientOptions media)
            media.TokenProvider = key.GetAsync;
        else if (options is ApiClientOptions api)
            api.ApiKey = key._standIn;
        return key;
    }

    private ValueTask<string?> GetAsync(CancellationToken cancellationToken) => new(_standIn);

    /// <summary>Removes it from a request; null where the request has none.</summary>
    public Taken? TakeFrom(HttpRequestMessage request)
    {
        var address = request.RequestUri!;
        if (address.Query.Contains(_standIn, StringComparison.Ordinal))
        {
            var parameters = address.Query.TrimStart('?').Split('&').ToLookup(parameter => parameter.EndsWith("=" + _standIn, StringComparison.Ordinal));
            request.RequestUri = new UriBuilder(address) { Query = string.Join('&', parameters[false]) }.Uri;
            return new Taken(address, null, null) { KeyName = parameters[true].FirstOrDefault()?.Split('=')[0] };
        }
        foreach (var (name, values) in request.Headers.NonValidated)
        {
            var value = values.ToString();
            if (!value.Contains(_standIn, StringComparison.Ordinal) && !value.Contains(_encoded, StringComparison.Ordinal))
                continue;
            request.Headers.Remove(name);
            var rest = value.Split("; ").Where(part => !part.EndsWith("=" + _standIn, StringComparison.Ordinal)).ToList();
            if (name.Equals("Cookie", StringComparison.OrdinalIgnoreCase) && rest.Count > 0)
                request.Headers.TryAddWithoutValidation(name, string.Join("; ", rest));
            return new Taken(address, name, value) { KeyName = name };
        }
        return null;
    }

    /// <summary>What was removed from a request.</summary>
    /// <param name="Address">The address before.</param>
    /// <param name="Name">The header; null where it was in the address.</param>
    /// <param name="Value">The value of the header.</param>
    public sealed record Taken(Uri Address, string? Name, string? Value)
    {
        /// <summary>The name of the header or the parameter that has the key.</summary>
        public string? KeyName { get; init; }

        /// <summary>
        /// Puts it back when the request was sent, because the client finds out by the address and the key whether a redirect was followed; not where one was.
        /// </summary>
        /// <param name="request">The request.</param>
        /// <param name="sentTo">Where it was to be sent.</param>
        public void PutBack(HttpRequestMessage request, Uri sentTo)
        {
            if (request.RequestUri != sentTo)
                return;
            request.RequestUri = Address;
            if (Name is not null && !request.Headers.NonValidated.Contains(Name))
                request.Headers.TryAddWithoutValidation(Name, Value);
        }
    }
}
