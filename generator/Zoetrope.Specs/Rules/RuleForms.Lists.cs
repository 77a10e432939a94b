using Zoetrope.Specs.Model;

namespace Zoetrope.Specs.Rules;

/// <content>What several lists have together, and what the items of a list have.</content>
public static partial class RuleForms
{
    private static RuleForm[] Lists =>
    [
        new("maximum of several lists",
            "(MAX|up to) [of] {n} [items|files|images|references|elements|inputs] [in] (total|combined) lp ... rp "
            + "[(when|if) (using|with) [a|an] {words:always}]",
            static f => Total(f, InParentheses(f), f.Number()),
            On("image_urls", "Reference as @Image1, @Image2, etc. Maximum 7 total (elements + reference images) is allowed.",
                "totalCount(elements, image_urls) <= 7"))
        { HasCondition = true },
        new("combined with another list",
            "(combined|together) with {names} , [the] total [number of] [references|files|images|items|inputs] (CANNOT|must not|MUST not) EXCEED {n}",
            static f => Total(f, [f.Self, .. f.Members()], f.Number()),
            On("image_urls", "Combined with video_urls, total references cannot exceed 5.", "totalCount(image_urls, video_urls) <= 5")),
        new("all files together",
            "total [number of] (files|media files|references|inputs|assets) (across all modalities|across all inputs|across all types|of all types|"
            + "combined) (CANNOT EXCEED|MUST be MAX|MUST not EXCEED|is limited to|is MAX) {n}",
            static f => Total(f, [.. f.Object.Members.Where(member => member is { IsFile: true, IsList: true })], f.Number()),
            On("image_urls", "Total files across all modalities must not exceed 12.", "totalCount(image_urls, video_urls, audio_urls) <= 12")),
        new("lists together", "[the] (total|combined) number of {names} (CANNOT EXCEED|MUST not EXCEED|MUST be MAX|is limited to) {n}",
            static f => Total(f, f.Members(), f.Number()),
            On("image_urls", "The combined number of image_urls and video_urls must not exceed 6.", "totalCount(image_urls, video_urls) <= 6")),
        new("members combined", "^ {names} combined (CANNOT EXCEED|MUST not EXCEED|MUST be MAX|are limited to) {n}",
            static f => Total(f, f.Members(), f.Number()),
            On("image_urls", "image_urls and video_urls combined must not exceed 5.", "totalCount(image_urls, video_urls) <= 5")),
        new("items of several lists",
            "[the] (total|combined) number of {words:a} and {words:b} (CANNOT EXCEED|MUST not EXCEED|MUST be MAX|is limited to) {n}",
            static f => f.Phrase("a", static member => member.IsList) is { } a && f.Phrase("b", static member => member.IsList) is { } b
                ? Total(f, [a, b], f.Number())
                : null,
            On("image_urls", "Total number of images and videos cannot exceed 6.", "totalCount(image_urls, video_urls) <= 6")),
        new("sum over items", "[the] (total|combined) {words:inner} of all {words:items} (CANNOT EXCEED|MUST not EXCEED|MUST be MAX|is limited to) {n}",
            SumOf,
            On("elements", "Total duration of all elements must not exceed 25 seconds.", "sum(elements.duration) <= 25")),
        new("items with a member", "can have (only|at most|up to|a maximum of) {n} {words:items} with [a|an] {words:inner}",
            ItemsWith,
            On("elements", "A request can have at most two elements with a video.", "count(elements with video_url) <= 2"))
        { IsOfItems = true },
        new("only some items with a member", "can only have [up to|at most] {n} {words:items} with [a|an] {words:inner}",
            ItemsWith,
            On("elements", "A request can only have one element with a video.", "count(elements with video_url) <= 1"))
        { IsOfItems = true },
        new("a member in only some items", "(only|at most|up to) {n} {words:items} (can|may) (have|contain|include) [a|an] {words:inner}",
            ItemsWith,
            On("elements", "Only one element may have a video.", "count(elements with video_url) <= 1"))
        { IsOfItems = true },
        new("all items or none, from inside",
            "(if|when) GIVEN (for|in) (one|any) {words:item} , all {words:items} MUST (have|include|contain) [a|an|one|it] [{words:inner}]",
            static f => f.List is { } list ? AllItems(f, list, f.Self) : null,
            On("elements.video_url", "If provided for one element, _all_ elements must have a video.", "allOrNone(elements with video_url)"))
        { IsOfItems = true, HasCondition = true },
        new("all items or none",
            "(if|when) (providing|using|specifying|giving|passing) [a|an] {words:inner} , all {words:items} MUST (have|include|contain) [a|an|one|it]",
            static f => f.Self.Inside?.FindPhrase(f.Text("inner"), static _ => true) is { } inner ? AllItems(f, f.Self, inner)
                : f.No($"the items have no '{f.Text("inner")}'"),
            On("elements", "When providing a video, all elements must have a video.", "allOrNone(elements with video_url)"))
        { HasCondition = true },
        new("length of another list", "length MUST be len lp {name} rp [(-|minus) {n:less}]",
            static f => f.Number("less") is > 1000 ? f.No("the number is not a difference of lengths")
                : Same(f, -(int)(f.Number("less") ?? 0)),
            On("keywords", "Length must be len(image_urls) - 1.", "count(keywords) = count(image_urls) - 1")),
        new("as many as another list",
            "MUST (have|contain|be) the same (length|number|size|number of items|number of elements|number of entries) (as|of) {name}",
            static f => Same(f, 0),
            On("keywords", "Must have the same number of items as image_urls.", "count(keywords) = count(image_urls)")),
        new("the length of another list", "MUST match the (length|number|size|number of items|number of elements) (of|in) {name}",
            static f => Same(f, 0),
            On("keywords", "Must match the length of image_urls.", "count(keywords) = count(image_urls)")),
    ];

