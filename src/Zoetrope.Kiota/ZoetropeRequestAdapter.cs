using System.Diagnostics.CodeAnalysis;
using Microsoft.Kiota.Abstractions;
using Microsoft.Kiota.Abstractions.Authentication;
using Microsoft.Kiota.Abstractions.Serialization;
using Microsoft.Kiota.Abstractions.Store;
using Microsoft.Kiota.Http.HttpClientLibrary;
using Zoetrope.Http;
using Zoetrope.Kiota.Adapters;
using Zoetrope.Operations;

namespace Zoetrope.Kiota;

/// <summary>
/// A request adapter for clients that Kiota generates, over the transport of this SDK: the key is sent to the API's own servers only and removed from
/// exceptions, no redirect is followed, responses and times are limited, and a call is sent again only where it was definitely not accepted.
/// </summary>
/// <remarks>
/// Errors of the service are the exceptions that Kiota has generated for them, and otherwise an <see cref="ApiException"/> with the message and the
/// <see cref="Errors.ServiceException"/> of this SDK in it. Where there is no usable response, a <see cref="Errors.TransportException"/> is thrown. It is
/// thread-safe; keep it for as long as its clients.
/// </remarks>
public sealed class ZoetropeRequestAdapter : IRequestAdapter, IDisposable
{
    private readonly HttpClientRequestAdapter _adapter;
    private readonly HttpClient _http;
    private readonly TransportHandler _transport;

    /// <summary>Initializes a new instance of the <see cref="ZoetropeRequestAdapter"/> class.</summary>
    /// <param name="definition">
    /// The facts about the API that Kiota's clients do not know: the servers that the key may be sent to, and where the key is.
    /// </param>
    /// <param name="options">
    /// The options; null uses the defaults and the key from the environment. A base URL in them, or in the environment, takes the place of the server.
    /// </param>
    /// <param name="handlers">
    /// The handlers of Kiota's, or your own, in their order; null for those of <c>KiotaClientFactory.CreateDefaultHandlers</c>. Kiota's neither repeat nor
    /// redirect (<see cref="KiotaRulesHandler"/>); where one of your own sends a call again whose method is not idempotent, such as a POST, that is refused
    /// before a byte is sent (<see cref="Errors.TransportFailure.Repeated"/>). They are not given the key, and are not disposed.
    /// </param>
    /// <exception cref="ArgumentException">
    /// Neither the definition nor the options name a server, the base URL is not an absolute http or https URL, or the key is not valid in a header.
    /// </exception>
    public ZoetropeRequestAdapter(ApiDefinition definition, ApiClientOptions? options = null, IEnumerable<DelegatingHandler>? handlers = null)
    {
        ArgumentNullException.ThrowIfNull(definition);
        options ??= new ApiClientOptions();
        var server = definition.Server is { } url ? new Uri(url) : options.BaseUrl;
        // In the form that addresses of requests have.
        var root = server?.AbsoluteUri.TrimEnd('/')
            ?? throw new ArgumentException(
                $"{definition.Name} has no {nameof(ApiDefinition.Server)}, so no address is trusted with its key.", nameof(definition));
        _transport = new TransportHandler(definition.Name, new ApiTransport(definition, options), root, options);
        DelegatingHandler[] chain = [new KiotaRulesHandler(), .. handlers ?? KiotaClientFactory.CreateDefaultHandlers()];
        _http = HttpClients.Over(KiotaClientFactory.ChainHandlersCollectionAndGetFirstLink(_transport, chain)!);
        _adapter = new HttpClientRequestAdapter(new AnonymousAuthenticationProvider(), httpClient: _http) { BaseUrl = root };
    }

    /// <summary>
    /// The beginning of addresses; that of the definition by default, which the generated clients keep. Addresses at other servers than those of the definition
    /// are refused.
    /// </summary>
    public string? BaseUrl
    {
        get => _adapter.BaseUrl;
        set => _adapter.BaseUrl = value;
    }

