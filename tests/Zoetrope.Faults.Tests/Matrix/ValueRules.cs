using Zoetrope.Jobs;

namespace Zoetrope.Faults.Tests;

/// <summary>What a call may give, computed from what it is and from what can be known of the fault.</summary>
internal static class ValueRules
{
    public static IEnumerable<string> Violations(Outcome outcome)
    {
        // What a handler of the user's does about responses and failures is its own matter; what is sent, kept and bounded is ours.
        if (outcome.Value is not { } value || outcome.Cell.IsRetrying)
            return [];
        return MayGive(outcome.Call, outcome.Fault, value) || (outcome.HeaderNamesJob && value == outcome.Call.Value) ? [] : [$"gave {Shortened.Of(value)}"];
    }

    /// <summary>
    /// Whether a paid result of another media type, or of none that is known, is given as it was received: a text, a page, a file or nothing.
    /// </summary>
    public static bool IsDelivered(Fault fault, string value) => fault.Status == 204
        ? value == "null"
        : fault is { Means: Meaning.Unusable, Status: 200 } && value.Trim('"').Length > 0 && !value.Contains("nginx", StringComparison.Ordinal);

    private static bool MayGive(Call call, Fault fault, string value)
    {
        var isGood = value == call.Value;
        // The HTTP status is the word of some.
        if (call is { FaultAt: "status", Kind: CallKind.Status or CallKind.Wait, Recorded: { } recorded }
            && recorded.StateOf(fault.Status)?.ToString() is { } state
            && value == state)
            return true;
        return fault.Means switch
        {
            // Nobody looks into texts and files.
            Meaning.Good => isGood || (call.TakesAnything && (!fault.KeepsBytes || call.Recorded is not null)),
            Meaning.Odd => isGood || MayGiveOdd(call) || fault.HasOtherId,
            Meaning.AnotherJob => isGood && call.Kind is not (CallKind.Status or CallKind.Cancel),
            Meaning.OtherForm => MayGiveOtherForm(call, fault, value, isGood),
            _ => MaySucceedAllTheSame(call, fault, value, isGood),
        };
    }

    private static bool MayGiveOdd(Call call) =>
        call.TakesAnything || call.TakesAnyJson || call.Kind is CallKind.Cancel or CallKind.Status or CallKind.Result;

    // Models are read liberally, so that a submit without an id is the only one that gives nothing.
    private static bool MayGiveOtherForm(Call call, Fault fault, string value, bool isGood) => call.Kind switch
    {
        CallKind.Wait or CallKind.Route => isGood,
        CallKind.Submit => isGood && fault.NamesJob,
        _ => true,
    };

    private static bool MaySucceedAllTheSame(Call call, Fault fault, string value, bool isGood)
    {
        var isSuccess = fault.Status is >= 200 and < 300;
        return call.Kind switch
        {
            // The service is well again after two faults.
            CallKind.Wait => isGood,
            CallKind.Result => isGood || IsDelivered(fault, value),
            // A stream that ends at once has no parts, and its bytes are the caller's to judge.
            CallKind.Direct => IsDelivered(fault, value) || (call.GivesRawBody && fault.Means == Meaning.Unusable) || (call.EndsItself && isGood),
            CallKind.Route => isGood && (fault.IsUnreached || SentRules.IsRefusedBeforeWork(fault)),
            // 404 and the like mean something to a cancel, but not that it was carried out.
            CallKind.Cancel when call.Recorded is not null =>
                isSuccess || (fault.Means == Meaning.Refused && value is not (nameof(CancelOutcome.Requested) or nameof(CancelOutcome.OnlyRecorded))),
            CallKind.Cancel => isSuccess || fault.Means == Meaning.Refused,
            CallKind.Download when fault.Means == Meaning.Elsewhere => isGood,
            // Whatever arrived whole is a file, unless it is a page of a gateway. A stream is the caller's to judge.
            CallKind.Download => fault.Means == Meaning.Unusable && (call.GivesRawBody || IsFile(value)),
            _ => (call.IgnoresBody && isSuccess) || (fault.Means == Meaning.Unusable && (call.MayBeNothing || call.TakesAnything)),
        };
    }

    // A page of a gateway, or nothing at all, is not what was paid for.
    private static bool IsFile(string value) =>
        value.Length > 0
        && !value.StartsWith("<!DOCTYPE html", StringComparison.OrdinalIgnoreCase)
        && !value.StartsWith("<html", StringComparison.OrdinalIgnoreCase);
}
