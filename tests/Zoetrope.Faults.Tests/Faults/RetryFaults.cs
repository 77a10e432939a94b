using System.Globalization;

namespace Zoetrope.Faults.Tests;

/// <summary>What services say about trying again, and when.</summary>
internal static class RetryFaults
{
    private static readonly (string Name, string[] Headers)[] Waits =
    [
        ("1", ["Retry-After: 1"]),
        ("0", ["Retry-After: 0"]),
        ("an hour", ["Retry-After: 3600"]),
        ("68 years", ["Retry-After: 2147483647"]),
        ("beyond all numbers", ["Retry-After: 99999999999999999999"]),
        ("negative", ["Retry-After: -5"]),
        ("1.5", ["Retry-After: 1.5"]),
        ("no number", ["Retry-After: soon"]),
        ("empty", ["Retry-After:"]),
        ("two of them", ["Retry-After: 1", "Retry-After: 3600"]),
        ("a date that is over", ["Retry-After: Wed, 21 Oct 2015 07:28:00 GMT"]),
        ("a date in 9999", ["Retry-After: Fri, 31 Dec 9999 23:59:59 GMT"]),
        ("a date by a clock that is an hour ahead", [.. ByClock(TimeSpan.FromHours(1))]),
        ("a date by a clock that is a year behind", [.. ByClock(TimeSpan.FromDays(-365))]),
        ("an ISO date", ["Retry-After: 2030-01-01T00:00:00Z"]),
        ("milliseconds beside it", ["Retry-After: 1", "retry-after-ms: 3600000"]),
        ("limits beside it", ["RateLimit-Reset: 3600", "X-RateLimit-Reset: 4102444800", "X-RateLimit-Remaining: 0"]),
    ];

    public static IEnumerable<Fault> All { get; } =
    [
        .. Waits.Select(wait => Busy($"503 Retry-After {wait.Name}", 503, StatusFaults.ErrorBody, wait.Headers)),
        .. Waits.Take(5).Concat(Waits.Skip(10).Take(4)).Select(wait => Busy($"429 Retry-After {wait.Name}", 429, StatusFaults.ErrorBody, wait.Headers)),
        Busy("404 Retry-After an hour", 404, StatusFaults.ErrorBody, "Retry-After: 3600"),
        Busy("200 Retry-After with HTML", 200, "<html>busy</html>", "Retry-After: 1"),
        Says("503 X-Fal-Retryable: true", 503, StatusFaults.ErrorBody, "X-Fal-Retryable: true", "Retry-After: 1"),
        Says("503 X-Fal-Needs-Retry: 1", 503, StatusFaults.ErrorBody, "X-Fal-Needs-Retry: 1"),
        Says("422 X-Fal-Retryable: true", 422, StatusFaults.ErrorBody, "X-Fal-Retryable: true"),
        Says("400 X-Fal-Retryable: true", 400, StatusFaults.ErrorBody, "X-Fal-Retryable: true"),
        Says("503 retryable in the body", 503, """{"detail":"overloaded","retryable":true}"""),
        Says("400 retryable in the body", 400, """{"detail":"overloaded","retryable":true}"""),
        Busy("503 X-Fal-Retryable: false", 503, StatusFaults.ErrorBody, "X-Fal-Retryable: false"),
        Busy("422 X-Fal-Retryable: false", 422, StatusFaults.ErrorBody, "X-Fal-Retryable: false"),
        Busy("503 X-Fal-Retryable: maybe", 503, StatusFaults.ErrorBody, "X-Fal-Retryable: maybe"),
        Busy("503 retryable as text", 503, """{"detail":"overloaded","retryable":"yes"}"""),
    ];

    private static Fault Busy(string name, int status, string body, params string[] headers) =>
        new(
            name,
            status == 200 ? Meaning.Unusable : Meaning.Refused,
            stage => stage.SendAsync(OfJson(body, status).With([.. Surroundings.RequestIdHeaders, .. headers])))
        {
            Status = status,
            IsProvidersWord = status != 200,
        };

    private static Fault Says(string name, int status, string body, params string[] headers) => Busy(name, status, body, headers) with { SaysRetry = true };

    // Two seconds ahead by the service's own clock, which it sends.
    private static string[] ByClock(TimeSpan wrong)
    {
        var now = DateTimeOffset.UtcNow + wrong;
        return [
            $"Date: {now.ToString("R", CultureInfo.InvariantCulture)}",
            $"Retry-After: {(now + TimeSpan.FromSeconds(2)).ToString("R", CultureInfo.InvariantCulture)}"];
    }
}