    /// <inheritdoc/>
    public ISerializationWriterFactory SerializationWriterFactory => _adapter.SerializationWriterFactory;

    /// <inheritdoc/>
    public void EnableBackingStore(IBackingStoreFactory backingStoreFactory) => _adapter.EnableBackingStore(backingStoreFactory);

    /// <inheritdoc/>
    public Task<TModel?> SendAsync<TModel>(
        RequestInformation requestInfo, ParsableFactory<TModel> factory, Dictionary<string, ParsableFactory<IParsable>>? errorMapping = null,
        CancellationToken cancellationToken = default)
        where TModel : IParsable =>
        CallAsync(requestInfo, isStream: false, () => _adapter.SendAsync(requestInfo, factory, errorMapping, cancellationToken));

    /// <inheritdoc/>
    public Task<IEnumerable<TModel>?> SendCollectionAsync<TModel>(
        RequestInformation requestInfo, ParsableFactory<TModel> factory, Dictionary<string, ParsableFactory<IParsable>>? errorMapping = null,
        CancellationToken cancellationToken = default)
        where TModel : IParsable =>
        CallAsync(requestInfo, isStream: false, () => _adapter.SendCollectionAsync(requestInfo, factory, errorMapping, cancellationToken));

    /// <inheritdoc/>
    public Task<TModel?> SendPrimitiveAsync<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicFields)] TModel>(
        RequestInformation requestInfo, Dictionary<string, ParsableFactory<IParsable>>? errorMapping = null, CancellationToken cancellationToken = default) =>
        CallAsync(
            requestInfo, isStream: typeof(TModel) == typeof(Stream), () => _adapter.SendPrimitiveAsync<TModel>(requestInfo, errorMapping, cancellationToken));

    /// <inheritdoc/>
    public Task<IEnumerable<TModel>?> SendPrimitiveCollectionAsync<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicFields)] TModel>(
        RequestInformation requestInfo, Dictionary<string, ParsableFactory<IParsable>>? errorMapping = null, CancellationToken cancellationToken = default) =>
        CallAsync(requestInfo, isStream: false, () => _adapter.SendPrimitiveCollectionAsync<TModel>(requestInfo, errorMapping, cancellationToken));

    /// <inheritdoc/>
    public Task SendNoContentAsync(
        RequestInformation requestInfo, Dictionary<string, ParsableFactory<IParsable>>? errorMapping = null, CancellationToken cancellationToken = default) =>
        CallAsync(
            requestInfo,
            isStream: false,
            async () =>
            {
                await _adapter.SendNoContentAsync(requestInfo, errorMapping, cancellationToken).ConfigureAwait(false);
                return true;
            });

    /// <summary>Returns the HTTP message of a request, without the key, which the transport adds when it sends.</summary>
    /// <inheritdoc/>
    public Task<T?> ConvertToNativeRequestAsync<T>(RequestInformation requestInfo, CancellationToken cancellationToken = default) =>
        _adapter.ConvertToNativeRequestAsync<T>(requestInfo, cancellationToken);

    /// <summary>Closes the connections.</summary>
    public void Dispose()
    {
        _adapter.Dispose();
        _http.Dispose();
        _transport.Dispose();
    }

    private static async Task<TResult> CallAsync<TResult>(RequestInformation request, bool isStream, Func<Task<TResult>> send)
    {
        ArgumentNullException.ThrowIfNull(request);
        var state = new CallState(isStream);
        request.AddRequestOptions([state]);
        state.Enter();
        try
        {
            return await send().ConfigureAwait(false);
        }
        catch (ApiException exception) when (exception.GetType() == typeof(ApiException) && state.Failure is { } failure)
        {
            // Kiota's own says only that nothing was generated for the status.
            throw new ApiException(failure.Message, failure)
            {
                ResponseStatusCode = exception.ResponseStatusCode,
                ResponseHeaders = exception.ResponseHeaders,
            };
        }
        finally
        {
            // A request can be sent again by the caller.
            request.RemoveRequestOptions(state);
        }
    }
}
