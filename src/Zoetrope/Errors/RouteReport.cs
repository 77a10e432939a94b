namespace Zoetrope.Errors;

/// <summary>The stages in which a router rules out providers, in their order.</summary>
public enum RouteStage
{
    /// <summary>The router has no client for the provider.</summary>
    Client,

    /// <summary>The options do not allow the provider.</summary>
    Policy,

    /// <summary>The provider does not support the request.</summary>
    Request,

    /// <summary>The job would cost more at the provider than it may.</summary>
    Cost,

    /// <summary>The provider definitely did not accept the job.</summary>
    Submit,
}

/// <summary>A provider that was ruled out, and why.</summary>
/// <param name="Stage">The stage that ruled it out.</param>
/// <param name="Provider">The provider.</param>
/// <param name="EndpointId">The provider's id of the model.</param>
/// <param name="Reason">The reason in words.</param>
/// <param name="Exception">The failure, where there was one.</param>
public sealed record RouteRuling(RouteStage Stage, string Provider, string EndpointId, string Reason, ZoetropeException? Exception = null)
{
    /// <summary>Returns the provider, the stage and the reason.</summary>
    public override string ToString() => $"{Provider} ({Stage}): {Reason}";
}

/// <summary>How a router chose the provider of a job.</summary>
/// <param name="Model">The name of the model.</param>
/// <param name="Candidates">The providers that were left after the policy, in the order in which they were to be tried.</param>
/// <param name="Chosen">The provider that was chosen: it accepted the job, or failed in a way that lets no other be tried. Null where none was left.</param>
/// <param name="RuledOut">What was ruled out, in the order in which it was.</param>
/// <param name="Notes">What decided the order, such as a price that is not known, as sentences.</param>
public sealed record RouteReport(
    string Model, IReadOnlyList<string> Candidates, string? Chosen, IReadOnlyList<RouteRuling> RuledOut, IReadOnlyList<string> Notes)
{
    /// <summary>The stage that ruled out the last provider; null where one was left.</summary>
    public RouteStage? EmptiedBy => Chosen is null && RuledOut.Count > 0 ? RuledOut[^1].Stage : null;
}
