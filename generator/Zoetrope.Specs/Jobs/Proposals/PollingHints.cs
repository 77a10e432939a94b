using System.Globalization;
using Zoetrope.Specs.Json;

namespace Zoetrope.Specs.Jobs.Proposals;

/// <summary>What a document or a workflow says about how an operation is polled.</summary>
/// <param name="Source">What says it, for people.</param>
/// <param name="Pointer">The value that its conditions compare; null where they compare none.</param>
/// <param name="Running">The words after which it is polled again.</param>
/// <param name="Succeeded">The words of success.</param>
/// <param name="Failed">The words of failure.</param>
/// <param name="Seconds">The seconds between polls; null where nothing is said.</param>
internal sealed record PollingHints(string Source, string? Pointer, List<string> Running, List<string> Succeeded, List<string> Failed, int? Seconds)
{
    /// <summary>The words, those of success first.</summary>
    public IEnumerable<string> Words => Succeeded.Concat(Failed).Concat(Running);

    /// <summary>What the extension <c>x-speakeasy-polling</c> of an operation says; null where it has none.</summary>
    public static PollingHints? Of(JobsOperation operation)
    {
        foreach (var hint in operation.At.Node["x-speakeasy-polling"])
        {
            var conditions = new PollingConditions();
            var (succeeded, failed) = (conditions.WordsOf(hint["successCriteria"]), conditions.WordsOf(hint["failureCriteria"]));
            return new("'x-speakeasy-polling' of the status", conditions.Pointer, [], succeeded, failed, SecondsOf(hint["intervalSeconds"]));
        }
        return null;
    }

    /// <summary>A number of seconds, rounded up; null where it is not a positive number.</summary>
    public static int? SecondsOf(JsonNode number) =>
        double.TryParse(number.Raw, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds) && seconds is > 0 and <= 86400
            ? (int)Math.Ceiling(seconds)
            : null;

    /// <summary>The state that a word means by these hints; null where they do not say it.</summary>
    public string? StateOf(string word) =>
        Succeeded.Contains(word) ? "succeeded" : Failed.Contains(word) ? "failed" : Running.Contains(word) ? "running" : null;
}
