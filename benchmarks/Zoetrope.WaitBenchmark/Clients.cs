using Zoetrope.Fal;
using Zoetrope.Jobs;

namespace Zoetrope.WaitBenchmark;

/// <summary>The clients of this process, each with connections of its own that are open until the process ends.</summary>
internal static class Clients
{
    public const string ByHand = "by hand";
    public const string Zoetrope = "Zoetrope";
    public const string Alone = "HttpClient alone";

    private static readonly WaitOptions Options = new() { PollInterval = StatusServer.Interval };

    /// <summary>How a client waits for a job with an id.</summary>
    /// <param name="client">The name of the client.</param>
    /// <param name="server">The address of the queue.</param>
    /// <param name="network">What sends the requests; null for sockets.</param>
    public static Func<string, Task> WaitOf(string client, Uri server, HttpMessageHandler? network = null)
    {
        switch (client)
        {
            case ByHand:
                var http = NewHttp(network);
                return id => LoopByHand.WaitAsync(http, StatusOf(id));
            case Zoetrope:
                var fal = new FalClient(
                    new FalClientOptions { ApiKey = "k", BaseUrl = server, Jitter = new Steady(), HttpClient = network is null ? null : NewHttp(network) });
                return id => fal.Resume(new JobHandle("fal", "fal-ai/kling-video", id)).WaitAsync(Options);
            case Alone:
                var alone = new ExchangeAlone(new HttpClient { Timeout = Timeout.InfiniteTimeSpan });
                var polls = alone.RunAsync();
                return id =>
                {
                    alone.Add(StatusOf(id));
                    return polls;
                };
            default:
                throw new ArgumentException($"There is no client {client}.", nameof(client));
        }

        Uri StatusOf(string id) => new(server, $"/fal-ai/kling-video/requests/{id}/status");
    }

    private static HttpClient NewHttp(HttpMessageHandler? network) => network is null ? new() : new(network);

    /// <summary>No jitter, so that it is known when a poll is due.</summary>
    private sealed class Steady : Random
    {
        public override double NextDouble() => 0.5;
    }
}
