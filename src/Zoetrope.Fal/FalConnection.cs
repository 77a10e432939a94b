using Zoetrope.Http;

namespace Zoetrope.Fal;

/// <summary>The addresses and the transport that a client's queue and direct runs share.</summary>
internal sealed class FalConnection
{
    private const string Host = "fal.run";

    public FalConnection(FalClientOptions options)
    {
        Options = options;
        QueueUrl = BaseAddress.Check(options.BaseUrl, nameof(options.BaseUrl), Host) ?? new Uri("https://queue.fal.run");
        var runUrl = BaseAddress.Check(options.RunUrl, nameof(options.RunUrl), Host);
        RunRoot = BaseAddress.RootOf(runUrl ?? (options.BaseUrl is null ? new Uri("https://fal.run") : new Uri(BaseAddress.RootOf(QueueUrl) + "/run")));
        var hosts = new TrustedHosts(Host).WithOrigin(runUrl);
        Transport =
            new Transport(FalProtocol.ProviderName, options, new FalErrorReader(), hosts, new AuthHeader("Authorization", "Key " + options.ResolveKey()));
    }

    public FalClientOptions Options { get; }

    public Uri QueueUrl { get; }

    public string RunRoot { get; }

    public Transport Transport { get; }
}
