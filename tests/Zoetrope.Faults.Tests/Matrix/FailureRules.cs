using Zoetrope.Errors;
using Zoetrope.Jobs;
using Zoetrope.Routing;
using Zoetrope.Uploads;

namespace Zoetrope.Faults.Tests;

/// <summary>What a call may throw, and what that must say, computed from what it is and from what can be known of the fault.</summary>
internal static class FailureRules
{
    // What gateways, proxies and limits respond says nothing of the job, no matter which of them wrote it.
    private static readonly int[] _neverTheJobs = [401, 402, 403, 404, 405, 407, 408, 409, 413, 421, 423, 425, 426, 429, 431, 451, 499, 502, 503, 504];

    private static readonly int[] _plainRefusals = [400, 401, 402, 403, 404, 405, 406, 410, 411, 413, 414, 415, 422, 429];

    public static IEnumerable<string> Violations(Outcome outcome)
    {
        if (outcome.Thrown is not { } thrown || (outcome.Cell.IsRetrying && !outcome.Fault.IsUnreached))
            return [];
        return [.. OfKind(outcome, thrown), .. OfNeed(outcome, thrown), .. OfWords(outcome, thrown), .. OfSubmit(outcome, thrown)];
    }

    private static IEnumerable<string> OfKind(Outcome outcome, Exception thrown)
    {
        var isExpected = outcome.Call.Kind switch
        {
            CallKind.Submit => thrown is SubmitException,
            CallKind.Direct => thrown is SubmitException or ServiceException or TransportException,
            CallKind.Route => thrown is SubmitException or RoutingException,
            CallKind.Status => thrown is JobWatchException,
            CallKind.Wait or CallKind.Result => thrown is JobException,
            CallKind.Cancel => thrown is CancelFailedException,
            CallKind.Upload or CallKind.UploadOnce => thrown is UploadException,
            CallKind.Download when !outcome.Call.GivesRawBody => thrown is MediaDownloadException,
            _ => thrown is ServiceException or TransportException,
        };
        if (!isExpected)
            yield return $"threw {thrown.GetType().Name}: {Shortened.Of(thrown.Message)}";
    }

    // Whether it had to fail at all.
    private static IEnumerable<string> OfNeed(Outcome outcome, Exception thrown)
    {
        var (call, fault) = (outcome.Call, outcome.Fault);
        if (fault.Means == Meaning.Good && (!call.TakesAnything || fault.KeepsBytes))
            yield return $"failed, though the response is lawful: {Describe(thrown)}";
        else if (fault.Means == Meaning.AnotherJob && call.Kind is not (CallKind.Status or CallKind.Cancel))
            yield return $"failed over a response about another job: {Describe(thrown)}";
        else if (outcome.Cell.IsForGood)
        {
            if (thrown is not JobTimeoutException)
                yield return $"ended the wait before its time: {Describe(thrown)}";
        }
        else if (call.Kind is CallKind.Wait && !IsWordOfCode(outcome, thrown))
            yield return $"ended the wait: {Describe(thrown)}";
        else if (call.Kind is CallKind.Result && !MayEndTheWait(outcome, thrown))
            yield return $"ended the wait for a completed job: {Describe(thrown)}";
        if (call.Kind is CallKind.Direct && fault is { Means: Meaning.OtherForm, NamesJob: false } && !ExceptionTexts.Results(thrown).Any())
            yield return $"lost a paid result of another form: {Describe(thrown)}";
    }

    // The provider's own word ends it, when it was asked twice; so does a result that is there and is not of the model's form.
    private static bool MayEndTheWait(Outcome outcome, Exception thrown) => thrown switch
    {
        JobResultException result => outcome.Fault.Means is Meaning.OtherForm or Meaning.Odd || ValueRules.IsDelivered(outcome.Fault, result.Raw.ToString()),
        JobFailedException => outcome.Fault is { Means: Meaning.Refused, IsProvidersWord: true, SaysRetry: false }
            && !_neverTheJobs.Contains(outcome.Fault.Status)
            && outcome.ReadWhole > 1,
        _ => false,
    };

    /// <summary>Whether the HTTP status itself is a word that ends the job, and was repeated.</summary>
    private static bool IsWordOfCode(Outcome outcome, Exception thrown) => outcome.ReadWhole > 1
        && outcome.Call is { FaultAt: "status", Recorded: { } recorded }
        && recorded.StateOf(outcome.Fault.Status) is { } state
        && thrown is JobFailedException or JobCanceledException
        && ((JobException)thrown).LastStatus?.State == state;

    private static IEnumerable<string> OfWords(Outcome outcome, Exception thrown)
    {
        var (call, fault) = (outcome.Call, outcome.Fault);
        if (thrown is IJobFailure { Handle: null })
            yield return "has no handle";
        if (fault.Means == Meaning.Refused
            && call.Kind is not (CallKind.Download or CallKind.Route)
            && !IsWordOfCode(outcome, thrown)
            && !Statuses(thrown).Contains(fault.Status))
            yield return $"does not report the status {fault.Status}: {Describe(thrown)}";
        var wasSent = !ExceptionTexts.Chain(thrown).Any(within => within is TransportException { Failure: TransportFailure.NotConnected });
        if (fault.IsUnreached && wasSent && call.Kind != CallKind.Download && !MayBeLate(outcome))
            yield return $"does not report that nothing was sent: {Describe(thrown)}";
    }

    private static IEnumerable<string> OfSubmit(Outcome outcome, Exception thrown)
    {
        var fault = outcome.Fault;
        foreach (var submit in ExceptionTexts.Chain(thrown).OfType<SubmitException>().Where(submit => submit.Provider == outcome.Call.Provider))
        {
            if (submit.WasNotAccepted && outcome.ReadWhole > 0 && !SentRules.IsRefusedBeforeWork(fault))
                yield return "says that the job was surely not accepted, and the service had read all of it";
            if (!submit.WasNotAccepted && (fault.IsUnreached || (fault.Means == Meaning.Refused && _plainRefusals.Contains(fault.Status))))
                yield return $"does not say that the job was surely not accepted: {Describe(thrown)}";
        }
    }

    // Whether the deadline ended it, of a request without a body: nothing tells whether that was sent, and it may be sent again anyway.
    private static bool MayBeLate(Outcome outcome) => outcome.Cell.IsForGood
        || (outcome.Fault.MayBeLate && outcome.Call.Kind is CallKind.Status or CallKind.Wait or CallKind.Result or CallKind.Cancel or CallKind.Safe);

    private static IEnumerable<int> Statuses(Exception thrown) => ExceptionTexts.Chain(thrown).SelectMany(within => within switch
    {
        ServiceException service => [(int)service.StatusCode],
        JobFailedException { StatusCode: { } status } => [(int)status],
        MediaDownloadException { StatusCode: { } status } => [(int)status],
        _ => (int[])[],
    });

    private static string Describe(Exception thrown) =>
        string.Join(" <- ", ExceptionTexts.Chain(thrown).Take(3).Select(within => $"{within.GetType().Name}: {Shortened.Of(within.Message)}"));
}
