using Zoetrope.Http;

namespace Zoetrope.Fal;

/// <summary>The addresses and the transport that a client's queue and direct runs share.</summary>
internal sealed class FalConnection
{
    private const string Host = "fal.run";
    private const string BackupHost = "falrun.com";
    internal const string BackupQueueHost = "queue." + BackupHost;
    private const string ServiceHost = "fal.ai";
    private const string RestHost = "rest." + ServiceHost;
    private const string PlatformHost = "api." + ServiceHost;
    private FalFiles? _files;

    public FalConnection(FalClientOptions options)
    {
        Options = options;
        QueueUrl = Check(options.BaseUrl, nameof(options.BaseUrl)) ?? new Uri("https://queue.fal.run");
        var runUrl = Check(options.RunUrl, nameof(options.RunUrl));
        var root = options.BaseUrl is null ? null : BaseAddress.RootOf(QueueUrl);
        RunRoot = runUrl is not null ? BaseAddress.RootOf(runUrl) : root is null ? "https://" + Host : root + "/run";
        var restUrl = Check(options.RestUrl, nameof(options.RestUrl));
        RestRoot = restUrl is not null ? BaseAddress.RootOf(restUrl) : root ?? "https://" + RestHost;
        var hosts = new TrustedHosts(Host, RestHost, PlatformHost).WithOrigin(runUrl).WithOrigin(restUrl);
        if (root is null && (options.UseBackupHosts ?? options is { HttpClient: null, HttpClientSource: null }))
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

    // Any of fal's hosts may be set as any of the addresses, and none is accessed over http.
    private static Uri? Check(Uri? address, string name) =>
        BaseAddress.Check(BaseAddress.Check(BaseAddress.Check(address, name, Host), name, BackupHost), name, ServiceHost);
}
