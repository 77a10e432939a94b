using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Zoetrope.Simulator.Jobs;

/// <summary>Posts the webhooks of jobs that end, a bounded number of times each.</summary>
internal sealed class WebhookSender(SimulatorOptions options, CancellationToken stopping) : IAsyncDisposable
{
    private static readonly TimeSpan ResponseTimeout = TimeSpan.FromSeconds(15);

#pragma warning disable RS0030 // The simulator plays a provider: it takes no rules from the client.
    private readonly HttpClient _client =
        new(new SocketsHttpHandler { AllowAutoRedirect = false, Proxy = new NoProxyToThisMachine(HttpClient.DefaultProxy) }) { Timeout = ResponseTimeout };
#pragma warning restore RS0030
    private readonly Lock _gate = new();
    private readonly List<Task> _deliveries = [];
    private readonly List<WebhookRecord> _records = [];

    /// <summary>The webhooks that were posted for providers, newest first.</summary>
    public IReadOnlyList<WebhookRecord> Deliveries(params ReadOnlySpan<string> providers)
    {
        var found = new List<WebhookRecord>();
        lock (_gate)
        {
            foreach (var record in _records)
            {
                if (providers.Contains(record.Provider))
                    found.Insert(0, record);
            }
        }
        return found;
    }

    /// <summary>Posts to <paramref name="url"/> when a job ends; nothing when it is canceled before.</summary>
    /// <param name="job">The job.</param>
    /// <param name="url">The receiver.</param>
    /// <param name="payload">Creates the payload once the job has ended.</param>
    /// <param name="sign">Creates the headers of each post; null for none.</param>
    public void Schedule(
        SimulatedJob job, Uri url, Func<SimulatedJob, JsonNode> payload, Func<byte[], IReadOnlyList<KeyValuePair<string, string>>>? sign = null)
    {
        var delivery = DeliverAsync(job, url, payload, sign ?? (static _ => []));
        lock (_gate)
        {
            _deliveries.RemoveAll(task => task.IsCompleted);
            _deliveries.Add(delivery);
        }
    }

    public async ValueTask DisposeAsync()
    {
        Task[] deliveries;
        lock (_gate)
            deliveries = [.. _deliveries];
        await Task.WhenAll(deliveries);
        _client.Dispose();
    }

    private async Task DeliverAsync(
        SimulatedJob job, Uri url, Func<SimulatedJob, JsonNode> payload, Func<byte[], IReadOnlyList<KeyValuePair<string, string>>> sign)
    {
        try
        {
            var clock = options.TimeProvider;
            for (var left = job.Ends - clock.GetUtcNow(); left > TimeSpan.Zero; left = job.Ends - clock.GetUtcNow())
                await Task.Delay(left < TimeSpan.FromMilliseconds(1) ? TimeSpan.FromMilliseconds(1) : left, clock, stopping);
            if (job.PhaseAt(clock.GetUtcNow()) == JobPhase.Canceled)
                return;
            var body = JsonSerializer.SerializeToUtf8Bytes(payload(job));
            var record = new WebhookRecord(job.Endpoint.Provider, job.Id, url, Encoding.UTF8.GetString(body), clock.GetUtcNow());
            lock (_gate)
                _records.Add(record);
            for (var attempt = 1; !await PostAsync(url, body, sign(body), record) && attempt < options.WebhookAttempts; attempt++)
                await Task.Delay(options.WebhookRetryDelay, clock, stopping);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The simulator stops; what it has not delivered by then is lost, as its jobs are.
        }
    }

    private async Task<bool> PostAsync(Uri url, byte[] body, IReadOnlyList<KeyValuePair<string, string>> headers, WebhookRecord record)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        try
        {
            using var response = await _client.SendAsync(request, stopping);
            record.Add(response.IsSuccessStatusCode);
            return response.IsSuccessStatusCode;
        }
        catch (Exception exception) when (exception is HttpRequestException || (exception is OperationCanceledException && !stopping.IsCancellationRequested))
        {
            record.Add(false);
            return false;
        }
    }

    /// <summary>The environment's proxy, which cannot reach a receiver on this machine and must not read what is posted to it.</summary>
    private sealed class NoProxyToThisMachine(IWebProxy proxy) : IWebProxy
    {
        public ICredentials? Credentials { get => proxy.Credentials; set => proxy.Credentials = value; }

        public Uri? GetProxy(Uri destination) => proxy.GetProxy(destination);

        public bool IsBypassed(Uri host) => host.IsLoopback || proxy.IsBypassed(host);
    }
}
