using System.Text;

namespace Zoetrope.Faults.Tests;

/// <summary>What may be sent, where to, and how often.</summary>
internal static class SentRules
{
    private const int MostAttempts = 3;

    // What SocketsHttpHandler sends of a request that is idempotent when connections are closed.
    private const int MostByTheStack = 4;

    public static IEnumerable<string> Violations(Outcome outcome) =>
        [.. OfAddresses(outcome), .. OfTimes(outcome), .. OfRoute(outcome), .. OfDeclared(outcome), .. OfDeadEnd(outcome)];

    /// <summary>Whether a service that responds so has surely not begun to work.</summary>
    public static bool IsRefusedBeforeWork(Fault fault) => fault is { Means: Meaning.Refused, Status: >= 400 and < 500 and not (408 or 499) };

    private static IEnumerable<string> OfAddresses(Outcome outcome)
    {
        foreach (var request in outcome.Requests.Where(request => request.Step == "unknown" && IsOurs(request)))
        {
            // What a user's client does when it is led elsewhere: a GET, or the same again where that does no harm.
            if (!outcome.IsLed || (request.Method != "GET" && !MayRepeat(outcome.Call)))
                yield return $"a request that nothing asked for: {request}";
        }
        foreach (var request in outcome.Requests.Where(request => outcome.Call.KeylessSteps.Contains(request.Step) && HoldsKey(request)))
            yield return $"the key went to storage: {request}";
        foreach (var request in outcome.Foreign)
        {
            if (Keys.All.Any(request.Holds))
                yield return $"the key went to another origin: {request}";
            else if (outcome.Call.Kind != CallKind.Download && outcome.Cell.Http != HttpKind.Plain)
                yield return $"another origin was asked: {request}";
        }
        if (outcome.Call.Kind is CallKind.Wait or CallKind.Result && outcome.Requests.Any(request => !IsQuestion(outcome.Call, request)))
            yield return $"a wait sent something else than questions: {string.Join("; ", outcome.Requests)}";
    }

    // Some providers report the status to a POST.
    private static bool IsQuestion(Call call, ReceivedRequest request) =>
        call.Recorded is null ? request.Method == "GET" : request.Step is not ("submit" or "cancel");

    private static IEnumerable<string> OfTimes(Outcome outcome)
    {
        var most = MostTimes(outcome);
        var isLedOn = outcome.IsLed && (MayRepeat(outcome.Call) || outcome.Faulted.All(request => request.Method == "GET"));
        if (outcome.ReadWhole > most && !isLedOn)
            yield return $"sent {outcome.ReadWhole} times, where {most} is the most: {string.Join("; ", outcome.Requests)}";
        var sent = outcome.Faulted.Where(request => request.IsWhole).GroupBy(request => request.Target, request => request.Body.Length);
        if (sent.Any(sizes => sizes.Distinct().Count() > 1))
        {
            var sizes = outcome.Faulted.Select(request => $"{request}, {request.Body.Length} bytes");
            yield return $"what was sent again was not the same: {string.Join("; ", sizes)}";
        }
    }

    private static int MostTimes(Outcome outcome) => outcome.Call.Kind switch
    {
        CallKind.Unsafe when outcome.Call.MayRepeat && outcome.Cell.Http != HttpKind.Own => MostAttempts * MostByTheStack,
        CallKind.Submit when outcome.Call.Recorded?.HasIdempotencyKeys == true => MostAttempts,
        // A cancel that comes twice could delete what the first one ended.
        CallKind.Cancel when outcome.Call is { FaultAt: "cancel", Recorded.DeletesEnded: true } => 1,
        CallKind.Submit or CallKind.Direct or CallKind.Unsafe or CallKind.Route => outcome.Fault.Status == 429 ? MostAttempts : 1,
        CallKind.UploadOnce => IsRefusedBeforeWork(outcome.Fault) ? MostAttempts : 1,
        CallKind.Wait or CallKind.Result => 60,
        _ => MostAttempts * MostByTheStack * (outcome.Cell.IsRetrying ? MostAttempts : 1),
    };

    private static IEnumerable<string> OfRoute(Outcome outcome)
    {
        if (outcome.Call.Kind == CallKind.Route && outcome.Requests.Count(MayHaveBeenAccepted) > 1)
            yield return $"two providers may have accepted the job: {string.Join("; ", outcome.Requests)}";

        bool MayHaveBeenAccepted(ReceivedRequest request) =>
            request is { Step: "submit" or "create", IsWhole: true, WasRefusedUnread: false } && !(request.WasFaulted && IsRefusedBeforeWork(outcome.Fault));
    }

    private static IEnumerable<string> OfDeclared(Outcome outcome)
    {
        if (outcome.Call.Recorded is not { } recorded)
            yield break;
        // What has one key is one submit to a provider that honors keys.
        if (outcome.Call.Kind == CallKind.Submit && outcome.Faulted.Where(request => request.IsWhole).Select(recorded.IdempotencyKeyOf).Distinct().Count() > 1)
            yield return $"a submit was sent with several idempotency keys: {string.Join("; ", outcome.Requests)}";
        foreach (var request in outcome.Requests.Where(request => Keys.All.Any(request.Holds)))
        {
            if (recorded.HostOf(request) is { } host && !recorded.Facts!.Hosts.Contains(host))
                yield return $"the key went to {host}: {request}";
        }
        if (recorded.DeletesEnded && outcome.Call.Kind == CallKind.Cancel && !MayDelete(outcome))
            yield return $"what deletes ended jobs was sent without a status that says that the job runs: {string.Join("; ", outcome.Requests)}";
    }

    private static IEnumerable<string> OfDeadEnd(Outcome outcome)
    {
        if (outcome.Played == 0 && (outcome.Fault.IsUnreached || outcome.Fault.NeedsPlay))
            yield return "the fault was not played, so that the cell proves nothing";
        foreach (var bytes in outcome.AtDeadEnd)
            yield return $"sent to whom nothing may be sent: {Shortened.Of(Encoding.Latin1.GetString(bytes))}";
    }

    private static bool MayDelete(Outcome outcome)
    {
        var requests = outcome.Requests.ToList();
        var first = requests.FindIndex(request => request.Step == "cancel");
        // A response that comes before its request is read has none that is seen.
        return first < 0 || outcome.Fault.Stage == FaultStage.Accept || requests.Take(first).Any(request =>
            request.Step == "status" && (!request.WasFaulted || outcome.Fault is { Means: Meaning.Good or Meaning.Odd } or { NamesJob: true }));
    }

    // A user's client returns the cookies that a service has set, whatever is in them.
    private static bool HoldsKey(ReceivedRequest request) =>
        Keys.All.Any(key => request.Head.Split("\r\n").Any(
            line => !line.StartsWith("Cookie:", StringComparison.OrdinalIgnoreCase) && line.Contains(key, StringComparison.Ordinal)));

    private static bool MayRepeat(Call call) => call.MayRepeat || call.Kind is CallKind.Safe or CallKind.Cancel or CallKind.Download or CallKind.Status;

    // Other programs of the machine look for servers of their own at any port.
    private static bool IsOurs(ReceivedRequest request) => request.Head.Contains("zoetrope", StringComparison.OrdinalIgnoreCase) || Keys.All.Any(request.Holds);
}
