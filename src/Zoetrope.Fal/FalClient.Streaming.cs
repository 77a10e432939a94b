using System.Runtime.ExceptionServices;
using Zoetrope.Errors;
using Zoetrope.Fal.Protocol;
using Zoetrope.Http;
using Zoetrope.Jobs;
using Zoetrope.Json;
using Zoetrope.Models;
using Zoetrope.Validation;

namespace Zoetrope.Fal;

/// <content>Runs whose result is received in parts while it is made.</content>
public partial class FalClient
{
    private static readonly TimeSpan DefaultStreamIdleTimeout = TimeSpan.FromMinutes(5);

    /// <summary>
    /// fal's stream of statuses, for <see cref="WaitOptions.StatusFeed"/>: changes of a job are received when they happen, and log lines as they are written.
    /// When the stream ends, breaks off or is silent for 30 seconds, the job is polled; only a poll ends a job. Each open stream has a connection of its own.
    /// </summary>
    /// <exception cref="InvalidOperationException">The client was made with a protocol of its own.</exception>
    public StatusFeed StatusFeed => _connection is { } connection && Protocol is FalProtocol protocol
        ? new StatusFeed(new FalStatusFeed(connection.Transport, protocol).Open)
        : throw new InvalidOperationException("This client has a protocol of its own and no connection to fal: it has no streams.");

