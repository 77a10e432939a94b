using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using Zoetrope.Http;

namespace Zoetrope.Cli.Vendoring.Sources;

/// <summary>
/// Fetches documents: of limited size, in limited time, without credentials, and from the host that was named alone.
/// </summary>
internal sealed class DocumentFetcher : IDisposable
{
    /// <summary>The largest document, in bytes. The largest known ones of whole APIs have about 12 MB.</summary>
    public const int MostBytes = 32 * 1024 * 1024;

    private const int MostRedirects = 5;
    private const int MostOfErrors = 16 * 1024;

    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(2);

#pragma warning disable RS0030 // The rules of the SDK's clients are about keys and bills: this one sends neither.
    // Redirects are followed here, where their hosts are compared.
    private readonly HttpClient _client = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.All,
        ConnectTimeout = TimeSpan.FromSeconds(20),
        UseCookies = false,
        Proxy = new DirectToThisMachine(),
    })
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };
#pragma warning restore RS0030

    /// <summary>Fetches a document.</summary>
    /// <param name="url">Its address.</param>
    /// <param name="known">What the server sent with the content that is known; null asks for the content in any case.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="FetchException">It cannot be fetched, or what came is not a document.</exception>
    public async Task<FetchedDocument> FetchAsync(Uri url, Validators? known, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(_patience);
        try
        {
            return await FollowAsync(url, known, limit.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new FetchException(url, $"no complete response within {_patience.TotalMinutes:0} minutes.", "Try again later.");
        }
        catch (HttpRequestException exception)
        {
            var reason = exception.HttpRequestError == HttpRequestError.NameResolutionError
                ? $"the host '{url.Host}' is not known." : $"the request failed: {MessageOf(exception)}";
            throw new FetchException(url, reason, "Check the address and the connection, and try again.");
        }
        catch (IOException exception)
        {
            throw new FetchException(url, $"the response broke off: {MessageOf(exception)}", "Try again.");
        }
        catch (InvalidDataException exception)
        {
            throw new FetchException(url, $"the response cannot be decompressed: {MessageOf(exception)}", "Try again.");
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();

    private async Task<FetchedDocument> FollowAsync(Uri url, Validators? known, CancellationToken cancellationToken)
    {
        var current = url;
        for (var redirects = 0; ; redirects++)
        {
            using var request = RequestOf(current, known);
            using var response = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            var validators = new Validators(HeaderOf(response, "ETag"), HeaderOf(response, "Last-Modified"));
            switch (response.StatusCode)
            {
                case HttpStatusCode.NotModified when known is not null:
                    return new(null, validators);
                case HttpStatusCode.OK:
                    var content = await ReadAsync(url, response.Content, cancellationToken);
                    ResponseContents.Require(url, content, response.Content.Headers.ContentType?.MediaType);
                    return new(content, validators);
                case HttpStatusCode.Moved or HttpStatusCode.Found or HttpStatusCode.SeeOther or HttpStatusCode.TemporaryRedirect
                    or HttpStatusCode.PermanentRedirect when response.Headers.Location is { } location:
                    if (redirects == MostRedirects)
                        throw new FetchException(url, $"there are more than {MostRedirects} redirects.", "Check the address.");
                    current = Next(url, current, location);
                    break;
                default:
                    throw await RefusalAsync(url, response, cancellationToken);
            }
        }
    }

    private static HttpRequestMessage RequestOf(Uri url, Validators? known)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, url);
        request.Headers.UserAgent.Add(new ProductInfoHeaderValue("zoetrope", typeof(DocumentFetcher).Assembly.GetName().Version?.ToString(3)));
        request.Headers.Accept.ParseAdd("application/json, application/yaml, text/markdown, text/plain, */*;q=0.5");
        if (known?.ETag is { } tag)
            request.Headers.TryAddWithoutValidation("If-None-Match", tag);
        if (known?.LastModified is { } modified)
            request.Headers.TryAddWithoutValidation("If-Modified-Since", modified);
        return request;
    }

    /// <summary>Where a redirect leads. Another host may be anybody's, and the origin in the lock file would be wrong.</summary>
    private static Uri Next(Uri url, Uri current, Uri location)
    {
        var next = new Uri(current, location);
        var isUpgrade = current is { Scheme: "http", IsDefaultPort: true } && next is { Scheme: "https", IsDefaultPort: true };
        if (string.Equals(next.IdnHost, current.IdnHost, StringComparison.OrdinalIgnoreCase)
            && ((next.Scheme == current.Scheme && next.Port == current.Port) || isUpgrade))
            return next;
        throw new FetchException(
            url, $"it redirects to another host, {next.Scheme}://{next.Authority}, which is not followed.", $"If you trust that host, use {next}.");
    }

    private static async Task<byte[]> ReadAsync(Uri url, HttpContent content, CancellationToken cancellationToken)
    {
        if (content.Headers.ContentLength > MostBytes)
            throw TooLarge(url);
        await using var stream = await content.ReadAsStreamAsync(cancellationToken);
        // Also of compressed content the size is limited that it is to have in memory.
        return await ReadAsync(stream, MostBytes, cancellationToken) ?? throw TooLarge(url);
    }

    /// <summary>The bytes of a stream; null where there are more than allowed.</summary>
    private static async Task<byte[]?> ReadAsync(Stream stream, int most, CancellationToken cancellationToken)
    {
        using var bytes = new MemoryStream();
        var buffer = new byte[64 * 1024];
        while (await stream.ReadAsync(buffer, cancellationToken) is > 0 and var count)
        {
            if (bytes.Length + count > most)
                return null;
            bytes.Write(buffer, 0, count);
        }
        return bytes.ToArray();
    }

    private static FetchException TooLarge(Uri url)
    {
        var reason = string.Create(CultureInfo.InvariantCulture, $"the response is larger than {MostBytes / 1024 / 1024} MiB, which no document is.");
        return new(url, reason, "Check the address.");
    }

    private static async Task<FetchException> RefusalAsync(Uri url, HttpResponseMessage response, CancellationToken cancellationToken)
    {
        await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
        var reason = string.Create(CultureInfo.InvariantCulture, $"the server responded with {(int)response.StatusCode}")
            + ResponseContents.Describe(await ReadAsync(stream, MostOfErrors, cancellationToken) ?? []) + ".";
        return new(url, reason, response.StatusCode switch
        {
            HttpStatusCode.NotFound or HttpStatusCode.Gone => "There is no such document any more, or the id is misspelled.",
            HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden =>
                "It needs credentials: fetch it with another program and pipe it: `zoetrope specs add - --origin URL`.",
            HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError => "Try again later.",
            _ => "Check the address.",
        });
    }

    private static string? HeaderOf(HttpResponseMessage response, string name) =>
        (response.Headers.NonValidated.TryGetValues(name, out var values) || response.Content.Headers.NonValidated.TryGetValues(name, out values))
        && values.ToString() is { Length: > 0 and < 1024 } value && !value.Any(char.IsControl)
            ? value
            : null;

    private static string MessageOf(Exception exception) => exception.InnerException is { } inner and not HttpRequestException
        ? inner.Message : exception.Message;
}
