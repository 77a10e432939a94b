namespace Zoetrope;

/// <summary>How <see cref="MediaRouter"/> chooses, submits and waits.</summary>
public sealed class RouteOptions
{
    /// <summary>The provider to try first; null takes the order of the router's clients.</summary>
    public string? Prefer { get; set; }

    /// <summary>Whether other providers are tried when one surely did not accept the job; true by default.</summary>
    public bool FallBack { get; set; } = true;

    /// <summary>Options of the submit, at whichever provider; of the common kind, as each provider refuses those of another. <see cref="SubmitFor"/> gives each its own.</summary>
    public SubmitOptions? Submit { get; set; }

    /// <summary>Options of the submit at a provider, given its name; where it gives null, <see cref="Submit"/> counts.</summary>
    public Func<string, SubmitOptions?>? SubmitFor { get; set; }

    /// <summary>How to wait.</summary>
    public WaitOptions? Wait { get; set; }
}
