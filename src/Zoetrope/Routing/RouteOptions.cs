using Zoetrope.Jobs;

namespace Zoetrope.Routing;

/// <summary>The options of <see cref="MediaRouter"/>: the choice of a provider, the submit and the wait.</summary>
public sealed class RouteOptions
{
    /// <summary>The provider to try first; null uses the order of the router's clients.</summary>
    public string? PreferredProvider { get; set; }

    /// <summary>Whether other providers are tried when one definitely rejected the job; true by default.</summary>
    public bool AllowFallback { get; set; } = true;

    /// <summary>
    /// The options of the submit at any provider. They must have the common type, as each provider refuses the types of others;
    /// <see cref="SubmitOptionsSelector"/> selects options per provider.
    /// </summary>
    public SubmitOptions? Submit { get; set; }

    /// <summary>Selects the options of the submit at a provider, given its name; if it returns null, <see cref="Submit"/> is used.</summary>
    public Func<string, SubmitOptions?>? SubmitOptionsSelector { get; set; }

    /// <summary>The options of the wait.</summary>
    public WaitOptions? Wait { get; set; }
}
