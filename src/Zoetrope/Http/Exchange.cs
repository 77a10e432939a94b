namespace Zoetrope.Http;

/// <summary>Sends a request once, and receives all or a part of the response.</summary>
internal delegate ValueTask<TransportResponse> Exchange(
    HttpExchange wire, TransportRequest request, TimeSpan timeout, string? submitted, CancellationToken ct);
