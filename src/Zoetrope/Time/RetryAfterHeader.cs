using System.Globalization;
using System.Net.Http.Headers;

namespace Zoetrope.Time;

/// <summary>The delay that a service asks for before the next request (<c>Retry-After</c>, RFC 9110 section 10.2.3), and how much of it is honored.</summary>
internal static class RetryAfterHeader
{
    /// <summary>The maximum delay that is honored.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

    private const string Name = "Retry-After";

    // ISO 8601 is not allowed by RFC 9110, but services use it.
    private static readonly string[] IsoForms = ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"];

    /// <summary>
    /// The delay that a response asks for, uncapped and never negative; null where the header is absent or is not valid. A date is relative to the response's
    /// own <c>Date</c>, so that a wrong clock of this machine does not matter; of several values, the longest counts.
    /// </summary>
    /// <param name="response">The response.</param>
    /// <param name="now">The time of this machine, for responses without <c>Date</c>.</param>
    public static TimeSpan? Of(HttpResponseMessage response, DateTimeOffset now)
    {
        if (!response.Headers.NonValidated.TryGetValues(Name, out var values))
            return null;
        TimeSpan? longest = null;
        foreach (var value in values)
        {
            if (Parse(value.Trim(), response.Headers.Date ?? now) is { } wait && !(wait < longest))
                longest = wait;
        }
        return longest;
    }

    /// <summary>The part of a delay that is honored: at most <see cref="Longest"/>; null stays null.</summary>
    public static TimeSpan? Capped(TimeSpan? asked) => IsTooLong(asked) ? Longest : asked;

    /// <summary>
    /// Whether a service asks for a longer delay than is honored. A submit then fails at once, because an earlier retry would be refused again.
    /// </summary>
    public static bool IsTooLong(TimeSpan? asked) => asked > Longest;

    private static TimeSpan? Parse(string text, DateTimeOffset now)
    {
        // RFC 9110 does not allow fractions either; values beyond 68 years are meaningless.
        if (decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds))
            return seconds <= int.MaxValue ? TimeSpan.FromSeconds((double)seconds) : null;
        var date = RetryConditionHeaderValue.TryParse(text, out var parsed) ? parsed.Date : Iso(text);
        var wait = date - now;
        return wait < TimeSpan.Zero ? TimeSpan.Zero : wait;
    }

    private static DateTimeOffset? Iso(string text) =>
        DateTimeOffset.TryParseExact(text, IsoForms, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date) ? date : null;
}
