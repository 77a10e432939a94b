using System.Runtime.CompilerServices;
using Zoetrope.Errors;
using Zoetrope.Fal.Protocol;
using Zoetrope.Http;
using Zoetrope.Jobs;
using Zoetrope.Json;
using Zoetrope.Providers;

namespace Zoetrope.Fal;

/// <summary>
/// The response of a model that streams: events, or bytes of any other media type. It is read once, as <see cref="ReadEventsAsync"/> or as <see cref="Body"/>.
/// Dispose it: a stream that was not read to its end is then closed at once. The model may go on, and be billed.
/// </summary>
public sealed class FalStreamedResult : IAsyncDisposable, IDisposable
{
    private readonly OpenResponse _response;
    private readonly Transport _transport;
    private readonly TimeSpan _idle;
    private Stream? _body;

    internal FalStreamedResult(OpenResponse response, Transport transport, TimeSpan idle)
    {
        _response = response;
        _transport = transport;
        _idle = idle;
    }

    /// <summary>The media type, such as <c>text/event-stream</c> or <c>audio/mpeg</c>; null where it is not declared.</summary>
    public string? MediaType => _response.ContentType;

    /// <summary>fal's id of the run, for support requests.</summary>
    public string? RequestId => _response.Header(FalErrorReader.RequestIdHeader);

    /// <summary>What fal reports about the cost in the headers: <see cref="JobMetrics.BillableUnits"/>.</summary>
    public JobMetrics Metrics => new(BillableUnits: ProtocolJson.Number(_response.Header(FalResponseFacts.BillableUnitsHeader)));

    /// <summary>What fal states in the headers, which are received before the result: units that are billed may be missing.</summary>
    public FalResponseFacts Facts => FalResponseFacts.Of(_response.Header);

    /// <summary>Whether the response is a stream of server-sent events.</summary>
    public bool IsEvents => string.Equals(MediaType, "text/event-stream", StringComparison.OrdinalIgnoreCase);

    /// <summary>
    /// The body as bytes, as they arrive, such as audio that is played while it is made. A read throws a <see cref="TransportException"/> when the connection
    /// breaks, or when nothing arrives for the idle time.
    /// </summary>
    public Stream Body => _body ??= _response.OpenBody(_idle);

    /// <summary>Reads the events, each as it arrives. A response that is one JSON value, of a model that does not stream, is one event.</summary>
    /// <typeparam name="TEvent">The type of an event, such as the model's result; <see cref="RawJson"/> takes any.</typeparam>
    /// <param name="cancellationToken">A token to end the stream, which closes the connection at once.</param>
    /// <exception cref="ServiceException">An event reports an error: its type is <c>error</c>, or it has an <c>error</c> that is not empty.</exception>
    /// <exception cref="TransportException">
    /// The stream broke off, was silent for the idle time, or has an event that is not of the type; <see cref="TransportException.Body"/> has that event.
    /// </exception>
    /// <exception cref="InvalidOperationException">The response was read before: its events arrive once.</exception>
    public async IAsyncEnumerable<TEvent> ReadEventsAsync<TEvent>(
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
        where TEvent : IJsonModel<TEvent>
    {
        if (!IsEvents)
        {
            yield return await ReadWholeAsync<TEvent>(cancellationToken).ConfigureAwait(false);
            yield break;
        }
        await foreach (var next in _response.ReadEventsAsync(Read<TEvent>, _idle, cancellationToken).ConfigureAwait(false))
            yield return next;
    }

    /// <summary>Ends the stream, and closes its connection if it was not read to its end.</summary>
    public void Dispose() => _response.Dispose();

    /// <inheritdoc cref="Dispose"/>
    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }

    private TEvent Read<TEvent>(string type, ReadOnlySpan<byte> data)
        where TEvent : IJsonModel<TEvent>
    {
        if (type == "error" || FalEventErrors.HasError(data))
        {
            var response = _response.With(data.ToArray());
            throw new ServiceException(FalProtocol.ProviderName, response.StatusCode, _transport.Redact(new FalErrorReader().Read(response)));
        }
        if (typeof(TEvent) != typeof(RawJson))
            return JsonModel.FromUtf8<TEvent>(data);
        // One array of exactly the event's size.
        var raw = RawJson.Parse(data);
        return Unsafe.As<RawJson, TEvent>(ref raw);
    }

    private async Task<TEvent> ReadWholeAsync<TEvent>(CancellationToken cancellationToken)
        where TEvent : IJsonModel<TEvent>
    {
        var response = await _response.ReadToEndAsync(_idle, cancellationToken).ConfigureAwait(false);
        if (response.Json is not { } json)
        {
            throw response.Malformed(
                $"The response is not a stream of events; {nameof(TransportException.Content)} has it, and {nameof(FalClient)}."
                    + $"{nameof(FalClient.OpenStreamAsync)} reads such a response as it arrives");
        }
        try
        {
            return typeof(TEvent) == typeof(RawJson) && !FalEventErrors.HasError(json.Utf8)
                ? Unsafe.As<RawJson, TEvent>(ref json)
                : Read<TEvent>("", json.Utf8);
        }
        catch (Exception exception) when (exception is not ZoetropeException)
        {
            throw response.Malformed($"The model ran, but its result is not of the type that was expected: {exception.Message}", exception);
        }
    }
}
