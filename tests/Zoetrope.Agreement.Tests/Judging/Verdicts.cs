using System.Text.Json.Nodes;

namespace Zoetrope.Agreement.Tests;

/// <summary>Holds the generated validator against NJsonSchema, over one instance.</summary>
internal static class Verdicts
{
    /// <summary>Says in which way the two differ without an entry in <see cref="Differences"/>; null where they agree.</summary>
    /// <param name="endpoint">The endpoint.</param>
    /// <param name="instance">A request.</param>
    /// <param name="isValid">What NJsonSchema says, where that is right.</param>
    public static string? Compare(AgreedEndpoint endpoint, JsonNode? instance, out bool isValid)
    {
        var json = instance?.ToJsonString() ?? "null";
        var findings = endpoint.Judge.Request.Findings(instance);
        isValid = findings.All(IsExplained);
        // What is no object is refused by reading it.
        if (instance is not JsonObject)
            return null;
        var issues = endpoint.Validate(json);
        if (findings.Count == 0 && issues.Where(issue => !Differences.Explains(issue, endpoint)).ToList() is { Count: > 0 } refused)
            return $"valid, but refused: {string.Join("; ", refused)}";
        if (issues.Count == 0 && findings.Where(finding => !IsExplained(finding)).ToList() is { Count: > 0 } taken)
            return $"taken, but not valid: {string.Join("; ", taken)}";
        return null;
    }

    /// <summary>Whether the difference is a deliberate one. An alternative of which everything wrong is explained is as good as one that fits.</summary>
    public static bool IsExplained(Finding finding) =>
        Differences.Explains(finding) || finding.Branches.Any(branch => branch.All(IsExplained));
}
