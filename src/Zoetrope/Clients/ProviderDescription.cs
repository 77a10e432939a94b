using Zoetrope.Models;

namespace Zoetrope.Clients;

/// <summary>A provider as programs that serve any provider see it: how it is called, where its key is, and which models it has.</summary>
/// <param name="Name">The name in handles and routes, such as <c>runway</c>.</param>
/// <param name="DisplayName">The name in texts, such as <c>Runway</c>.</param>
/// <param name="KeyVariables">The environment variables that may hold the key, in the order of preference.</param>
/// <param name="BaseUrlVariable">The environment variable with the base URL of a server to use instead of the provider's own.</param>
/// <param name="Models">The models with typed requests and results.</param>
/// <param name="Connect">
/// Makes a client: with a base URL, or null for the provider's own or that of the environment; and with a key, or null for that of the environment.
/// </param>
public sealed record ProviderDescription(
    string Name, string DisplayName, IReadOnlyList<string> KeyVariables, string BaseUrlVariable, IReadOnlyList<ModelInfo> Models,
    Func<Uri?, string?, MediaClient> Connect);