    /// <summary>
    /// Runs a model directly and yields the parts of its result as they arrive, such as text so far, or previews of an image. It is one run: the request is
    /// sent when the enumeration begins, is sent again only if it was definitely not accepted, and the events can be enumerated once.
    /// </summary>
    /// <remarks>
    /// An event is finished by an empty line, as the rules of server-sent events say. One that the end of the stream leaves unfinished is not lost: it is in
    /// the <see cref="TransportException.Body"/> of the exception that then ends the enumeration. The event <c>[DONE]</c> ends it, too.
    /// </remarks>
    /// <param name="endpoint">The model; an event has the type of its result.</param>
    /// <param name="request">The input.</param>
    /// <param name="options">The options; webhook, priority, queue length and a cost limit do not apply and are rejected, and the start timeout and
    /// the runner hint have no effect at fal.</param>
    /// <param name="cancellationToken">Ends the enumeration and closes the connection at once. The model may go on, and be billed.</param>
    /// <exception cref="RequestValidationException">The request is not valid. Nothing was sent.</exception>
    /// <exception cref="ServiceException">fal or the model responded with an error, or an event reports one.</exception>
    /// <exception cref="SubmitException">There was no response; the exception says whether the model may have run all the same.</exception>
    /// <exception cref="TransportException">
    /// The stream broke off, was silent for <see cref="FalClientOptions.StreamIdleTimeout"/>, or has an event that is not of the type;
    /// <see cref="TransportException.Body"/> has what was received of the event.
    /// </exception>
    /// <exception cref="SubmitCanceledException">The caller canceled after the request was sent: the model may go on, and be billed.</exception>
    public IAsyncEnumerable<TResult> StreamAsync<TRequest, TResult>(
        ModelEndpoint<TRequest, TResult> endpoint, TRequest request, FalSubmitOptions? options = null, CancellationToken cancellationToken = default)
        where TRequest : class, IModelRequest<TRequest>
        where TResult : IJsonModel<TResult>
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        ArgumentNullException.ThrowIfNull(request);
        if (endpoint.Provider != FalProtocol.ProviderName)
            throw new ArgumentException($"The model is one of {endpoint.Provider}, and this is a client of {FalProtocol.ProviderName}.", nameof(endpoint));
        if (options is null or { Validate: true })
            ValidationResult.Of(request).ThrowIfInvalid();
        return StreamAsync<TResult>(endpoint.Id, RawJson.From(request), options, cancellationToken);
    }

    /// <summary>Runs any model directly, including one that this SDK does not know, and yields its events as they arrive. The input is not validated.</summary>
    /// <inheritdoc cref="StreamAsync{TRequest,TResult}" path="/remarks"/>
    /// <inheritdoc cref="StreamAsync{TRequest,TResult}" path="/exception"/>
    /// <typeparam name="TEvent">The type of an event; <see cref="RawJson"/> takes any, <see cref="FalWorkflowEvent"/> those of workflows.</typeparam>
    /// <param name="endpointId">fal's id of the model.</param>
    /// <param name="input">The input.</param>
    /// <param name="options">The options; webhook, priority, queue length and a cost limit do not apply and are rejected, and the start timeout and
    /// the runner hint have no effect at fal.</param>
    /// <param name="cancellationToken">Ends the enumeration and closes the connection at once. The model may go on, and be billed.</param>
    public IAsyncEnumerable<TEvent> StreamAsync<TEvent>(
        string endpointId, RawJson input, FalSubmitOptions? options = null, CancellationToken cancellationToken = default)
        where TEvent : IJsonModel<TEvent>
    {
        var request = StreamRequest(endpointId, input, options, "text/event-stream");
        return new RunEvents<FalStreamedResult, TEvent>(
            FalProtocol.ProviderName,
            endpointId,
            token => OpenStreamAsync(request, endpointId, token),
            static (stream, token) => stream.ReadEventsAsync<TEvent>(token),
            static stream => stream.RequestId,
            cancellationToken);
    }

    /// <inheritdoc cref="StreamAsync{TEvent}(string, RawJson, FalSubmitOptions?, CancellationToken)"/>
    public IAsyncEnumerable<RawJson> StreamAsync(
        string endpointId, RawJson input, FalSubmitOptions? options = null, CancellationToken cancellationToken = default) =>
        StreamAsync<RawJson>(endpointId, input, options, cancellationToken);

    /// <summary>
    /// Runs any model directly, and returns when its response begins, to be read as bytes of any media type, such as audio, or as events. It is one run, and is
    /// sent again only if it was definitely not accepted.
    /// </summary>
    /// <param name="endpointId">fal's id of the model.</param>
    /// <param name="input">The input.</param>
    /// <param name="options">The options; webhook, priority, queue length and a cost limit do not apply and are rejected, and the start timeout and
    /// the runner hint have no effect at fal.</param>
    /// <param name="cancellationToken">Cancels the request, until its response begins. The model may go on, and be billed.</param>
    /// <exception cref="ServiceException">fal or the model responded with an error.</exception>
    /// <exception cref="SubmitException">There was no response; the exception says whether the model may have run all the same.</exception>
    /// <exception cref="SubmitCanceledException">The caller canceled while the request was being sent.</exception>
    public Task<FalStreamedResult> OpenStreamAsync(
        string endpointId, RawJson input, FalSubmitOptions? options = null, CancellationToken cancellationToken = default) =>
        OpenStreamAsync(StreamRequest(endpointId, input, options, "*/*"), endpointId, cancellationToken);

    private async Task<FalStreamedResult> OpenStreamAsync(TransportRequest request, string endpointId, CancellationToken cancellationToken)
    {
        try
        {
            var response = await _connection!.Transport.OpenAsync(request, endpointId, cancellationToken).ConfigureAwait(false);
            return new FalStreamedResult(response, _connection.Transport, _connection.Options.StreamIdleTimeout ?? DefaultStreamIdleTimeout);
        }
        catch (SubmitException exception) when (exception.Service is { } service)
        {
            // The response is the model's own: an error in it does not leave open whether it was accepted.
            ExceptionDispatchInfo.Throw(service);
            throw;
        }
    }

    private TransportRequest StreamRequest(string endpointId, RawJson input, FalSubmitOptions? options, string accept)
    {
        var connection = _connection
            ?? throw new InvalidOperationException("This client has a protocol of its own and no connection to fal: it has no streams.");
        var endpoint = FalEndpointId.Parse(endpointId);
        options?.CheckForDirectRun();
        var suffix = endpoint.Path is "stream" || endpoint.Path?.EndsWith("/stream", StringComparison.Ordinal) == true ? "" : "/stream";
        var request = new TransportRequest
        {
            Method = HttpMethod.Post,
            Uri = new Uri($"{connection.RunRoot}/{endpoint}{suffix}"),
            Json = input.Utf8Memory,
            Accept = accept,
            Timeout = connection.Options.RunTimeout,
            IsLong = true,
            Submit = options,
        };
        FalSubmitOptions.AddHeaders(options, request.Headers);
        return request;
    }
}
