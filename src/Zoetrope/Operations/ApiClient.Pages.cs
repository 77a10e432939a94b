using System.ComponentModel;
using System.Runtime.CompilerServices;
using Zoetrope.CodeGen.Operations;
using Zoetrope.Errors;
using Zoetrope.Http;
using Zoetrope.Json;
using Zoetrope.Validation;

namespace Zoetrope.Operations;

/// <content>Lists that come page by page.</content>
public abstract partial class ApiClient
{
    /// <summary>Calls an operation for page after page, each when the items before it were taken. One page is in memory at a time.</summary>
    /// <param name="begin">Creates the call of the first page.</param>
    /// <param name="position">How the next page is asked for.</param>
    /// <param name="members">The members of a page that lead to the next one.</param>
    /// <param name="read">Returns the items of a page.</param>
    /// <param name="options">The options of each call; null uses those of the client.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    /// <exception cref="RequestValidationException">The request is not valid. Nothing was sent.</exception>
    /// <exception cref="MissingKeyException">There is no key. Nothing was sent.</exception>
    /// <exception cref="ServiceException">The service responded to the call of a page with an error.</exception>
    /// <exception cref="TransportException">
    /// There was no usable page, the page leads back to one before, or the address of the next page is not trusted with the key.
    /// </exception>
    /// <exception cref="OperationCanceledException">The caller canceled.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected async IAsyncEnumerable<TItem> CallPagesAsync<TPage, TCodec, TItem>(
        Func<OperationCall> begin, PagePosition position, PageMembers members, Func<TPage, IReadOnlyList<TItem>?> read, CallOptions? options,
        [EnumeratorCancellation] CancellationToken cancellationToken)
        where TCodec : struct, IJsonCodec<TPage>
    {
        ArgumentNullException.ThrowIfNull(begin);
        ArgumentNullException.ThrowIfNull(read);
        var call = begin();
        var pages = new PageTurner(call, position, members, $"{_definition.Name}'s response to {call.Name}");
        do
        {
            var page = await CallPageAsync<TPage, TCodec>(call, pages, options, cancellationToken).ConfigureAwait(false);
            foreach (var item in ItemsOf(page, read, pages))
            {
                cancellationToken.ThrowIfCancellationRequested();
                yield return item;
            }
        }
        while (pages.Next(() => Address(call), next => NextAddress(call, next)));
    }

    private static IReadOnlyList<TItem> ItemsOf<TPage, TItem>(TPage page, Func<TPage, IReadOnlyList<TItem>?> read, PageTurner pages)
    {
        if (pages.Head.HasNullItems)
            return [];
        try
        {
            return read(page) ?? [];
        }
        catch (InvalidOperationException exception)
        {
            // The document requires the list.
            throw pages.Malformed($"has no items: {exception.Message.TrimEnd('.')}");
        }
    }

    /// <summary>
    /// The address of a next page; null where it is not valid. With a base URL of the user's, an address at the API's server is taken there, and others are
    /// refused: what is between, such as a gateway, is not gone around.
    /// </summary>
    private Uri? NextAddress(OperationCall call, string next)
    {
        var current = Address(call);
        if (_baseUrl is not { } own)
            return Uri.TryCreate(current, next, out var url) ? url : null;
        var root = BaseAddress.RootOf(own);
        var server = (call.ServerUrl ?? _definition.Server)?.TrimEnd('/');
        var address = server is not null && Moved(current, root, server) is { } atServer && Uri.TryCreate(atServer, next, out var there)
            ? Moved(there, server, root)
            : null;
        if (address is null && !Uri.TryCreate(current, next, out address))
            return null;
        return Uri.Compare(address, own, UriComponents.SchemeAndServer | UriComponents.UserInfo, UriFormat.UriEscaped, StringComparison.OrdinalIgnoreCase) == 0
            ? address
            : throw new TransportException(
                $"The address of the next page of {call.Name}, {address.GetLeftPart(UriPartial.Path)}, is not at the base URL {root}; nothing was sent there.",
                TransportFailure.Refused);
    }

    /// <summary>An address below one root at the same place below another; null where it is not below the first.</summary>
    private static Uri? Moved(Uri address, string from, string to)
    {
        var text = address.AbsoluteUri;
        return text.StartsWith(from, StringComparison.OrdinalIgnoreCase) && (text.Length == from.Length || text[from.Length] is '/' or '?' or '#')
            ? new Uri(to + text[from.Length..])
            : null;
    }

    private Task<TPage> CallPageAsync<TPage, TCodec>(OperationCall call, PageTurner pages, CallOptions? options, CancellationToken ct)
        where TCodec : struct, IJsonCodec<TPage> =>
        RunAsync(
            call, options, "application/json",
            (client, request, response, ct) => JsonResponse.ReadAsync<TPage, TCodec>(response, client._definition.Name, request, ct, pages), ct, isPaged: true);
}
