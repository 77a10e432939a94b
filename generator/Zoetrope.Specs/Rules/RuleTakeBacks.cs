namespace Zoetrope.Specs.Rules;

/// <summary>Which rules a sentence takes back.</summary>
[Flags]
internal enum TakenBack
{
    /// <summary>None.</summary>
    Nothing = 0,

    /// <summary>Limits of a value: "the rest is ignored".</summary>
    Limits = 1,

    /// <summary>Members that exclude each other: "if both are given, the first is used".</summary>
    Pairs = 2,

    /// <summary>Members that must be given: "if it is omitted, one is written for you".</summary>
    Presence = 4,

    /// <summary>Limits, by words that a limit itself may have: "pro has 8", "-1 is random".</summary>
    OtherLimits = 8,

    /// <summary>Whatever it is: "this does not apply to …".</summary>
    All = Limits | Pairs | Presence | OtherLimits,
}

/// <summary>The sentences at members that take back what others state: each member's are found once.</summary>
internal sealed class RuleTakeBacks(RuleObject owner)
{
    // What the service does with a value that is too much.
    private static readonly HashSet<string> _mended = new(StringComparer.Ordinal)
    {
        "ignored", "ignores", "ignore", "disregarded", "discarded", "dropped", "truncated", "truncates", "trimmed", "clamped", "clipped", "resized", "rounded",
        "capped", "downscaled", "upscaled", "rescaled", "downsampled", "sampled", "subsampled", "skipped", "skips", "cut", "cropped", "shortened", "split",
        "chunked", "compressed", "shrunk", "scaled", "floored", "snapped", "snaps", "pad", "padded", "adjusted", "adjusts", "reduced", "normalized",
        "removed", "unlimited", "summarized", "summarised", "re-encoded", "reencoded", "optimized", "optimised", "lost", "shortens", "cuts",
        "compresses", "trims",
        "clamps", "rounds", "fallback",
    };

    // A value that stands for another one: "0 means automatic".
    private static readonly HashSet<string> _meanings = new(StringComparer.Ordinal)
    {
        "means", "mean", "automatic", "auto", "disables", "disable", "off", "random", "none", "infinite", "unset", "is",
    };

    // What holds for some requests only.
    private static readonly HashSet<string> _plans = new(StringComparer.Ordinal)
    {
        "pro", "free", "plan", "plans", "tier", "tiers", "users", "subscribers", "mode", "turbo", "enterprise",
    };

    // What the service does with two values of which one is enough.
    private static readonly HashSet<string> _overridden = new(StringComparer.Ordinal)
    {
        "ignored", "ignores", "ignore", "disregarded", "discarded", "dropped", "overrides", "overridden", "overriden", "overwrites", "precedence",
        "priority", "prioritized", "wins", "win", "prevails", "preferred", "supersedes", "superseded", "considered", "skipped", "fallback",
    };

    // More than a limit allows, and that something is done with it.
    private static readonly HashSet<string> _excess = new(StringComparer.Ordinal)
    {
        "longer", "larger", "bigger", "higher", "smaller", "shorter", "lower", "extra", "additional", "more", "fewer", "above", "below", "beyond", "outside",
        "rest", "remaining", "exceed", "exceeds", "exceeding", "surplus", "excess", "otherwise", "else", "exceeded", "too", "big", "long", "large",
        "invalid", "beyond", "after", "out",
    };

    private static readonly HashSet<string> _deeds = new(StringComparer.Ordinal)
    {
        "is", "are", "be", "gets", "get", "we", "will", "may", "works", "accepted", "supported", "has", "have", "can",
    };

    // Words of a refusal, and of a rule: such a sentence takes nothing back.
    private static readonly HashSet<string> _refusals = new(StringComparer.Ordinal)
    {
        "must", "cannot", "can't", "required", "requires", "mandatory", "rejected", "refused", "error", "errors", "fail", "fails", "failed", "invalid",
        "forbidden", "mustn't", "prohibited", "disallowed",
    };

    private static readonly string[] _lifted =
    [
        "does not apply", "do not apply", "doesn't apply", "only applies", "applies only", "apply only", "no limit", "not enforced", "not a hard limit",
        "soft limit", "not strict", "no longer", "exempt", "not applicable", "only apply", "is optional for", "this is only a", "this applies",
        "this limit", "this restriction", "applies to", "apply to", "applies when", "apply when", "applies if", "apply if", "not validated",
        "not checked",
    ];

    private static readonly string[] _ofLimits =
    [
        "only the", "will not be used", "won't be used", "not be used", "has no effect", "have no effect", "left out",
        "fall back", "falls back", "summarization", "larger files are accepted", "are still accepted", "will be reduced", "is not used", "are not used",
    ];

    private static readonly string[] _ofPairs =
    [
        "will override", "used over", "used instead", "in place", "takes over", "has no effect", "have no effect", "will be used", "is used", "we use",
        "are used", "not used", "will win", "is only used", "only used", "if both", "when both", "if more than one", "when more than one", "if multiple",
        "when multiple", "if all ", "comes first", "takes effect", "come first",
        "without it",
    ];

