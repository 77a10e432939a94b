using Microsoft.Extensions.Logging;
using Zoetrope.Clients;
using Zoetrope.Jobs.Delivery;

namespace Zoetrope.Jobs;

/// <summary>The options of a ledger in this process.</summary>
public sealed class LedgerOptions
{
    /// <summary>The clients that submit and watch the jobs, one of each provider. They are not disposed with the ledger.</summary>
    public required IReadOnlyList<MediaClient> Clients { get; init; }

    /// <summary>Where the files of results are stored. None by default: a job is then delivered as soon as its result is in the ledger.</summary>
    public IOutputStore? Outputs { get; init; }

    /// <summary>
    /// The limits of providers over all workers of the ledger, by the provider's name; each worker must have the same. Eachlabs' documented ones (100 submits a
    /// minute, 10 jobs at once) by default.
    /// </summary>
    public IDictionary<string, ProviderLimits> Limits { get; } = new Dictionary<string, ProviderLimits>(StringComparer.Ordinal)
    {
        ["eachlabs"] = new(SubmitsPerMinute: 100, InFlight: 10),
    };

    /// <summary>
    /// The public https URL of an endpoint that passes webhooks to <see cref="JobLedger.ReceiveAsync"/>, or a URL of this machine where a local server stands
    /// in for the provider. Each job's own token is added to its query. None by default; polling is what decides in any case. An endpoint verifies the
    /// webhooks of one provider: where there are clients of several, use <see cref="Webhooks"/>.
    /// </summary>
    public Uri? WebhookUrl { get; init; }

    /// <summary>
    /// The webhooks of providers, by the provider's name: each has an endpoint of its own, which verifies them. A provider that is not named here has
    /// <see cref="WebhookUrl"/>. Empty by default.
    /// </summary>
    public IDictionary<string, LedgerWebhook> Webhooks { get; } = new Dictionary<string, LedgerWebhook>(StringComparer.Ordinal);

    /// <summary>
    /// Where is logged what a person should see: jobs in doubt or at a cap, files that cannot be stored, and a store that cannot be reached. In a host, its log
    /// by default, with the category <c>Zoetrope.Jobs</c>; elsewhere none.
    /// </summary>
    public ILogger? Logger { get; init; }

    /// <summary>
    /// The URLs that are notified when a job was delivered, has failed, was canceled, or is in doubt, whichever process of the ledger noted it. None by
    /// default.
    /// </summary>
    public IReadOnlyList<NotificationOptions> Notifications { get; init; } = [];

    /// <summary>The only batch whose jobs this process works on; null, the default, for all.</summary>
    public string? Batch { get; init; }

    /// <summary>The maximum number of submits at once; 16 by default.</summary>
    public int Parallel { get; init; } = 16;

    /// <summary>
    /// The maximum number of jobs that this process waits for at once; 100,000 by default. It submits none beyond them, so that a small number is one of jobs
    /// in flight.
    /// </summary>
    public int MostWaits { get; init; } = 100_000;

    /// <summary>
    /// How long the jobs of a process that was killed stay its own; 10 seconds by default. Others take them over afterwards. It is extended four times in that
    /// time, and a process whose lease is half over sends nothing.
    /// </summary>
    public TimeSpan Lease { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// How long a process goes on trying to store what came of its submits after its caller has stopped it, where the store takes nothing; one minute by
    /// default. Then the caller gets it in the exception, which is the only copy. Until it is stopped, a process tries without end.
    /// </summary>
    public TimeSpan ReceiptTimeout { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>
    /// How long a job in doubt is looked for in the provider's list of jobs, where it has one; five minutes by default. What it finds must have been created in
    /// that time, give or take a minute by which clocks may differ.
    /// </summary>
    public TimeSpan ListLookup { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// How long the files of a job that has ended are tried to be stored; seven days by default. Then the job is delivered without them, as <see
    /// cref="JobLedger.AbandonAsync"/> does it, and its reason says why. <see cref="Timeout.InfiniteTimeSpan"/> for no end.
    /// </summary>
    public TimeSpan DeliveryTimeout { get; init; } = TimeSpan.FromDays(7);

    /// <summary>The time between two polls of a job; null, the default, for the schedule that its provider recommends.</summary>
    public TimeSpan? PollInterval { get; init; }

    /// <exception cref="ArgumentException">An option has a value that it cannot have.</exception>
    internal void Check()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Parallel, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(MostWaits, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(ReceiptTimeout, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(ListLookup, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(Lease, TimeSpan.FromMilliseconds(100));
        foreach (var one in Notifications)
            one.Check();
        if (Notifications.DistinctBy(one => one.Name).Count() < Notifications.Count)
            throw new ArgumentException("Two notifications have one name.", nameof(Notifications));
        if (DeliveryTimeout != Timeout.InfiniteTimeSpan)
            ArgumentOutOfRangeException.ThrowIfLessThan(DeliveryTimeout, TimeSpan.Zero);
        if (PollInterval is { } interval)
            ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(interval, TimeSpan.Zero, nameof(PollInterval));
        CheckUrl(WebhookUrl, nameof(WebhookUrl));
        foreach (var (provider, webhook) in Webhooks)
        {
            if (!Clients.Any(client => client.Provider == provider))
                throw new ArgumentException($"{nameof(Webhooks)} names '{provider}', of which there is no client: there are {Providers}.", nameof(Webhooks));
            CheckUrl(webhook.Url, nameof(Webhooks));
        }
    }

    /// <summary>The webhook of a provider; null for none.</summary>
    internal LedgerWebhook? WebhookOf(string provider) =>
        Webhooks.TryGetValue(provider, out var own) ? own : WebhookUrl is { } url ? new LedgerWebhook(url) : null;

    internal MediaClient ClientOf(string provider)
    {
        foreach (var client in Clients)
        {
            if (client.Provider == provider)
                return client;
        }
        throw new LedgerException($"This ledger has no client of {provider}: add one to {nameof(LedgerOptions)}.{nameof(Clients)}, which has {Providers}.");
    }

    private string Providers => string.Join(", ", Clients.Select(client => client.Provider));

    private static void CheckUrl(Uri? url, string name)
    {
        if (url is not null && !(url.IsAbsoluteUri && (url.Scheme == Uri.UriSchemeHttps || (url.Scheme == Uri.UriSchemeHttp && url.IsLoopback))))
            throw new ArgumentException($"{name} must be an absolute https URL, or an http URL of this machine, but is '{url}'.", name);
    }
}
