namespace Zoetrope.Simulator.Http;

/// <summary>A result in place of the sample that the document describes.</summary>
/// <param name="StatusCode">The HTTP status.</param>
/// <param name="MediaType">The media type; null for none.</param>
/// <param name="Content">The bytes.</param>
internal sealed record OwnResult(int StatusCode, string? MediaType, byte[] Content);
