using Zoetrope.Errors;
using Zoetrope.Fal.Realtime;
using Zoetrope.Json;
using Zoetrope.Models;

namespace Zoetrope.Fal;

/// <content>Connections to realtime apps.</content>
public partial class FalClient
{
    /// <summary>Opens a connection to a realtime app, whose results have a type.</summary>
    /// <typeparam name="TResult">The type of a result.</typeparam>
    /// <param name="endpointId">fal's id of the app, such as <c>fal-ai/fast-lcm-diffusion</c>, without <c>realtime</c>.</param>
    /// <param name="options">The options; null uses the defaults: the key in a header, no throttling.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    /// <exception cref="ArgumentException">The id or an option is not valid.</exception>
    /// <exception cref="ServiceException">fal refused the connection or the token.</exception>
    /// <exception cref="TransportException">The connection could not be opened.</exception>
    public Task<FalRealtimeConnection<TResult>> ConnectRealtimeAsync<TResult>(
        string endpointId, FalRealtimeOptions? options = null, CancellationToken cancellationToken = default)
        where TResult : IJsonModel<TResult> =>
        FalRealtimeConnection<TResult>.OpenAsync(
            _connection ?? throw new InvalidOperationException("This client has a protocol of its own and no connection to fal."),
            endpointId, options, cancellationToken);

    /// <summary>Opens a connection to any realtime app.</summary>
    /// <inheritdoc cref="ConnectRealtimeAsync{TResult}(string, FalRealtimeOptions?, CancellationToken)"/>
    public Task<FalRealtimeConnection<RawJson>> ConnectRealtimeAsync(
        string endpointId, FalRealtimeOptions? options = null, CancellationToken cancellationToken = default) =>
        ConnectRealtimeAsync<RawJson>(endpointId, options, cancellationToken);

    /// <summary>Opens a connection to the realtime app of a model.</summary>
    /// <param name="endpoint">The model, whose result is the type of a result.</param>
    /// <param name="options">The options; null uses the defaults: the key in a header, no throttling.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    /// <inheritdoc cref="ConnectRealtimeAsync{TResult}(string, FalRealtimeOptions?, CancellationToken)" path="/exception"/>
    public Task<FalRealtimeConnection<TResult>> ConnectRealtimeAsync<TRequest, TResult>(
        ModelEndpoint<TRequest, TResult> endpoint, FalRealtimeOptions? options = null, CancellationToken cancellationToken = default)
        where TRequest : class, IModelRequest<TRequest>
        where TResult : IJsonModel<TResult>
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        if (endpoint.Provider != FalProtocol.ProviderName)
            throw new ArgumentException($"The model is one of {endpoint.Provider}, and this is a client of {FalProtocol.ProviderName}.", nameof(endpoint));
        return ConnectRealtimeAsync<TResult>(endpoint.Id, options, cancellationToken);
    }
}
