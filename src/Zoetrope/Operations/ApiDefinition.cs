using Zoetrope.Http;

namespace Zoetrope.Operations;

/// <summary>The facts about a provider's API that generated code takes from its specification.</summary>
/// <param name="Name">The name in messages, activities and meters, such as <c>FalPlatform</c>.</param>
public sealed record ApiDefinition(string Name)
{
    /// <summary>The server: an absolute URL, such as <c>https://api.fal.ai/v1</c>; null when the specification names none, and users must set it.</summary>
    public string? Server { get; init; }

    /// <summary>
    /// The hosts that the key may be sent to besides <see cref="Server"/>, over https: the servers of operations that have their own. An entry is a host's
    /// name, such as <c>files.fal.ai</c>, which trusts the default port and the subdomains, too, or an absolute https URL, such as
    /// <c>https://api.fal.ai:8443</c>, whose scheme, host and port are matched exactly.
    /// </summary>
    public IReadOnlyList<string> Hosts { get; init; } = [];

    /// <summary>The location of the key; null when no operation needs one.</summary>
    public ApiKeyLocation? ApiKeyLocation { get; init; }

    /// <summary>The environment variable of the key if the options have none; null for none.</summary>
    public string? ApiKeyVariable { get; init; }

    /// <summary>
    /// The environment variables of the parts of the key, which a colon joins, if the options and <see cref="ApiKeyVariable"/> have none; empty for none.
    /// </summary>
    public IReadOnlyList<string> ApiKeyPartVariables { get; init; } = [];

    /// <summary>
    /// The environment variable of an address that takes the place of the server, such as a simulator's, if the options have none; null for none.
    /// </summary>
    public string? BaseUrlVariable { get; init; }

    /// <summary>The path of this API below the address in <see cref="BaseUrlVariable"/>.</summary>
    public string BaseUrlPath { get; init; } = "";

    /// <summary>
    /// What the address in <see cref="BaseUrlVariable"/> may end with although the paths of this API begin with it: other clients of the provider take the
    /// address in both forms. Empty for nothing.
    /// </summary>
    public string BaseUrlEnding { get; init; } = "";

    /// <summary>The address in the environment variable; null where there is none.</summary>
    internal Uri? BaseUrl
    {
        get
        {
            if (BaseUrlVariable is not { } variable || BaseAddress.FromEnvironment(variable) is not { } address)
                return null;
            var root = BaseAddress.RootOf(address);
            if (BaseUrlEnding.Length > 0 && root.EndsWith(BaseUrlEnding, StringComparison.Ordinal))
                root = root[..^BaseUrlEnding.Length];
            return new Uri(root + BaseUrlPath);
        }
    }
}
