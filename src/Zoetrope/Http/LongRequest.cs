namespace Zoetrope.Http;

/// <summary>A message without a body whose response goes on for long. Its type says so, because to look for a mark in the options of others makes them.</summary>
internal sealed class LongRequest(HttpMethod method, Uri address) : HttpRequestMessage(method, address);
