using Zoetrope.Http;

namespace Zoetrope.Operations;

/// <summary>What generated code knows about a provider's API from its document.</summary>
/// <param name="Name">What it is called in messages, activities and meters, such as <c>FalPlatform</c>.</param>
public sealed record ApiDefinition(string Name)
{
    /// <summary>Where it is: an absolute URL, such as <c>https://api.fal.ai/v1</c>; null when the document names none, and then users must.</summary>
    public string? Server { get; init; }

    /// <summary>
    /// Where the key may go besides <see cref="Server"/>, over https: the servers of operations that have their own. An entry is a host's name, such as <c>files.fal.ai</c>, which trusts
    /// the usual port and the hosts below it too, or an absolute https URL, such as <c>https://api.fal.ai:8443</c>, whose scheme, host and port are trusted exactly.
    /// </summary>
    public IReadOnlyList<string> Hosts { get; init; } = [];

    /// <summary>Where the key goes; null when no operation needs one.</summary>
    public ApiKeyLocation? ApiKeyLocation { get; init; }

    /// <summary>The environment variable that the key is taken from when the options have none; null for none.</summary>
    public string? ApiKeyVariable { get; init; }
}
