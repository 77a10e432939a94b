using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Zoetrope.Simulator.Http;
using Zoetrope.Simulator.Jobs;

namespace Zoetrope.Simulator.Fal;

/// <summary>What the lists of fal's Platform API have in common: pages, parameters that are lists, times and errors.</summary>
internal static class FalPages
{
    private const int UsualSize = 50;

    /// <summary>The page that a request asks for; the cursor is the number of the page, as fal encodes it.</summary>
    /// <param name="request">The request.</param>
    /// <param name="name">The name of the list.</param>
    /// <param name="items">All items.</param>
    public static SimulatedResponse Of(IncomingRequest request, string name, List<JsonNode> items)
    {
        var size = UsualSize;
        if (request.Query("limit") is { } limit && (!int.TryParse(limit, NumberStyles.None, CultureInfo.InvariantCulture, out size) || size < 1))
            return Error(400, "validation_error", "limit must be a whole number of at least 1");
        if (PageOf(request.Query("cursor")) is not { } page)
            return Error(400, "validation_error", "cursor is not one of a page");
        var first = (long)(page - 1) * size;
        var hasMore = first + size < items.Count;
        return SimulatedResponse.Json(200, new JsonObject
        {
            [name] = new JsonArray([.. items.Skip((int)Math.Min(first, int.MaxValue)).Take(size)]),
            ["next_cursor"] = hasMore ? Convert.ToBase64String(Encoding.ASCII.GetBytes((page + 1).ToString(CultureInfo.InvariantCulture))) : null,
            ["has_more"] = hasMore,
        });
    }

    /// <summary>An error in the form of the Platform API.</summary>
    public static SimulatedResponse Error(int statusCode, string type, string message) =>
        SimulatedResponse.Json(statusCode, new JsonObject { ["error"] = new JsonObject { ["type"] = type, ["message"] = message } });

    /// <summary>The error of an endpoint that is not there.</summary>
    public static SimulatedResponse NoEndpoint(string id) => Error(404, "not_found", $"Endpoint {id} not found");

    /// <summary>A parameter that is a list: repeated, or joined by commas.</summary>
    public static string[] List(IncomingRequest request, string name) =>
        request.Query(name)?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];

    /// <summary>The time that a request asks about: by default the last 24 hours.</summary>
    public static bool TryPeriod(IncomingRequest request, DateTimeOffset now, out DateTimeOffset start, out DateTimeOffset end)
    {
        (start, end) = (now.AddHours(-24), now.AddTicks(1));
        return TryTime(request.Query("start"), ref start) && TryTime(request.Query("end"), ref end);
    }

    /// <summary>A time as fal writes it.</summary>
    public static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    /// <summary>The HTTP status of a run; null while it runs.</summary>
    public static int? StatusOf(SimulatedJob job, JobPhase phase) => phase is JobPhase.Queued or JobPhase.Running ? null : FalOutcome.Of(job, phase).StatusCode;

    /// <summary>The word for a status, as requests are filtered by it.</summary>
    public static string? Word(int? status) => status switch
    {
        null => null,
        < 400 => "success",
        < 500 => "user_error",
        _ => "error",
    };

    private static bool TryTime(string? text, ref DateTimeOffset time)
    {
        if (text is null)
            return true;
        const DateTimeStyles Style = DateTimeStyles.AssumeUniversal;
        if (!DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, Style, out var given))
            return false;
        time = given;
        return true;
    }

    private static int? PageOf(string? cursor)
    {
        if (cursor is null)
            return 1;
        var bytes = new byte[16];
        return Convert.TryFromBase64String(cursor, bytes, out var length)
            && int.TryParse(Encoding.ASCII.GetString(bytes, 0, length), NumberStyles.None, CultureInfo.InvariantCulture, out var page) && page > 0
            ? page
            : null;
    }
}
