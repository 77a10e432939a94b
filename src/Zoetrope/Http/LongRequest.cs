namespace Zoetrope.Http;

/// <summary>
/// A message without a body whose response goes on for long. Its type says so, because looking for a mark in the options of a message creates them.
/// </summary>
internal sealed class LongRequest(HttpMethod method, Uri address) : HttpRequestMessage(method, address);
