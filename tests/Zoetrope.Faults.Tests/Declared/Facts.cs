namespace Zoetrope.Faults.Tests;

/// <summary>
/// A provider as its documentation describes it, written down by hand: a declaration that was misread does not agree with it. WireMock.Net plays it at the
/// provider's own addresses.
/// </summary>
/// <param name="Provider">The provider.</param>
/// <param name="Model">The model that is run.</param>
/// <param name="Hosts">The hosts that may get the key.</param>
/// <param name="Headers">The headers that each request must have, with their values.</param>
/// <param name="Exchanges">The requests of a job, and their responses.</param>
internal sealed record Facts(string Provider, string Model, string[] Hosts, (string Name, string Value)[] Headers, Exchange[] Exchanges)
{
    /// <summary>How the provider writes errors.</summary>
    public CannedResponse[] Errors { get; init; } = [];
}

/// <summary>A request of a job, and the responses to it.</summary>
/// <param name="Method">The method.</param>
/// <param name="Host">The host.</param>
/// <param name="Target">The path and the query.</param>
/// <param name="Responses">The responses, one after the other.</param>
internal sealed record Exchange(string Method, string Host, string Target, params CannedResponse[] Responses)
{
    /// <summary>Members that the body must have, as JSON; null where it has none, or is a form.</summary>
    public string? Body { get; init; }
}