    private static readonly string[] _ofPresence =
    [
        "otherwise", "without it", "leave both", "leave it", "defaults to", "falls back", "fall back", "not needed", "isn't needed", "optional since",
        "optional for", "optional in", "optional on", "can be omitted", "may be omitted", "can be left", "can be empty",
    ];

    private static readonly string[] _missing =
    [
        "neither", "none", "omitted", "not provided", "not specified", "not given", "not set", "not supplied", "not passed", "left empty", "left blank",
        "is empty", "are empty", "missing", "unset", "blank", "isn't", "aren't", "no value", "absent", "without", "left out", "empty",
    ];

    private readonly Dictionary<RuleMember, List<(string Text, TakenBack What, List<string> Named)>> _found = [];

    /// <summary>The first sentence at one of the members that takes the rule back; null where none does.</summary>
    /// <param name="members">The members.</param>
    /// <param name="what">What the rule is about.</param>
    /// <param name="own">The sentence of the rule itself.</param>
    public string? Find(IReadOnlyList<RuleMember> members, TakenBack what, string own)
    {
        foreach (var member in members)
        {
            foreach (var (text, back, named) in Of(member))
            {
                // The words of the rule itself can say that too much is dropped, but not that it may be missing: that is what it is about.
                var counts = text == own ? back & TakenBack.Limits : back;
                // A sentence may be about a rule where it names another member of it, or none at all.
                if ((counts & what) != 0 && (named.Count == 0 || named.Exists(name => members.Any(one => one.Name == name))))
                    return text;
            }
        }
        return null;
    }

    private List<(string Text, TakenBack What, List<string> Named)> Of(RuleMember member)
    {
        if (_found.TryGetValue(member, out var found))
            return found;
        found = [];
        foreach (var sentence in RuleSentences.Of(member.AllText))
        {
            var tokens = RuleTokens.Of(sentence.Text);
            if (What(sentence.Text.ToLowerInvariant(), tokens) is var what and not TakenBack.Nothing)
                found.Add((sentence.Text, what, Names(tokens, member)));
        }
        _found.Add(member, found);
        return found;
    }

    private List<string> Names(List<RuleToken> tokens, RuleMember holder) =>
        [.. tokens.Where(token => owner.IsName(token) && token.Text != holder.Name && !IsOrdinary(token)).Select(token => token.Text)];

    // An ordinary word may be one of the sentence, which is then about whatever its member states.
    private static bool IsOrdinary(RuleToken token) => !token.IsQuoted && token.Text.All(char.IsLetter);

    private static TakenBack What(string text, List<RuleToken> tokens)
    {
        var words = new HashSet<string>(tokens.Where(token => !token.IsQuoted).Select(token => token.Lower), StringComparer.Ordinal);
        var what = Array.Exists(_lifted, text.Contains) ? TakenBack.All : TakenBack.Nothing;
        var refuses = words.Overlaps(_refusals) || text.Contains("not allowed") || text.Contains("not supported");
        if (words.Overlaps(_mended) || Array.Exists(_ofLimits, text.Contains) || IsBefore(tokens, "first")
            || ((words.Overlaps(_excess) || IsBefore(tokens, "over")) && words.Overlaps(_deeds) && !refuses && !IsRange(words)))
            what |= TakenBack.Limits;
        if (words.Overlaps(_overridden) || (Array.Exists(_ofPairs, text.Contains) && !refuses))
            what |= TakenBack.Pairs;
        if (!refuses && (IsMeaning(tokens, words) || IsOfPlan(tokens, words)))
            what |= TakenBack.OtherLimits;
        if (!refuses && Array.Exists(_ofPresence, text.Contains))
            what |= TakenBack.Presence;
        if (!refuses && (words.Contains("if") || words.Contains("when") || words.Contains("otherwise")) && Array.Exists(_missing, text.Contains))
            what |= TakenBack.Presence;
        return what;
    }

    // "The first four are used", "texts over 500 characters".
    private static bool IsBefore(List<RuleToken> tokens, string word)
    {
        var at = tokens.FindIndex(token => token.Is(word));
        return at >= 0 && at + 1 < tokens.Count && tokens[at + 1].Number is not null;
    }

    private static bool IsMeaning(List<RuleToken> tokens, HashSet<string> words) =>
        tokens.Exists(token => token.Number <= 0 || token.Lower is "zero" or "negative" or "null") && words.Overlaps(_meanings);

    /// <summary>Whether a sentence has a number for some requests ("pro has 8"), or is only their name ("Fast mode.").</summary>
    private static bool IsOfPlan(List<RuleToken> tokens, HashSet<string> words) =>
        words.Overlaps(_plans) && (tokens.Count <= 3 || tokens.Exists(token => token.Number is not null));

    // "No more than 4 images are allowed" is a limit itself, and so is what a number follows.
    private static bool IsRange(HashSet<string> words) =>
        words.Contains("than") && (words.Contains("no") || words.Contains("not") || words.Contains("only"));
}
