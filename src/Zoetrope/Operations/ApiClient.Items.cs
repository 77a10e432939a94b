using System.ComponentModel;
using System.Globalization;
using System.Runtime.CompilerServices;
using Zoetrope.CodeGen.Operations;
using Zoetrope.Errors;
using Zoetrope.Json;
using Zoetrope.Validation;

namespace Zoetrope.Operations;

/// <content>Responses whose items come one after another.</content>
public abstract partial class ApiClient
{
    /// <summary>
    /// Calls an operation and yields the items of its response, each as it arrives. The call is sent when the items are enumerated, which they can be once: a
    /// second enumeration would be a second call. Ending the enumeration closes the connection.
    /// </summary>
    /// <param name="call">The call.</param>
    /// <param name="format">How the items come.</param>
    /// <param name="options">The options; null uses those of the client.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    /// <exception cref="RequestValidationException">The request is not valid. Nothing was sent.</exception>
    /// <exception cref="MissingKeyException">There is no key. Nothing was sent.</exception>
    /// <exception cref="ServiceException">The service responded with an error.</exception>
    /// <exception cref="TransportException">
    /// There was no usable response, it broke off, or an item does not match the specification; <see cref="TransportException.Body"/> has that item. The items
    /// before it are complete.
    /// </exception>
    /// <exception cref="InvalidOperationException">The items were enumerated before.</exception>
    /// <exception cref="OperationCanceledException">The caller canceled.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected IAsyncEnumerable<T> CallItemsAsync<T, TCodec>(OperationCall call, ItemFormat format, CallOptions? options, CancellationToken cancellationToken)
        where TCodec : struct, IJsonCodec<T>
    {
        ArgumentNullException.ThrowIfNull(call);
        return new OnceEnumerable<T>(ItemsAsync<T, TCodec>(call, new(format), options, cancellationToken), call.Name);
    }

    /// <summary>
    /// As the other one; the items are server-sent events, each an object with <c>event</c>, <c>data</c> and, where the event has them, <c>id</c> and
    /// <c>retry</c>.
    /// </summary>
    /// <param name="call">The call.</param>
    /// <param name="data">What the data of an event is, by its name; <c>message</c> is that of an event without one.</param>
    /// <param name="options">The options; null uses those of the client.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    /// <exception cref="RequestValidationException">The request is not valid. Nothing was sent.</exception>
    /// <exception cref="MissingKeyException">There is no key. Nothing was sent.</exception>
    /// <exception cref="ServiceException">The service responded with an error.</exception>
    /// <exception cref="TransportException">
    /// There was no usable response, it broke off, or an item does not match the specification; <see cref="TransportException.Body"/> has that item. The items
    /// before it are complete.
    /// </exception>
    /// <exception cref="InvalidOperationException">The items were enumerated before.</exception>
    /// <exception cref="OperationCanceledException">The caller canceled.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected IAsyncEnumerable<T> CallItemsAsync<T, TCodec>(
        OperationCall call, Func<string, EventData> data, CallOptions? options, CancellationToken cancellationToken)
        where TCodec : struct, IJsonCodec<T>
    {
        ArgumentNullException.ThrowIfNull(call);
        ArgumentNullException.ThrowIfNull(data);
        return new OnceEnumerable<T>(ItemsAsync<T, TCodec>(call, new(data), options, cancellationToken), call.Name);
    }

    private async IAsyncEnumerable<T> ItemsAsync<T, TCodec>(
        OperationCall call, ItemForm form, CallOptions? options, [EnumeratorCancellation] CancellationToken cancellationToken)
        where TCodec : struct, IJsonCodec<T>
    {
        var response = await CallStreamAsync(call, options, cancellationToken).ConfigureAwait(false);
        await using var end = response.ConfigureAwait(false);
        var count = 0;
        await foreach (var item in new ItemReader(response, form).ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            count++;
            yield return response.Read<T, TCodec>(item, "item " + count.ToString(CultureInfo.InvariantCulture));
        }
    }

    /// <summary>Items that can be enumerated once.</summary>
    private sealed class OnceEnumerable<T>(IAsyncEnumerable<T> items, string operation) : IAsyncEnumerable<T>
    {
        private int _isTaken;

        public IAsyncEnumerator<T> GetAsyncEnumerator(CancellationToken cancellationToken = default) => Interlocked.Exchange(ref _isTaken, 1) == 0
            ? items.GetAsyncEnumerator(cancellationToken)
            : throw new InvalidOperationException(
                $"The items of this call of {operation} were enumerated before. Call the method again for another call.");
    }
}
