using Zoetrope.CodeGen.Operations;
using Zoetrope.Errors;

namespace Zoetrope.Operations;

/// <content>The call of whatever the API has.</content>
public abstract partial class ApiClient
{
    private static readonly char[] NotInPaths = ['#', '\\'];

    /// <summary>
    /// Calls what the document does not describe, or describes wrongly, as this client calls everything: over the same connections, with its key and its headers, only where the key may go,
    /// following no redirect, and again only where the call surely was not accepted before. What comes is given as it is, redirects and 304 too; only errors are thrown.
    /// </summary>
    /// <param name="method">The method.</param>
    /// <param name="path">
    /// The path behind the API's server, such as <c>/files/abc/content</c>, with a query or without; or an absolute URL that the service gave, such as that of the next page. Values in it are
    /// escaped by the caller (<see cref="Uri.EscapeDataString(string)"/>).
    /// </param>
    /// <param name="body">The body with its headers; null sends none. It is not disposed. Bytes and texts can be sent again, all other content once.</param>
    /// <param name="query">More parameters of the query, which are escaped here.</param>
    /// <param name="options">Options; null takes the client's.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>Status, headers and body. A small body is read already, so that what is not needed may be left alone; all else is to be disposed.</returns>
    /// <exception cref="ArgumentException">The path has segments of dots, a fragment, a backslash or a character that cannot be in a URL. Nothing was sent.</exception>
    /// <exception cref="ServiceException">The service answered with an error (400 to 599).</exception>
    /// <exception cref="TransportException">There was no response, or the request was refused before it was sent: the key may not go to that address.</exception>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public Task<StreamingResponse> SendRawAsync(
        HttpMethod method, string path, HttpContent? body = null, IEnumerable<KeyValuePair<string, string>>? query = null, CallOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(method);
        ArgumentNullException.ThrowIfNull(path);
        CheckPath(path);
        var call = new OperationCall(method, "SendRaw").Literal(IsAbsolute(path) || path.StartsWith('/') ? path : "/" + path).KeyOptional().Redirect();
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
            throw new ArgumentException($"'{path}' is not a valid path: a fragment, a backslash, a space or a control character stands in it. Escape values with Uri.EscapeDataString.", nameof(path));
        var end = path.IndexOf('?', StringComparison.Ordinal);
        foreach (var segment in (end < 0 ? path : path[..end]).Split('/'))
        {
            // A URL is made shorter by such segments, and would lead to another path.
            if (segment.Replace("%2e", ".", StringComparison.OrdinalIgnoreCase) is "." or "..")
                throw new ArgumentException($"'{path}' is not a valid path: the segment '{segment}' leads to another one.", nameof(path));
        }
    }
}
