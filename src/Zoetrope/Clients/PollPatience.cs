using System.Text.Json;
using Zoetrope.Errors;
using Zoetrope.Time;

namespace Zoetrope.Clients;

/// <summary>
/// How a wait handles failed requests. Only the provider's own report about the job ends it, and only when it was repeated; after any other failure the
/// request is repeated. Transient failures are tolerated until the time runs out. Refusals may be transient, too (a gateway's page, an authorization service
/// that restarts, a job that is not visible everywhere yet), but a wrong key or a mistyped handle is not: five consecutive refusals end the wait.
/// </summary>
internal struct PollPatience
{
    private const int MostRefusals = 5;
    private const int MostDoublings = 10;

    private static readonly TimeSpan LongestRefusalPause = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LongestBackoff = TimeSpan.FromSeconds(30);

    private int _refusals;
    private int _endings;

    /// <summary>The number of consecutive failed requests.</summary>
    public int Failures { get; private set; }

    /// <summary>Records a usable response.</summary>
    public void Succeeded() => Failures = _refusals = 0;

    /// <summary>Records a usable response that says that the job is running or has a result.</summary>
    public void GoesOn() => _endings = 0;

    /// <summary>Whether to repeat a request that failed.</summary>
    /// <param name="failure">The reason.</param>
    /// <param name="interval">The usual time between two requests.</param>
    /// <param name="longest">The longest that it becomes.</param>
    /// <param name="pause">The delay before the next request, without jitter.</param>
    /// <param name="least">The minimum of the delay.</param>
    public bool AsksAgain(Exception failure, TimeSpan interval, TimeSpan longest, out TimeSpan pause, out TimeSpan least)
    {
        Failures++;
        least = RetryAfterHeader.Capped((failure as ServiceException)?.RetryAfter) ?? TimeSpan.Zero;
        if (IsPassing(failure))
        {
            _refusals = 0;
            pause = Durations.Shorter(Doubled(interval, Failures), longest > LongestBackoff ? longest : LongestBackoff);
            return true;
        }
        pause = Durations.Shorter(Doubled(interval, _refusals), LongestRefusalPause);
        return MayPass(failure) && ++_refusals < MostRefusals;
    }

    /// <summary>
    /// Whether the job is taken to have ended without a result. A report that names no kind of error may be a gateway's, and is requested again more often.
    /// </summary>
    /// <param name="isVague">Whether only a bare message, or the lack of a result, indicates the end.</param>
    /// <param name="first">The delay before it is requested again for the first time.</param>
    /// <param name="pause">The delay before the next request.</param>
    public bool BelievesEnd(bool isVague, TimeSpan first, out TimeSpan pause)
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
}
