namespace Zoetrope.Specs.Model;

/// <summary>Judges what a provider calls the status of a model.</summary>
internal static class EndpointStatus
{
    private static readonly HashSet<string> _ended = new(StringComparer.OrdinalIgnoreCase)
    {
        "deprecated", "removed", "sunset", "sunsetted", "sunsetting", "retired", "discontinued", "obsolete", "end-of-life", "end_of_life", "eol",
    };

    /// <summary>Whether it says that the model is gone, or will be.</summary>
    public static bool IsEnded(string? status) => status is not null && _ended.Contains(status.Trim());

    /// <summary>What such a status says besides that; null where it says nothing else.</summary>
    public static string? NoteOf(string? status) =>
        IsEnded(status) && !"deprecated".Equals(status!.Trim(), StringComparison.OrdinalIgnoreCase) ? $"its status is '{status.Trim()}'." : null;
}
