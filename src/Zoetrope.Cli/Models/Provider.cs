using Zoetrope.Clients;
using Zoetrope.Eachlabs;
using Zoetrope.Eachlabs.Workflows;
using Zoetrope.Fal;
using Zoetrope.Http;
using Zoetrope.Models;

namespace Zoetrope.Cli.Models;

/// <summary>One provider as the command line sees it.</summary>
internal sealed class Provider
{
    // The key that is sent to a server on this machine if none is set. The simulator accepts any.
    private const string Placeholder = "zoetrope-local";

    private readonly Func<Uri?, string?, MediaClient> _connect;
    private readonly string[][] _keyVariables;

    private Provider(
        string name, string[][] keyVariables, string baseUrlVariable, IReadOnlyList<ModelInfo> endpoints, Func<Uri?, string?, MediaClient> connect)
    {
        Name = name;
        BaseUrlVariable = baseUrlVariable;
        Endpoints = endpoints;
        _keyVariables = keyVariables;
        _connect = connect;
    }

    /// <summary>All providers, in the order of preference.</summary>
    public static IReadOnlyList<Provider> All { get; } =
    [
        new(
            "fal",
            [["FAL_KEY"], ["FAL_KEY_ID", "FAL_KEY_SECRET"]],
            "FAL_BASE_URL",
            Fal.Models.ModelIndex.All,
            (baseUrl, key) => new FalClient(new FalClientOptions { BaseUrl = baseUrl, ApiKey = key })),
        new(
            "eachlabs",
            [["EACHLABS_API_KEY"], ["EACH_API_KEY"]],
            "EACHLABS_BASE_URL",
            Eachlabs.Models.ModelIndex.All,
            (baseUrl, key) => new EachlabsClient(new EachlabsClientOptions { BaseUrl = baseUrl, ApiKey = key })),
        // Workflows are of an account, and described by no document: any can be triggered and resumed.
        new(
            EachlabsWorkflowProtocol.ProviderName,
            [["EACHLABS_API_KEY"], ["EACH_API_KEY"]],
            "EACHLABS_BASE_URL",
            [],
            (baseUrl, key) => new EachlabsWorkflowClient(new EachlabsClientOptions { BaseUrl = baseUrl, ApiKey = key })),
        .. new[]
        {
            BlackForestLabs.BlackForestLabsClient.Description, ElevenLabs.ElevenLabsClient.Description, Higgsfield.HiggsfieldClient.Description,
            Leonardo.LeonardoClient.Description, Luma.LumaClient.Description, Replicate.ReplicateClient.Description, Runway.RunwayClient.Description,
            Together.TogetherClient.Description, Topaz.TopazClient.Description, WaveSpeed.WaveSpeedClient.Description,
        }.Select(Of),
    ];

    /// <summary>A provider that a declaration describes.</summary>
    private static Provider Of(ProviderDescription description) => new(
        description.Name, [.. description.KeyVariables.Select(variable => new[] { variable })], description.BaseUrlVariable, description.Models,
        description.Connect)
    {
        IsDeclared = true,
    };

    /// <summary>Whether a declaration describes it: the simulator serves it below its name.</summary>
    private bool IsDeclared { get; init; }

    /// <summary>The name, such as <c>fal</c>.</summary>
    public string Name { get; }

    /// <summary>The models whose documents this build was made from.</summary>
    public IReadOnlyList<ModelInfo> Endpoints { get; }

    /// <summary>Whether the environment contains a key. The client itself decides which one it reads.</summary>
    public bool HasKey => _keyVariables.Any(set => set.All(variable => !string.IsNullOrWhiteSpace(Environment.GetEnvironmentVariable(variable))));

    /// <summary>The environment variable with the base URL of a server to use instead of the provider's own.</summary>
    public string BaseUrlVariable { get; }

    /// <summary>That base URL; null if it is not set.</summary>
    /// <exception cref="UsageException">It is not a URL.</exception>
    public Uri? BaseUrl
    {
        get
        {
            try
            {
                return BaseAddress.FromEnvironment(BaseUrlVariable);
            }
            catch (ArgumentException exception)
            {
                throw new UsageException(exception.Message);
            }
        }
    }

    /// <summary>The environment variables with the key, as text.</summary>
    public string KeyVariables => string.Join(" or ", _keyVariables.Select(set => string.Join("+", set)));

    /// <summary>The environment variable that may hold the whole key.</summary>
    public string KeyVariable => _keyVariables[0][0];

    /// <summary>Finds a provider by its name.</summary>
    public static Provider? Find(string name) => All.FirstOrDefault(provider => provider.Name == name);

    /// <summary>Creates a client for the provider itself, or for what a user runs at <paramref name="baseUrl"/>.</summary>
    public MediaClient Connect(Uri? baseUrl) => _connect(baseUrl, HasKey ? null : Placeholder);

    /// <summary>Creates a client for a simulator, which never sees a real key.</summary>
    public MediaClient ConnectToSimulator(Uri baseUrl) => _connect(IsDeclared ? new Uri(baseUrl, Name) : baseUrl, Placeholder);

    /// <summary>Creates a client that sends nothing: it knows where the provider is.</summary>
    public MediaClient ConnectWithoutKey() => _connect(null, Placeholder);
}
