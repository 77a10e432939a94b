using Zoetrope.Models;

namespace Zoetrope.Clients;

/// <summary>A provider as programs that serve any provider see it: how it is called, where its key is, and which models it has.</summary>
/// <param name="Name">The name in handles and routes, such as <c>runway</c>.</param>
/// <param name="DisplayName">The name in texts, such as <c>Runway</c>.</param>
/// <param name="KeyVariables">The environment variables that may hold the key, in the order of preference.</param>
/// <param name="BaseUrlVariable">The environment variable with the base URL of a server to use instead of the provider's own.</param>
/// <param name="Models">The models with typed requests and results.</param>
/// <param name="Connect">
/// Creates a client: with a base URL, or null for the provider's own or that of the environment; and with a key, or null for that of the environment.
/// </param>
public sealed record ProviderDescription(
    string Name, string DisplayName, IReadOnlyList<string> KeyVariables, string BaseUrlVariable, IReadOnlyList<ModelInfo> Models,
    Func<Uri?, string?, MediaClient> Connect)
{
    /// <summary>How long the provider keeps a job; null where nothing is documented. After it, the job is not found.</summary>
    public TimeSpan? Retention { get; init; }

    /// <summary>How long the files of a result are available at least; null where nothing is documented, or each response says it.</summary>
    public TimeSpan? FileLifetime { get; init; }

    /// <summary>
    /// Whether the files of a result are served to requests with the key only. <see cref="MediaClient.DownloadAsync"/> and <see
    /// cref="MediaClient.SaveAsync"/> then send it, to the provider's own hosts.
    /// </summary>
    public bool FilesNeedKey { get; init; }
}
