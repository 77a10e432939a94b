namespace Zoetrope.Specs.Jobs.Proposals;

/// <summary>What words for the state of a job usually mean.</summary>
internal static class StateWords
{
    private static readonly Dictionary<string, string> _states = new[]
    {
        ("queued", "queued pending waiting submitted created starting scheduled backlogged inqueue enqueued throttled new accepted initializing"),
        ("running", "running processing inprogress generating dreaming working active started sampling rendering canceling cancelling"),
        ("succeeded", "succeeded success successful succeed complete completed done ready finished finish ok"),
        ("failed", "failed failure fail error errored rejected requestmoderated contentmoderated moderated nsfw timeout timedout taskstatusfailed"),
        ("canceled", "canceled cancelled aborted revoked stopped terminated"),
        ("expired", "expired tasknotfound notfound deleted"),
    }.SelectMany(state => state.Item2.Split(' ').Select(word => (Word: word, State: state.Item1)))
        .ToDictionary(pair => pair.Word, pair => pair.State, StringComparer.Ordinal);

    /// <summary>The state that a word means; null where it is not a usual one.</summary>
    public static string? Of(string word) => _states.TryGetValue(Plain(word), out var state) ? state : null;

    /// <summary>The kind of failure that a word states; null where it states none.</summary>
    public static string? KindOf(string word) => Plain(word) switch
    {
        "requestmoderated" or "contentmoderated" or "moderated" or "nsfw" => "moderated",
        "timeout" or "timedout" => "timeout",
        _ => null,
    };

    /// <summary>Whether words can be the states of a job: one of success, and another end.</summary>
    public static bool AreOfJobs(IReadOnlyList<string> words) =>
        words.Any(word => Of(word) == "succeeded") && words.Any(word => Of(word) is "failed" or "canceled" or "expired");

    /// <summary>A word without case, spaces, dashes and underlines, and without what all states of some providers begin with.</summary>
    private static string Plain(string word)
    {
        var plain = string.Concat(word.Where(char.IsLetterOrDigit)).ToLowerInvariant();
        foreach (var prefix in new[] { "taskstatus", "jobstatus", "status" })
        {
            if (plain.StartsWith(prefix, StringComparison.Ordinal) && plain.Length > prefix.Length)
                return plain.Substring(prefix.Length);
        }
        return plain;
    }
}
