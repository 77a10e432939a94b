using Zoetrope.Http;

namespace Zoetrope.Fal;

/// <summary>The addresses and the transport that a client's queue and direct runs share.</summary>
internal sealed class FalConnection
{
    private const string Host = "fal.run";
    private const string BackupHost = "falrun.com";
    internal const string BackupQueueHost = "queue." + BackupHost;
    private const string RestHost = "rest.fal.ai";
    private const string PlatformHost = "api.fal.ai";
    private FalFiles? _files;

    public FalConnection(FalClientOptions options)
    {
        Options = options;
        QueueUrl = BaseAddress.Check(options.BaseUrl, nameof(options.BaseUrl), Host) ?? new Uri("https://queue.fal.run");
        var runUrl = BaseAddress.Check(options.RunUrl, nameof(options.RunUrl), Host);
        RunRoot = BaseAddress.RootOf(runUrl ?? (options.BaseUrl is null ? new Uri("https://fal.run") : new Uri(BaseAddress.RootOf(QueueUrl) + "/run")));
        var restUrl = BaseAddress.Check(options.RestUrl, nameof(options.RestUrl), RestHost);
        RestRoot = restUrl is not null ? BaseAddress.RootOf(restUrl) : options.BaseUrl is null ? "https://" + RestHost : BaseAddress.RootOf(QueueUrl);
        var hosts = new TrustedHosts(Host, RestHost, PlatformHost).WithOrigin(runUrl).WithOrigin(restUrl);
        if (options.BaseUrl is null && (options.UseBackupHosts ?? options.HttpClient is null))
        {
            hosts = hosts.WithBackup("queue." + Host, BackupQueueHost);
            if (runUrl is null)
                hosts = hosts.WithBackup(Host, BackupHost);
        }
        Transport =
            new Transport(FalProtocol.ProviderName, options, new FalErrorReader(), hosts, new AuthHeader("Authorization", "Key " + options.ResolveKey()));
    }

    public FalClientOptions Options { get; }

    /// <summary>The root of the platform's API, of which no client that asks nothing of it contains anything.</summary>
    public string PlatformRoot => Options.BaseUrl is null ? "https://" + PlatformHost : BaseAddress.RootOf(QueueUrl) + "/platform";

    public Uri QueueUrl { get; }

    public string RunRoot { get; }

    /// <summary>The address of fal's REST services, without a slash at the end.</summary>
    public string RestRoot { get; }

    /// <summary>The files, whose token is that of all uploads of a client.</summary>
    public FalFiles Files => Volatile.Read(ref _files) ?? Interlocked.CompareExchange(ref _files, new(this), null) ?? _files;

    public Transport Transport { get; }
}
