using System.Globalization;
using System.Text.RegularExpressions;
using Zoetrope.Specs.Json;

namespace Zoetrope.Specs.Jobs.Proposals;

/// <summary>What the extension <c>x-speakeasy-polling</c> of an operation says about its polling.</summary>
/// <param name="Pointer">The value that its conditions compare; null where they compare none.</param>
/// <param name="Succeeded">The words of success.</param>
/// <param name="Failed">The words of failure.</param>
/// <param name="Seconds">The seconds between polls; null where nothing is said.</param>
internal sealed record PollingHints(string? Pointer, List<string> Succeeded, List<string> Failed, int? Seconds)
{
    private static readonly Regex _condition = new(
        @"^\s*\$response\.body#(?<pointer>/\S+)\s*==\s*[""']?(?<word>[^""']+?)[""']?\s*$", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));

    /// <summary>The hints of an operation; null where it has none.</summary>
    public static PollingHints? Of(JobsOperation operation)
    {
        foreach (var hint in operation.At.Node["x-speakeasy-polling"])
        {
            string? pointer = null;
            var (succeeded, failed) = (Words(hint["successCriteria"], ref pointer), Words(hint["failureCriteria"], ref pointer));
            var interval = hint["intervalSeconds"].Raw;
            var isNumber = int.TryParse(interval, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds > 0;
            return new(pointer, succeeded, failed, isNumber ? seconds : null);
        }
        return null;
    }

    private static List<string> Words(JsonNode criteria, ref string? pointer)
    {
        var words = new List<string>();
        foreach (var criterion in criteria)
        {
            if (_condition.Match(criterion["condition"].String ?? "") is not { Success: true } match)
                continue;
            pointer ??= match.Groups["pointer"].Value;
            if (match.Groups["pointer"].Value == pointer)
                words.Add(match.Groups["word"].Value);
        }
        return words;
    }
}
