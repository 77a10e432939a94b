using System.Text;
using Zoetrope.Errors;

namespace Zoetrope.Faults.Tests;

/// <summary>What must not be lost: files of the user, and what a service said of a job that it may have accepted.</summary>
internal static class KeptRules
{
    public static IEnumerable<string> Violations(Outcome outcome) => [.. OfFiles(outcome), .. OfIds(outcome)];

    private static IEnumerable<string> OfFiles(Outcome outcome)
    {
        foreach (var name in outcome.Files.Keys.Where(name => name != DownloadCalls.Name))
            yield return $"a file was left: {name}";
        if (!outcome.Files.TryGetValue(DownloadCalls.Name, out var file))
            yield break;
        if (outcome.Value is { } value && file != value)
            yield return "the file is not what the download gave";
        if (outcome.Thrown is not null && file != DownloadCalls.Old)
            yield return $"the download failed, and the user's file is not what it was: {Shortened.Of(file)}";
    }

    private static IEnumerable<string> OfIds(Outcome outcome)
    {
        var isPaid = outcome.Call.Kind is CallKind.Submit or CallKind.Direct;
        if (!isPaid || outcome.Thrown is not { } thrown || outcome.Fault.MayBeLost || outcome.IsLed || outcome.IsRetried)
            yield break;
        var texts = ExceptionTexts.Of(thrown);
        if (outcome.Sent.Any(HasRequestId) && !Holds(texts, Surroundings.RequestId))
            yield return "the request id that arrived is not reported";
        var namesJob = (outcome.Fault.NamesJob && IsInBody(outcome.Call)) || (outcome.HeaderNamesJob && WasUnderstood(thrown));
        if (outcome.Call.Kind == CallKind.Submit && namesJob && !Holds(texts, FalCalls.JobId))
            yield return "the id of the job that arrived is not reported";
    }

    private static bool Holds(IReadOnlyList<(string Where, string Text)> texts, string id) =>
        texts.Any(text => text.Text.Contains(id, StringComparison.Ordinal));

    private static bool IsInBody(Call call) =>
        call.Recorded is null || call.Responses[call.FaultAt][0].Text.Contains(FalCalls.JobId, StringComparison.Ordinal);

    // .NET reads no head that has a line which is not a header.
    private static bool WasUnderstood(Exception thrown) =>
        ExceptionTexts.Chain(thrown).Any(within => within is TransportException { StatusCode: not null } or ServiceException);

    // A header counts when the head that it is in has arrived to its end.
    private static bool HasRequestId(byte[] sent)
    {
        var text = Encoding.Latin1.GetString(sent);
        return text.Contains(Surroundings.RequestId + "\r\n", StringComparison.Ordinal) && text.Contains("\r\n\r\n", StringComparison.Ordinal);
    }
}
