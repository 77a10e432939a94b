namespace Zoetrope.Operations;

/// <summary>What generated code knows about a provider's API from its document.</summary>
/// <param name="Name">What it is called in messages, activities and meters, such as <c>FalPlatform</c>.</param>
public sealed record ApiDefinition(string Name)
{
    /// <summary>Where it is: an absolute URL, such as <c>https://api.fal.ai/v1</c>; null when the document names none, and then users must.</summary>
    public string? Server { get; init; }

    /// <summary>Host names that the key may go to besides the server's, over https: those of operations with servers of their own. Hosts below them are trusted too.</summary>
    public IReadOnlyList<string> Hosts { get; init; } = [];

    /// <summary>Where the key goes; null when no operation needs one.</summary>
    public ApiKeyPlace? Key { get; init; }

    /// <summary>The environment variable that the key is taken from when the options have none; null for none.</summary>
    public string? KeyVariable { get; init; }
}
