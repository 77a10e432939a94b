using Zoetrope.Jobs;

namespace Zoetrope.Routing;

/// <summary>How <see cref="MediaRouter"/> chooses, submits and waits.</summary>
public sealed class RouteOptions
{
    /// <summary>The provider to try first; null takes the order of the router's clients.</summary>
    public string? PreferredProvider { get; set; }

    /// <summary>Whether other providers are tried when one surely did not accept the job; true by default.</summary>
    public bool AllowFallback { get; set; } = true;

    /// <summary>Options of the submit, at whichever provider; of the common kind, as each provider refuses those of another. <see cref="SubmitOptionsSelector"/> gives each its own.</summary>
    public SubmitOptions? Submit { get; set; }

    /// <summary>Options of the submit at a provider, given its name; where it gives null, <see cref="Submit"/> counts.</summary>
    public Func<string, SubmitOptions?>? SubmitOptionsSelector { get; set; }

    /// <summary>How to wait.</summary>
    public WaitOptions? Wait { get; set; }
}
