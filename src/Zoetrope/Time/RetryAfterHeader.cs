using System.Globalization;
using System.Net.Http.Headers;

namespace Zoetrope.Time;

/// <summary>How long a service asks to wait before the next request (<c>Retry-After</c>, RFC 9110 section 10.2.3), and how much of that is waited.</summary>
internal static class RetryAfterHeader
{
    /// <summary>The longest time that is waited because a service asks for it.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

    private const string Name = "Retry-After";

    // ISO 8601 is not a form of RFC 9110, but services write it.
    private static readonly string[] IsoForms = ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"];

    /// <summary>
    /// The time that a response asks for, uncapped and never negative; null where the header is absent or is not a valid time. A date counts from the
    /// response's own <c>Date</c>, so that a wrong clock of this machine does not matter; of several values the longest counts.
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

    /// <summary>The part of a time that is waited: at most <see cref="Longest"/>; null stays null.</summary>
    public static TimeSpan? Capped(TimeSpan? asked) => IsTooLong(asked) ? Longest : asked;

    /// <summary>Whether a service asks for more than is waited. A submit then fails at once, because sending it earlier would be refused again.</summary>
    public static bool IsTooLong(TimeSpan? asked) => asked > Longest;

    private static TimeSpan? Parse(string text, DateTimeOffset now)
    {
        // Fractions are not a form of RFC 9110 either; what is beyond 68 years says nothing.
        if (decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds))
            return seconds <= int.MaxValue ? TimeSpan.FromSeconds((double)seconds) : null;
        var date = RetryConditionHeaderValue.TryParse(text, out var parsed) ? parsed.Date : Iso(text);
        var wait = date - now;
        return wait < TimeSpan.Zero ? TimeSpan.Zero : wait;
    }

    private static DateTimeOffset? Iso(string text) =>
        DateTimeOffset.TryParseExact(text, IsoForms, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date) ? date : null;
}
