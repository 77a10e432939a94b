using Zoetrope.CodeGen.Operations;
using Zoetrope.Errors;
using Zoetrope.Http;

namespace Zoetrope.Operations;

/// <content>The call for anything that the specification does not describe.</content>
public abstract partial class ApiClient
{
    private static readonly char[] NotInPaths = ['#', '\\'];

    /// <summary>
    /// Calls an operation that the specification does not describe, or describes wrongly. The call works like all others of this client: it uses the same
    /// connections, key and headers, is sent only to addresses that are trusted with the key, does not follow redirects, and is repeated only after a definite
    /// rejection. The response is returned unchanged, including redirects and 304; only errors are thrown.
    /// </summary>
    /// <param name="method">The method.</param>
    /// <param name="path">
    /// The path after the API's server, such as <c>/files/abc/content</c>, with or without a query; or an absolute URL that the service returned, such as that
    /// of the next page. The caller escapes values in it (<see cref="Uri.EscapeDataString(string)"/>).
    /// </param>
    /// <param name="body">
    /// The body with its headers; if null, no body is sent. It is not disposed. Bytes and texts can be sent again, all other content only once.
    /// </param>
    /// <param name="query">Additional query parameters, which are escaped here.</param>
    /// <param name="options">The options; null uses those of the client.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    /// <returns>
    /// The status, the headers and the body. A small body is buffered, so that it need not be read or disposed; any other response must be disposed.
    /// </returns>
    /// <exception cref="ArgumentException">
    /// The path has dot segments, a fragment, a backslash or a character that is not valid in a URL. Nothing was sent.
    /// </exception>
    /// <exception cref="ServiceException">The service responded with an error (400 to 599).</exception>
    /// <exception cref="TransportException">
    /// There was no response, or the request was refused before it was sent: the address is not trusted with the key.
    /// </exception>
    /// <exception cref="OperationCanceledException">The caller canceled.</exception>
    public Task<StreamingResponse> SendRawAsync(
        HttpMethod method, string path, HttpContent? body = null, IEnumerable<KeyValuePair<string, string>>? query = null, CallOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(method);
        ArgumentNullException.ThrowIfNull(path);
        CheckPath(path);
        var call = new OperationCall(method, TransportRequest.RawOperation)
            .Literal(IsAbsolute(path) || path.StartsWith('/') ? path : "/" + path).KeyOptional().Redirect();
        foreach (var (name, value) in query ?? [])
            call.Query<string, Zoetrope.CodeGen.StringCodec>(name, value);
        if (body is not null)
            call.Raw(body);
        return CallAnyAsync(call, options, cancellationToken);
    }

    private static bool IsAbsolute(string path) =>
        path.StartsWith("https://", StringComparison.OrdinalIgnoreCase) || path.StartsWith("http://", StringComparison.OrdinalIgnoreCase);

    private static void CheckPath(string path)
    {
        if (path.IndexOfAny(NotInPaths) >= 0 || path.Any(static unit => unit is <= ' ' or '\u007f'))
            throw new ArgumentException(
                $"'{path}' is not a valid path: it contains a fragment, a backslash, a space or a control character. Escape values with Uri.EscapeDataString.",
                nameof(path));
        var end = path.IndexOf('?', StringComparison.Ordinal);
        foreach (var segment in (end < 0 ? path : path[..end]).Split('/'))
        {
            // A URL is shortened by such segments, and would lead to another path.
            if (segment.Replace("%2e", ".", StringComparison.OrdinalIgnoreCase) is "." or "..")
                throw new ArgumentException($"'{path}' is not a valid path: the segment '{segment}' leads to another path.", nameof(path));
        }
    }
}
