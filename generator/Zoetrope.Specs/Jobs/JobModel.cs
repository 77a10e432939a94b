using Zoetrope.Specs.Model;

namespace Zoetrope.Specs.Jobs;

/// <summary>A model.</summary>
/// <param name="Endpoint">Its request and result.</param>
/// <param name="Submit">How it is submitted.</param>
/// <param name="Value">What the provider calls it, which differs from its id where several operations take the same model.</param>
/// <param name="Status">The status request of its jobs; null where it is that of all.</param>
public sealed record JobModel(EndpointDescription Endpoint, SubmitRule Submit, string Value, RequestTemplate? Status);
