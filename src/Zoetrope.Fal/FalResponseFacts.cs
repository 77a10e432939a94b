using Zoetrope.Clients;
using Zoetrope.Errors;
using Zoetrope.Jobs;
using Zoetrope.Providers;

namespace Zoetrope.Fal;

/// <summary>What fal states in the headers of a response, about a result or an error.</summary>
/// <param name="RequestId">fal's id of the exchange (<c>x-fal-request-id</c>), for its support; null where it states none.</param>
/// <param name="BillableUnits">The units that are billed (<c>X-Fal-Billable-Units</c>); null where it states none.</param>
/// <param name="ServedFrom">Where the request was served (<c>X-Fal-Served-From</c>); null where it does not say.</param>
/// <param name="TimeoutType">
/// Whose time was over (<c>X-Fal-Request-Timeout-Type</c>): <c>user</c> where it was the start timeout of the submit; null where none was.
/// </param>
public sealed record FalResponseFacts(string? RequestId, decimal? BillableUnits, string? ServedFrom, string? TimeoutType)
{
    internal const string BillableUnitsHeader = "X-Fal-Billable-Units";
    internal const string TimeoutTypeHeader = "X-Fal-Request-Timeout-Type";

    private static readonly FalResponseFacts Nothing = new(null, null, null, null);

    /// <summary>The facts about a result of the queue.</summary>
    /// <param name="result">The result.</param>
    public static FalResponseFacts Of<TResult>(JobResult<TResult> result)
    {
        ArgumentNullException.ThrowIfNull(result);
        return Of(result.Header, result.RequestId);
    }

    /// <summary>The facts about a failure: those of the response that reported it, or that could not be used.</summary>
    /// <param name="exception">What a call has thrown; all facts are null where no response was received, and for exceptions that are not of this SDK.</param>
    public static FalResponseFacts Of(Exception exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        return exception switch
        {
            ZoetropeException failure => Of(failure.Header, (failure as JobFailedException)?.Error.RequestId),
            // A submit that was canceled keeps the id alone.
            SubmitCanceledException canceled => Nothing with { RequestId = canceled.RequestId },
            _ => Nothing,
        };
    }

    internal static FalResponseFacts Of(Func<string, string?> header, string? requestId = null) => new(
        header(FalErrorReader.RequestIdHeader) ?? requestId,
        ProtocolJson.Number(header(BillableUnitsHeader)),
        header("X-Fal-Served-From"),
        header(TimeoutTypeHeader));
}
