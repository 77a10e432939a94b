using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using Zoetrope.Simulator.Http;

namespace Zoetrope.Simulator.Fal;

/// <summary>The tokens that stand in for the key in the query of streams and realtime connections.</summary>
internal sealed class FalTokens(TimeProvider clock)
{
    /// <summary>The parameter of a query with a token.</summary>
    public const string Parameter = "fal_jwt_token";

    private const int DefaultSeconds = 120;

    private readonly ConcurrentDictionary<string, DateTimeOffset> _ends = new(StringComparer.Ordinal);

    /// <summary>Issues a token: as a JSON string, or as an object at the newer endpoint.</summary>
    public SimulatedResponse Issue(IncomingRequest request, bool isObject)
    {
        if (request.ReadJson(out _) is not JsonObject body || body["allowed_apps"] is not JsonArray { Count: > 0 })
            return FalErrors.Validation([new(["allowed_apps"], "missing", "Field required")]);
        var seconds = body[isObject ? "duration" : "token_expiration"] is { } value && value.GetValueKind() == JsonValueKind.Number
            ? value.GetValue<double>()
            : DefaultSeconds;
        var token = $"simulated.{Guid.NewGuid():N}.token";
        _ends[token] = clock.GetUtcNow().AddSeconds(Math.Clamp(seconds, 0, 1e6));
        return SimulatedResponse.Json(200, isObject ? new JsonObject { ["token"] = token } : JsonValue.Create(token));
    }

    /// <summary>Whether a request has a token that was issued and is not over.</summary>
    public bool IsIn(IncomingRequest request) =>
        request.Query(Parameter) is { } token && _ends.TryGetValue(token, out var end) && clock.GetUtcNow() < end;
}
