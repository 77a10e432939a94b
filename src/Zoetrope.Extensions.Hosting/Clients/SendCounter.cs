using System.Diagnostics.Metrics;
using Microsoft.Extensions.Http;
using Microsoft.Extensions.Logging;
using Zoetrope.Extensions.Hosting.Logging;
using Zoetrope.Http;

namespace Zoetrope.Extensions.Hosting.Clients;

/// <summary>
/// Counts what a primary handler of the user's own sends of a request that must be sent once. Such a handler can copy a content, so that it is not seen that
/// it sends it again; but .NET's own handlers, which it sends with, count each request in the flow of the one that they belong to. The second is stopped
/// before it is sent, and reported.
/// </summary>
/// <param name="logger">Where it is reported.</param>
internal sealed class SendCounter(ILogger logger) : DelegatingHandler
{
    private static readonly AsyncLocal<Sends?> _current = new();
    private static readonly Lazy<MeterListener> _listener = new(Listen);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (!RequestMarks.IsSentOnce(request))
            return await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        _ = _listener.Value;
        // Flows down only: the caller does not have it.
        _current.Value = new Sends(logger, request.RequestUri);
        return await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
    }

    private static MeterListener Listen()
    {
        var listener = new MeterListener
        {
            InstrumentPublished = static (instrument, listener) =>
            {
                if (instrument.Meter.Name == "System.Net.Http" && instrument.Name == "http.client.active_requests")
                    listener.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<long>(static (_, change, _, _) =>
        {
            if (change > 0)
                _current.Value?.Begin();
        });
        listener.Start();
        return listener;
    }

    private sealed class Sends(ILogger logger, Uri? address)
    {
        private int _count;

        public void Begin()
        {
            if (Interlocked.Increment(ref _count) == 1)
                return;
            var safe = address?.GetLeftPart(UriPartial.Path) ?? "";
            HostMessages.SendRepeated(logger, address?.IdnHost ?? "", safe);
            throw new InvalidOperationException(
                $"The primary handler of the HTTP client was about to send the request to {safe} again, which was stopped, because it could be paid twice.");
        }
    }

    /// <summary>Adds the counter to the handlers of clients whose primary handler is the user's own.</summary>
    /// <param name="clients">The clients.</param>
    /// <param name="loggers">The log.</param>
    internal sealed class Filter(IEnumerable<MediaClientRegistration> clients, ILoggerFactory loggers) : IHttpMessageHandlerBuilderFilter
    {
        public Action<HttpMessageHandlerBuilder> Configure(Action<HttpMessageHandlerBuilder> next) => builder =>
        {
            next(builder);
            var client = clients.FirstOrDefault(client => client.FullName == builder.Name);
            if (client is not null && builder.PrimaryHandler is not (ProviderConnections or SocketsHttpHandler or HttpClientHandler))
                builder.AdditionalHandlers.Add(new SendCounter(loggers.CreateLogger($"{MediaClientRegistration.Root}.{client.Section}")));
        };
    }
}
