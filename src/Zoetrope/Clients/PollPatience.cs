using System.Net;
using System.Text.Json;
using Zoetrope.Errors;
using Zoetrope.Time;

namespace Zoetrope.Clients;

/// <summary>
/// How a wait takes what goes wrong. Only the provider's own word about the job ends it, and only when it was said again; everything else is a reason to ask
/// again. What passes by itself is borne until the time is over. Refusals may pass, too (a gateway's page, an authorization service that restarts, a job that
/// is not visible everywhere yet), but a wrong key or a mistyped handle does not: five in a row end the wait.
/// </summary>
internal sealed class PollPatience(TimeSpan first, TimeSpan longest)
{
    private const int MostRefusals = 5;
    private const int MostDoublings = 10;

    private static readonly TimeSpan LongestRefusalPause = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LongestBackoff = TimeSpan.FromSeconds(30);

    private int _refusals;
    private int _endings;

    /// <summary>How many requests have failed in a row.</summary>
    public int Failures { get; private set; }

    /// <summary>There was a usable response.</summary>
    public void Succeeded() => Failures = _refusals = 0;

    /// <summary>There was a usable response, and it says that the job goes on or has a result.</summary>
    public void GoesOn() => _endings = 0;

    /// <summary>Whether to ask again after a request that failed.</summary>
    /// <param name="failure">Why.</param>
    /// <param name="interval">The usual time between two requests.</param>
    /// <param name="pause">The time before the next one, before jitter.</param>
    /// <param name="least">What the pause may not fall below.</param>
    public bool AsksAgain(Exception failure, TimeSpan interval, out TimeSpan pause, out TimeSpan least)
    {
        Failures++;
        least = RetryAfterHeader.Capped((failure as ServiceException)?.RetryAfter) ?? TimeSpan.Zero;
        if (IsPassing(failure))
        {
            _refusals = 0;
            pause = Shorter(Doubled(interval, Failures), longest > LongestBackoff ? longest : LongestBackoff);
            return true;
        }
        pause = Shorter(Doubled(interval, _refusals), LongestRefusalPause);
        return MayPass(failure) && ++_refusals < MostRefusals;
    }

    /// <summary>
    /// Whether the job is believed to have ended without a result. One that names no kind of error may be a gateway's, and is asked about more often.
    /// </summary>
    /// <param name="isVague">Whether only a bare message, or the lack of a result, speaks for it.</param>
    /// <param name="pause">The time before it is asked about again.</param>
    public bool BelievesEnd(bool isVague, out TimeSpan pause)
    {
        pause = Doubled(first, _endings);
        return ++_endings >= (isVague ? 4 : 2);
    }

    private static bool IsPassing(Exception exception) => exception switch
    {
        TransportException transport => transport.Failure is not (TransportFailure.Refused or TransportFailure.Redirected or TransportFailure.TooLarge),
        ServiceException service => service.Error.Retryable == true || (int)service.StatusCode is 408 or 425 or 429 or >= 500,
        JsonException or HttpRequestException or IOException => true,
        _ => false,
    };

    private static bool MayPass(Exception exception) => exception switch
    {
        TransportException transport => transport.Failure is TransportFailure.Redirected or TransportFailure.TooLarge,
        ServiceException => true,
        _ => false,
    };

    private static TimeSpan Doubled(TimeSpan time, int times) => time * (1 << Math.Min(times, MostDoublings));

    private static TimeSpan Shorter(TimeSpan left, TimeSpan right) => left < right ? left : right;
}