    /// <summary>The members that the last parentheses of a match list; what is not a list, or not here, is left out.</summary>
    private static List<RuleMember> InParentheses(RuleFinding f)
    {
        var tokens = f.Captures.Tokens;
        var open = tokens.FindLastIndex(f.Captures.End - 1, token => token.Is("("));
        var close = tokens.FindIndex(open, token => token.Is(")"));
        var after = close + 1;
        if (after < tokens.Count && (tokens[after].Is("when") || tokens[after].Is("if")) && !IsAlways(f, tokens.GetRange(after + 1, tokens.Count - after - 1)))
        {
            f.No("it holds only where another member is given");
            return [];
        }
        var found = new List<RuleMember>();
        var inside = tokens.GetRange(open + 1, close - open - 1).Select(token => token.Is("and") || token.Is(",") ? "+" : token.Text);
        foreach (var part in string.Join(" ", inside).Split('+'))
        {
            if (f.Object.FindPhrase(part.Trim(), static member => member.IsList) is { } member)
                found.Add(member);
        }
        return found;
    }

    /// <summary>Whether a condition is that a required member is given: "when using video".</summary>
    private static bool IsAlways(RuleFinding f, List<RuleToken> condition)
    {
        condition.RemoveAll(token => token.Is("using") || token.Is("a") || token.Is("with") || token.Is("there") || token.Is("is"));
        return f.Object.FindPhrase(string.Join(" ", condition.Select(token => token.Text)), static _ => true) is { IsRequired: true };
    }

    private static ParameterRule? Total(RuleFinding f, List<RuleMember> members, decimal? max)
    {
        members = [.. members.Distinct()];
        if (f.Reason is not null || max is null)
            return null;
        if (members.Count < 2 || members.Exists(member => !member.IsList))
            return f.No("it does not name two lists");
        return f.Rule(ParameterRuleKind.TotalCount, members) with { Range = new() { Maximum = max } };
    }

    private static ParameterRule? SumOf(RuleFinding f)
    {
        if (!f.Self.IsList || f.Self.Inside?.FindPhrase(f.Text("inner"), static member => member.IsNumber) is not { } inner)
            return null;
        if (!AreItems(f, f.Self))
            return f.No($"'{f.Text("items")}' are not the items of this list");
        return f.Rule(ParameterRuleKind.Sum, f.Self) with { Inner = inner.Name, Range = new() { Maximum = f.Number() } };
    }

    private static ParameterRule? ItemsWith(RuleFinding f)
    {
        var list = f.List ?? f.Self;
        if (!list.IsList || list.Inside is not { } inside)
            return null;
        if (!AreItems(f, list))
            return f.No($"'{f.Text("items")}' are not the items of this list");
        var inner = f.List is null ? inside.FindPhrase(f.Text("inner"), static _ => true)
            : f.Self.Words.Exists(RuleWords.Of(f.Text("inner")).Contains) ? f.Self : null;
        return inner is null ? f.No($"the items have no '{f.Text("inner")}'")
            : f.Rule(ParameterRuleKind.ItemsWith, list) with { Inner = inner.Name, Range = new() { Maximum = f.Number() } };
    }

    /// <summary>Whether the items that the words name are those of the list: one word of its name, and no other noun but "inputs".</summary>
    private static bool AreItems(RuleFinding f, RuleMember list)
    {
        var words = RuleWords.Of(f.Text("items"));
        return words.Exists(list.Words.Contains) && words.TrueForAll(word => list.Words.Contains(word) || word is "input" or "reference");
    }

    private static ParameterRule? AllItems(RuleFinding f, RuleMember list, RuleMember inner) =>
        !AreItems(f, list) ? f.No($"'{f.Text("items")}' are not the items of this list")
            : f.Rule(ParameterRuleKind.AllItemsWith, list) with { Inner = inner.Name };

    private static ParameterRule? Same(RuleFinding f, int offset)
    {
        if (!f.Self.IsList || f.Member() is not { } other)
            return null;
        return other.IsList && other != f.Self
            ? f.Rule(ParameterRuleKind.SameCount, f.Self, other) with { Offset = offset }
            : f.No($"'{other.Name}' is not another list");
    }
}
