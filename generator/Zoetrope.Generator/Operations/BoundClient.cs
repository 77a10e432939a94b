using Zoetrope.Specs.Model;

namespace Zoetrope.Generator.Operations;

/// <summary>The client of an API, without its operations.</summary>
internal sealed record BoundClient
{
    public required ApiClass Class { get; init; }

    /// <summary>The key of the lock file.</summary>
    public required string LockKey { get; init; }

    public required bool IsReference { get; init; }

    public required string Title { get; init; }

    public string? Description { get; init; }

    /// <summary>The name of the document.</summary>
    public required string Source { get; init; }

    public string? Server { get; init; }

    /// <summary>The hosts of operations that are not at the server.</summary>
    public EquatableArray<string> Hosts { get; init; }

    /// <summary>How the key is shown, or null when none is needed.</summary>
    public SecurityScheme? Key { get; init; }

    /// <summary>The environment variable that holds the key, or null.</summary>
    public string? KeyVariable { get; init; }

    /// <summary>The environment variables that hold the parts of the key.</summary>
    public EquatableArray<string> KeyPartVariables { get; init; }

    /// <summary>The environment variable that holds another address of the server, or null.</summary>
    public string? BaseUrlVariable { get; init; }

    /// <summary>The path of the API below that address.</summary>
    public string BaseUrlPath { get; init; } = "";

    /// <summary>What that address may end with, which the paths of the API begin with anyway.</summary>
    public string BaseUrlEnding { get; init; } = "";
}
