using System.ComponentModel;
using System.Runtime.CompilerServices;
using Zoetrope.CodeGen.Operations;
using Zoetrope.Errors;
using Zoetrope.Json;
using Zoetrope.Validation;

namespace Zoetrope.Operations;

/// <content>Lists that come page by page.</content>
public abstract partial class ApiClient
{
    /// <summary>Calls an operation for page after page, each when the items before it were taken. One page is in memory at a time.</summary>
    /// <param name="begin">Makes the call of the first page.</param>
    /// <param name="position">How the next page is asked for.</param>
    /// <param name="read">Takes from a page what is needed.</param>
    /// <param name="options">The options of each call; null uses those of the client.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    /// <exception cref="RequestValidationException">The request is not valid. Nothing was sent.</exception>
    /// <exception cref="MissingKeyException">There is no key. Nothing was sent.</exception>
    /// <exception cref="ServiceException">The service responded to the call of a page with an error.</exception>
    /// <exception cref="TransportException">
    /// There was no usable page, the page leads back to one before, or the address of the next page is not trusted with the key.
    /// </exception>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected async IAsyncEnumerable<TItem> CallPagesAsync<TPage, TCodec, TItem>(
        Func<OperationCall> begin, PagePosition position, Func<TPage, PageContent<TItem>> read, CallOptions? options,
        [EnumeratorCancellation] CancellationToken cancellationToken)
        where TCodec : struct, IJsonCodec<TPage>
    {
        ArgumentNullException.ThrowIfNull(begin);
        ArgumentNullException.ThrowIfNull(read);
        var call = begin();
        PageContent<TItem> content;
        UInt128 body;
        var pages = new PageTurner(call, position, $"{_definition.Name}'s response to {call.Name}");
        do
        {
            (var page, body) = await CallPageAsync<TPage, TCodec>(call, options, cancellationToken).ConfigureAwait(false);
            content = read(page);
            foreach (var item in content.Items ?? [])
            {
                cancellationToken.ThrowIfCancellationRequested();
                yield return item;
            }
        }
        while (pages.Next(content, body, () => Address(call)));
    }

    private Task<(TPage Page, UInt128 Body)> CallPageAsync<TPage, TCodec>(OperationCall call, CallOptions? options, CancellationToken ct)
        where TCodec : struct, IJsonCodec<TPage> =>
        RunAsync(
            call,
            options,
            "application/json",
            static async (client, sending, ct) =>
            {
                var response = await client.ExchangeAsync(sending, ct).ConfigureAwait(false);
                return (await ReadAsync<TPage, TCodec>(response, sending, ct).ConfigureAwait(false), PageTurner.Fingerprint(response.Body.Span));
            },
            ct);
}
