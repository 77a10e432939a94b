using Zoetrope.Cli.Output;
using Zoetrope.Cli.Simulation;

namespace Zoetrope.Cli.Models;

/// <summary>
/// Where requests will go: to the providers, to a base URL that the user gave, or to the embedded simulator. Made before anything is started or sent.
/// </summary>
internal sealed class ConnectionPlan
{
    private readonly Uri? _baseUrl;
    private readonly bool _embedded;
    private readonly bool _asked;

    private ConnectionPlan(IReadOnlyList<Provider> providers, Uri? baseUrl, bool embedded, bool asked)
    {
        Providers = providers;
        _baseUrl = baseUrl;
        _embedded = embedded;
        _asked = asked;
    }

    /// <summary>The providers that can be used, the preferred one first.</summary>
    public IReadOnlyList<Provider> Providers { get; }

    /// <summary>Decides for a new job. Without a key and without a base URL it is the embedded simulator.</summary>
    /// <exception cref="UsageException">There is no key for the server.</exception>
    public static ConnectionPlan ForNewJob(IReadOnlyList<Provider> providers, Uri? baseUrl, bool simulate)
    {
        if (baseUrl is not null)
        {
            return simulate
                ? throw new UsageException("--simulate: cannot be used together with --base-url")
                : ToBaseUrl(providers, baseUrl);
        }
        if (!simulate && providers.Any(provider => provider.HasKey))
            return new ConnectionPlan([.. providers.Where(provider => provider.HasKey)], null, embedded: false, asked: false);
        return new ConnectionPlan(providers, null, embedded: true, asked: simulate);
    }

    /// <summary>Decides for a job that exists. It is never in an embedded simulator, which is another one each time.</summary>
    /// <exception cref="UsageException">There is no key for the server.</exception>
    public static ConnectionPlan ForExistingJob(Provider provider, Uri? baseUrl)
    {
        if (baseUrl is not null)
            return ToBaseUrl([provider], baseUrl);
        return provider.HasKey
            ? new ConnectionPlan([provider], null, embedded: false, asked: false)
            : throw new UsageException(
                [$"There is no key for {provider.Name} in the environment: set {provider.KeyVariables}."],
                ["A job of a simulator is found with --base-url and the address that `zoetrope simulate` printed."]);
    }

    /// <summary>Makes the clients, and starts the simulator where it is needed.</summary>
    /// <exception cref="UsageException">The key or the base URL is one that no client takes.</exception>
    public async Task<Connection> OpenAsync(IReporter reporter)
    {
        if (!_embedded)
            return new Connection(ConnectAll(), _baseUrl, null);
        if (!_asked)
            reporter.Say($"There is no key in the environment ({KeyVariables(Providers)}).");
        var (url, server) = await EmbeddedSimulator.StartAsync(0);
        reporter.Say($"Using the embedded simulator at {Address.Of(url)}: nothing is paid, and the result is an example.");
        return new Connection([.. Providers.Select(provider => provider.ConnectToSimulator(url))], url, server);
    }

    private List<MediaClient> ConnectAll()
    {
        try
        {
            return [.. Providers.Select(provider => provider.Connect(_baseUrl))];
        }
        catch (ArgumentException exception)
        {
            // The name of a parameter of the SDK, which the runtime puts behind the message, says nothing here.
            var message = exception.Message.Replace($" (Parameter '{exception.ParamName}')", "", StringComparison.Ordinal);
            throw new UsageException(exception.ParamName == nameof(MediaClientOptions.BaseUrl) ? $"--base-url: {message}" : message);
        }
    }

    private static ConnectionPlan ToBaseUrl(IReadOnlyList<Provider> providers, Uri baseUrl)
    {
        var usable = providers.Where(provider => baseUrl.IsLoopback || provider.HasKey).ToList();
        return usable.Count > 0
            ? new ConnectionPlan(usable, baseUrl, embedded: false, asked: false)
            : throw new UsageException($"There is no key in the environment to send to {baseUrl.Host}: set {KeyVariables(providers)}.");
    }

    private static string KeyVariables(IReadOnlyList<Provider> providers) => string.Join(", ", providers.Select(provider => provider.KeyVariables));
}
