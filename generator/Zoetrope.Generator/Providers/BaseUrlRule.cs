namespace Zoetrope.Generator.Providers;

/// <summary>Where an API of a provider is found when its clients are led elsewhere, to a simulator or a gateway.</summary>
/// <param name="Variable">The environment variable that leads them.</param>
/// <param name="Host">The API's own host.</param>
/// <param name="Path">The path that stands for the host, below the address in the variable.</param>
internal sealed record BaseUrlRule(string Variable, string Host, string Path)
{
    /// <summary>What the address may end with, because other clients of the provider accept it so, and what the paths of the API begin with anyway.</summary>
    public string Ending { get; init; } = "";
}
