using Zoetrope.Jobs;
using Zoetrope.Json;

namespace Zoetrope.Routing;

/// <summary>The options of <see cref="MediaRouter"/>: the choice of a provider, the submit and the wait.</summary>
public sealed class RouteOptions
{
    /// <summary>The provider to try first, whatever the policy; null uses the policy alone.</summary>
    public string? PreferredProvider { get; set; }

    /// <summary>By what the other providers are ordered; by default the order of the router's clients.</summary>
    public RoutePolicy Policy { get; set; }

    /// <summary>
    /// Providers in order of preference; those that it does not name come after them, in the order of the router's clients. It also decides between equal
    /// prices or times. Null uses the order of the clients.
    /// </summary>
    public IReadOnlyList<string>? Order { get; set; }

    /// <summary>The only providers that may be used; null allows all.</summary>
    public IReadOnlyCollection<string>? Allow { get; set; }

    /// <summary>Providers that may not be used, also where <see cref="Allow"/> names them.</summary>
    public IReadOnlyCollection<string>? Deny { get; set; }

    /// <summary>
    /// Whether others than the first provider in order are considered, when that one does not support the request or definitely rejected the job; true by
    /// default.
    /// </summary>
    public bool AllowFallback { get; set; } = true;

    /// <summary>
    /// Whether a provider is ruled out if it does not have a parameter that is given. By default it is tried after those that have all of them, and the
    /// parameter is omitted with a warning.
    /// </summary>
    public bool RequireAllParameters { get; set; }

    /// <summary>
    /// Members to add to the request at a provider, by its name: what one provider takes beyond the neutral parameters, under that provider's own names. They
    /// replace members that the neutral request fills. Null adds none.
    /// </summary>
    public IReadOnlyDictionary<string, ExtraProperties>? Extras { get; set; }

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
