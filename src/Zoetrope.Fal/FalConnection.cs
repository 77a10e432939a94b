using Zoetrope.Protocol;

namespace Zoetrope.Fal;

/// <summary>The addresses and the transport that a client's queue and direct runs share.</summary>
internal sealed class FalConnection
{
    public FalConnection(FalClientOptions options)
    {
        Options = options;
        QueueUrl = Check(options.BaseUrl, nameof(options.BaseUrl)) ?? new Uri("https://queue.fal.run");
        var runUrl = Check(options.RunUrl, nameof(options.RunUrl));
        RunRoot = RootOf(runUrl ?? (options.BaseUrl is null ? new Uri("https://fal.run") : new Uri(RootOf(QueueUrl) + "/run")));
        var hosts = new TrustedHosts("fal.run").WithOrigin(runUrl);
        Transport = new Transport(FalProtocol.ProviderName, options, new FalErrorReader(), hosts, new AuthHeader("Authorization", "Key " + options.ResolveKey()));
    }

    public FalClientOptions Options { get; }

    public Uri QueueUrl { get; }

    public string RunRoot { get; }

    public Transport Transport { get; }

    /// <summary>An address without a slash at its end, so that paths can be put behind it.</summary>
    public static string RootOf(Uri address) => address.GetLeftPart(UriPartial.Path).TrimEnd('/');

    private static Uri? Check(Uri? address, string name)
    {
        if (address is not (null or { IsAbsoluteUri: true, Scheme: "http" or "https" }))
            throw new ArgumentException($"{name} must be an absolute http or https URL, not '{address}'.", name);
        if (address is { Scheme: "http" } && (IsHostOrBelow(address, "fal.run") || IsHostOrBelow(address, "fal.ai")))
            throw new ArgumentException($"{name} is fal itself over http, which would show the key to the network; use https.", name);
        return address;
    }

    private static bool IsHostOrBelow(Uri address, string host) =>
        address.IdnHost.EndsWith(host, StringComparison.OrdinalIgnoreCase)
        && (address.IdnHost.Length == host.Length || address.IdnHost[^(host.Length + 1)] == '.');
}
