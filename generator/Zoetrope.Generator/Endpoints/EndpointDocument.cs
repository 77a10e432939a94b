using Zoetrope.Specs.Model;

namespace Zoetrope.Generator.Endpoints;

/// <summary>One document of an endpoint.</summary>
/// <param name="Path">Its path.</param>
/// <param name="Kind">Its kind.</param>
/// <param name="Endpoint">What it says.</param>
/// <param name="Key">What no other document has (see <see cref="Inputs.ParsedSpec.Key"/>).</param>
internal sealed record EndpointDocument(string Path, SpecKind Kind, EndpointDescription Endpoint, string Key);
