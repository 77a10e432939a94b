using System.Globalization;
using Zoetrope.Errors;
using Zoetrope.Jobs;

namespace Zoetrope.Faults.Tests;

/// <summary>What must be bounded: time, memory, and what is written into logs and terminals.</summary>
internal static class BoundRules
{
    // Four seconds for each exchange, and a lot of room for a busy machine.
    private static readonly TimeSpan _longest = TimeSpan.FromSeconds(60);

    // Timers and clocks have different resolutions. A busy machine has half a minute, which is less than the jumps of clocks are.
    private const double Early = 0.98;
    private static readonly TimeSpan _slack = TimeSpan.FromMinutes(50);

    private const long MostAllocated = 512L * 1024 * 1024;
    private const int LongestMessage = 2000;

    public static IEnumerable<string> Violations(Outcome outcome)
    {
        if (outcome.IsHung)
            yield return "hangs";
        else if (outcome.Took > _longest)
            yield return $"took {outcome.Took.TotalSeconds:0} s";
        if (outcome.Allocated > MostAllocated)
            yield return $"allocated {outcome.Allocated / 1024 / 1024} MB";
        foreach (var violation in OfDeadlines(outcome))
            yield return violation;
        if (outcome.Thrown is not { } thrown)
            yield break;
        foreach (var exception in ExceptionTexts.Chain(thrown).Where(IsOurs))
        {
            if (exception.Message.Length > LongestMessage)
                yield return $"{exception.GetType().Name} has a message of {exception.Message.Length} characters";
            if (Unprintable(exception.Message) is { } unit)
                yield return $"{exception.GetType().Name} has U+{(int)unit:X4} in its message: {Shortened.Of(exception.Message)}";
        }
    }

    // By the client's clock. A wait that is never answered takes the whole of its time, and so does each exchange in which nothing is heard: no less, though
    // the time of day jumps an hour ahead, and no more, though it jumps back.
    private static IEnumerable<string> OfDeadlines(Outcome outcome)
    {
        var passed = outcome.Passed;
        if (outcome.Cell.IsForGood && outcome.Thrown is JobTimeoutException timeout && passed < FalCalls.Patience * Early)
            yield return $"the wait for {timeout.Handle.JobId} ended after {passed}";
        if (!outcome.Fault.IsSilence || outcome.Cell.IsRetrying)
            yield break;
        var silences = outcome.Call.Deadline * outcome.Played;
        if (passed < silences * Early || passed > silences + _slack)
            yield return $"{outcome.Played} times nothing was heard, and {passed} passed";
    }

    /// <summary>The first character that a log or a terminal must not get; null when there is none.</summary>
    public static char? Unprintable(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            var unit = text[i];
            if (char.IsHighSurrogate(unit) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                if (IsUnprintable(CharUnicodeInfo.GetUnicodeCategory(text, i)))
                    return unit;
                i++;
                continue;
            }
            if (IsUnprintable(CharUnicodeInfo.GetUnicodeCategory(unit)))
                return unit;
        }
        return null;
    }

    private static bool IsUnprintable(UnicodeCategory category) =>
        category is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate
            or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;

    private static bool IsOurs(Exception exception) => exception is ZoetropeException or IJobFailure or SubmitCanceledException;
}

/// <summary>The beginning of a text, for reports.</summary>
internal static class Shortened
{
    private const int Longest = 300;

    public static string Of(string text)
    {
        var start = text.Length > Longest ? text[..Longest] + "..." : text;
        return new string([.. start.Select(unit => BoundRules.Unprintable(unit.ToString()) is null ? unit : '?')]);
    }
}
