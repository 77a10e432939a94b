using Zoetrope.Cli.Output;
using Zoetrope.Cli.Simulation;
using Zoetrope.Clients;
using Zoetrope.Http;

namespace Zoetrope.Cli.Models;

/// <summary>
/// Where requests will go: to the providers, to a base URL that the user gave, or to the embedded simulator. Made before anything is started or sent.
/// </summary>
internal sealed class ConnectionPlan
{
    private readonly IReadOnlyList<ServerTarget> _targets;
    private readonly bool _asked;

    private ConnectionPlan(IReadOnlyList<ServerTarget> targets, bool embedded, bool asked)
    {
        _targets = targets;
        IsEmbedded = embedded;
        _asked = asked;
    }

    /// <summary>The providers that can be used, the preferred one first.</summary>
    public IReadOnlyList<Provider> Providers => [.. _targets.Select(target => target.Provider)];

    /// <summary>Whether it is the simulator inside this process, which plays only the models that this build knows.</summary>
    public bool IsEmbedded { get; }

    /// <summary>Decides for a new job. Without a key and without a base URL it is the embedded simulator.</summary>
    /// <exception cref="UsageException">No key for the server is set.</exception>
    public static ConnectionPlan ForNewJob(IReadOnlyList<Provider> providers, Uri? baseUrl, bool simulate)
    {
        if (simulate)
        {
            return baseUrl is null
                ? new ConnectionPlan([.. providers.Select(provider => new ServerTarget(provider, null))], embedded: true, asked: true)
                : throw new UsageException("--simulate: cannot be used together with --base-url");
        }
        var targets = Targets(providers, baseUrl);
        var usable = targets.FindAll(target => target.IsUsable);
        if (usable.Count > 0)
            return new ConnectionPlan(usable, embedded: false, asked: false);
        return targets.Find(target => target.BaseUrl is not null) is { } keyless
            ? throw NoKeyFor(keyless.BaseUrl!, providers)
            : new ConnectionPlan(targets, embedded: true, asked: false);
    }

    /// <summary>Decides for a job that exists. It is never in an embedded simulator, which is another one each time.</summary>
    /// <exception cref="UsageException">No key for the server is set.</exception>
    public static ConnectionPlan ForExistingJob(Provider provider, Uri? baseUrl) => ForExistingJobs([provider], baseUrl);

    /// <summary>Decides for jobs that exist, of several providers.</summary>
    /// <exception cref="UsageException">No key for one of the servers is set.</exception>
    public static ConnectionPlan ForExistingJobs(IReadOnlyList<Provider> providers, Uri? baseUrl)
    {
        var targets = Targets(providers, baseUrl);
        if (targets.Find(target => !target.IsUsable) is not { } keyless)
            return new ConnectionPlan(targets, embedded: false, asked: false);
        throw keyless.BaseUrl is { } server
            ? NoKeyFor(server, [keyless.Provider])
            : new UsageException(
                [$"No key for {keyless.Provider.Name} is in the environment: set {keyless.Provider.KeyVariables}."],
                ["For a job of a simulator, add --base-url with the address that `zoetrope simulate` printed."])
            {
                Code = ErrorCode.NoKey,
            };
    }

    /// <summary>Creates the clients, and starts the simulator where it is needed.</summary>
    /// <exception cref="UsageException">The key or the base URL is not valid.</exception>
    public async Task<Connection> OpenAsync(IReporter reporter)
    {
        if (!IsEmbedded)
            return new Connection([.. _targets.Select(target => (target, Connect(target)))], null);
        if (!_asked)
            reporter.WriteLine($"No key is in the environment ({KeyVariables(Providers)}).");
        var (url, server, _) = await EmbeddedSimulator.StartAsync(new SimulatorSettings
        {
            OnUndocumentedEndpoint = (_, id) => reporter.WriteLine(UndocumentedEndpoint.Warning(id)),
        });
        reporter.WriteLine($"Using the embedded simulator at {Address.Of(url)}: it costs nothing, and the result is an example.");
        return new Connection([.. _targets.Select(target => (new ServerTarget(target.Provider, url), target.Provider.ConnectToSimulator(url)))], server);
    }

    private static MediaClient Connect(ServerTarget target)
    {
        try
        {
            return target.Connect();
        }
        catch (ArgumentException exception)
        {
            // The name of an SDK parameter, which the runtime appends to the message, means nothing here.
            var message = exception.Message.Replace($" (Parameter '{exception.ParamName}')", "", StringComparison.Ordinal);
            throw new UsageException(exception.ParamName == nameof(MediaClientOptions.BaseUrl) ? $"--base-url: {message}" : message);
        }
    }

    private static List<ServerTarget> Targets(IReadOnlyList<Provider> providers, Uri? baseUrl) =>
        [.. providers.Select(provider => new ServerTarget(provider, baseUrl ?? provider.BaseUrl))];

    private static UsageException NoKeyFor(Uri baseUrl, IReadOnlyList<Provider> providers) =>
        new($"No key is in the environment to send to {baseUrl.Host}: set {KeyVariables(providers)}.") { Code = ErrorCode.NoKey };

    private static string KeyVariables(IReadOnlyList<Provider> providers) => string.Join(", ", providers.Select(provider => provider.KeyVariables));
}
