using Microsoft.AspNetCore.Http;
using Zoetrope.Simulator.Fal;
using Zoetrope.Simulator.Http;

namespace Zoetrope.Simulator.Serving;

/// <summary>
/// What lets web pages call fal from a browser: its queue, its runs, its storage, its CDN and the files of results accept every origin. No other provider says
/// that it does.
/// </summary>
internal static class CrossOrigin
{
    private const string AskedMethod = "Access-Control-Request-Method";

    /// <summary>The method that a browser asks about before it sends a request; null where the request is not such a question.</summary>
    public static string? MethodAskedFor(IncomingRequest request) =>
        request.Method == "OPTIONS" && request.Header("Origin") is not null ? request.Header(AskedMethod) : null;

    /// <summary>Whether web pages may send a request.</summary>
    public static bool IsOpen(Call call) => call.Provider is FalService.Provider or "";

    /// <summary>The response to the question of a browser.</summary>
    public static Call Preflight(IncomingRequest request, Call asked) => Call.Sync(
        asked.Provider,
        SimulatorOperation.Preflight,
        () => new SimulatedResponse(204, [], null)
            .With("Access-Control-Allow-Methods", "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS")
            .With("Access-Control-Allow-Headers", request.Header("Access-Control-Request-Headers") ?? "*")
            .With("Access-Control-Max-Age", "600"),
        asked.Error);

    /// <summary>Lets the page that sent a request read its response, also that of a fault.</summary>
    public static void Allow(IncomingRequest request, Call call, HttpResponse response)
    {
        if (request.Header("Origin") is null || !IsOpen(call))
            return;
        response.Headers.AccessControlAllowOrigin = "*";
        response.Headers.AccessControlExposeHeaders = "*";
    }
}
