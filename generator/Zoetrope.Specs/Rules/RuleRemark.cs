namespace Zoetrope.Specs.Rules;

/// <summary>A sentence of a description, as one that may take back what others state. What it takes back is found where it is asked for.</summary>
/// <param name="sentence">The sentence.</param>
/// <param name="holder">The member that has it; null where it is of the object.</param>
internal sealed class RuleRemark(RuleSentence sentence, RuleMember? holder)
{
    private const int FewTokens = 3;

    private readonly RuleMember? _holder = holder;
    private string? _lower;
    private HashSet<string>? _said;
    private (TakenBack Own, TakenBack Said, TakenBack Back)? _takenBack;

    /// <summary>The sentence.</summary>
    public string Text => sentence.Text;

    /// <summary>Its tokens.</summary>
    public List<RuleToken> Tokens => sentence.Tokens;

    /// <summary>What it takes back as a sentence beside that of a rule.</summary>
    public TakenBack Back => (_takenBack ??= Read()).Back;

    /// <summary>
    /// What it takes back as the sentence of the rule itself: that can say that too much is dropped, but not that it may be missing, which is what it is about.
    /// </summary>
    public TakenBack Own => (_takenBack ??= Read()).Own;

    /// <summary>What it takes back of a member that it names, as a sentence at another one: "this is optional" is about that one.</summary>
    public TakenBack Said => (_takenBack ??= Read()).Said;

    private string Lower => _lower ??= Text.ToLowerInvariant();

    private HashSet<string> Words =>
        _said ??= new(Tokens.Where(static token => !token.IsQuoted).Select(static token => token.Lower), StringComparer.Ordinal);

    /// <summary>Whether one of these words, outside of quotes, is in it.</summary>
    public bool Has(string word) => Words.Contains(word);

    private bool Refuses => Words.Overlaps(TakeBackWords.Refusals) || Lower.Contains("not allowed") || Lower.Contains("not supported");

    /// <summary>Whether it only says that something is refused, with no exception.</summary>
    private bool OnlyRefuses => Refuses && !Words.Overlaps(TakeBackWords.Exceptions);

    private (TakenBack Own, TakenBack Said, TakenBack Back) Read()
    {
        if (Tokens.Count == 0)
            return default;
        var own = OfRuleItself();
        var all = own | OfOthers();
        var isLifted = IsLifted() || IsException() || (SaysOneOf(TakeBackWords.Softened) && !SaysOneOf(TakeBackWords.Prices));
        return (own, SaysOneOf(TakeBackWords.LiftedElsewhere) ? TakenBack.All : all, isLifted ? TakenBack.All : all);
    }

    private TakenBack OfRuleItself()
    {
        var what = IsLifted() ? TakenBack.Limits : TakenBack.Nothing;
        if (IsMended() || SaysOneOf(TakeBackWords.OfLimits) || IsBefore("first"))
            what |= TakenBack.Limits;
        else if (HasOutside(TakeBackWords.Deeds) && !OnlyRefuses && !IsLimit())
            what |= TakenBack.Limits;
        return what;
    }

    private TakenBack OfOthers()
    {
        var what = TakenBack.Nothing;
        if (!OnlyRefuses)
            what |= Comparatives();
        if (!OnlyRefuses && HasOutside(TakeBackWords.Effects) && !IsLimit())
            what |= TakenBack.Excess;
        if (!OnlyRefuses && (IsMeaning() || IsOfPlan()))
            what |= TakenBack.OtherLimits;
        if (Words.Overlaps(TakeBackWords.Overridden) || (SaysOneOf(TakeBackWords.OfPairs) && !Refuses))
            what |= TakenBack.Pairs;
        if (SaysOneOf(TakeBackWords.NotRequired)
            || (!Refuses && (SaysOneOf(TakeBackWords.OfPresence) || Tokens[0].Is("without") || (HasCondition() && SaysOneOf(TakeBackWords.Missing)))))
            what |= TakenBack.Presence;
        if (Tokens.Exists(token => token.Number == 1) && (Has("all") || Has("every") || Has("each") || Has("both")))
            what |= TakenBack.Counts;
        return what;
    }

    /// <summary>"Except with gen4.", "Not in turbo.", "v2 only.", "Usually."</summary>
    private bool IsException()
    {
        if (TakeBackWords.Excepting.Contains(Tokens[0].Lower))
            return true;
        var isShort = Tokens.Count <= FewTokens && !Text.EndsWith(":", StringComparison.Ordinal);
        return (isShort && (IsHedge() || Tokens.Exists(IsVersion))) || (Tokens.Count <= FewTokens + 1 && Tokens[0].Is("not"));
    }

    private bool IsHedge() => RuleClauses.IsAdvice(Tokens) && !Has("default") && !Has("defaults") && !Tokens.Exists(token => token.Number is not null);

    // "Gen4", and not "MP4" nor "Image4".
    private static bool IsVersion(RuleToken token) => token.Kind == RuleTokenKind.Word && char.IsLetter(token.Text[0])
        && char.IsDigit(token.Text[token.Text.Length - 1]) && !RuleFormats.IsKnown(token.Text)
        && !RuleLimits.IsItem(token.Lower.TrimEnd('0', '1', '2', '3', '4', '5', '6', '7', '8', '9'));

    /// <summary>Whether it says of members that exclude each other nothing but that.</summary>
    public bool Excludes => Refuses || SaysOneOf(TakeBackWords.Excluding);

    private bool SaysOneOf(string[] phrases) => Array.Exists(phrases, Lower.Contains);

    private bool HasCondition() => Has("if") || Has("when") || Has("where") || Has("otherwise") || Has("whenever") || Has("neither");

    /// <summary>Whether it lifts the rule. "No longer than 30 seconds" does not.</summary>
    private bool IsLifted() =>
        Array.Exists(TakeBackWords.Lifted, phrase => Lower.Contains(phrase) && !(phrase == "no longer" && Lower.Contains("no longer than")));

    /// <summary>Whether it says what is done with too much. What the member is for says nothing of it: "the image to crop".</summary>
    private bool IsMended()
    {
        for (var i = 0; i < Tokens.Count; i++)
        {
            var token = Tokens[i];
            if (!token.IsQuoted && (TakeBackWords.Mended.Contains(token.Lower) || TakeBackWords.MendedForms.Contains(token.Lower)) && !IsPurpose(i))
                return true;
        }
        return false;
    }

    private bool IsPurpose(int verb)
    {
        // "That is converted to speech" is what it is for, too.
        if (Tokens[verb].Lower.StartsWith("convert", StringComparison.Ordinal) && verb + 1 < Tokens.Count && Tokens[verb + 1].Lower is "to" or "into")
            return true;
        var to = verb > 0 && Tokens[verb - 1].Is("be") ? verb - 2 : verb - 1;
        if (to < 1 || !(Tokens[to].Is("to") || Tokens[to].Is("for")))
            return false;
        for (var i = 0; i < to; i++)
        {
            var word = Tokens[i].Lower;
            if (!TakeBackWords.BeforePurpose.Contains(word) && _holder?.Words.Contains(RuleWords.Singular(word)) != true)
                return false;
        }
        return true;
    }

    /// <summary>Whether it says of more or less than a limit allows what is done. "A more detailed prompt" is not more of it.</summary>
    private bool HasOutside(HashSet<string> deeds) => Words.Overlaps(deeds) && (IsBefore("over") || Enumerable.Range(0, Tokens.Count).Any(i =>
        !Tokens[i].IsQuoted && TakeBackWords.Outside.Contains(Tokens[i].Lower)
        && !(Tokens[i].Is("more") && !IsOfItems(i + 1 < Tokens.Count ? Tokens[i + 1] : null))));

    /// <summary>"The first four are used", "texts over 500 characters".</summary>
    private bool IsBefore(string word)
    {
        for (var at = 0; at + 1 < Tokens.Count; at++)
        {
            if (Tokens[at].Is(word) && Tokens[at + 1].Number is not null)
                return true;
        }
        return false;
    }

    private bool IsMeaning() =>
        Tokens.Exists(token => token.Number <= 0 || token.Lower is "zero" or "negative" or "null") && Words.Overlaps(TakeBackWords.Meanings);

    /// <summary>Whether it has a number for some requests ("pro has 8"), or is only their name ("Fast mode.").</summary>
    private bool IsOfPlan() => Words.Overlaps(TakeBackWords.Plans) && (Tokens.Count <= FewTokens || Tokens.Exists(token => token.Number is not null));

    /// <summary>Whether every comparative in it is one of a limit: "no more than 4 images are allowed".</summary>
    private bool IsLimit() =>
        Tokens.Exists(token => token.Is("than"))
        && !Enumerable.Range(0, Tokens.Count).Any(i => TakeBackWords.Outside.Contains(Tokens[i].Lower) && !Tokens[i].IsQuoted && !IsOfLimit(i));

    private bool IsOfLimit(int at) => at > 0 && (Tokens[at - 1].Is("no") || Tokens[at - 1].Is("not") || Tokens[at - 1].Is("or"));

    /// <summary>What is said of more, and of less.</summary>
    private TakenBack Comparatives()
    {
        var what = TakenBack.Nothing;
        for (var i = 0; i < Tokens.Count; i++)
        {
            var (word, next) = (Tokens[i].Lower, i + 1 < Tokens.Count ? Tokens[i + 1] : null);
            if (Tokens[i].IsQuoted || (i > 0 && TakeBackWords.BeforeNoExcess.Contains(Tokens[i - 1].Lower)) || IsOfText(i)
                || (next is not null && (TakeBackWords.Qualities.Contains(next.Lower) || TakeBackWords.Sides.Contains(next.Lower))))
                continue;
            if (TakeBackWords.Excess.Contains(word) || (TakeBackWords.ExcessOfNouns.Contains(word) && IsOfItems(next) && !IsForMore(i, next))
                || (word == "over" && (next is null || next.Number is not null || TakeBackWords.Limit.Contains(next.Lower))))
                what |= TakenBack.Excess;
            if (TakeBackWords.Shortfall.Contains(word))
                what |= TakenBack.Shortfall;
        }
        return what;
    }

    /// <summary>"The above image."</summary>
    private bool IsOfText(int at) => at > 0 && Tokens[at - 1].Is("the") && Tokens[at].Lower is "above" or "below";

    /// <summary>"For more, send several requests."</summary>
    private bool IsForMore(int at, RuleToken? next) => at > 0 && Tokens[at - 1].Is("for") && next?.Is(",") == true;

    private bool IsOfItems(RuleToken? next) =>
        next is null || next.Kind != RuleTokenKind.Word || next.Number is not null || TakeBackWords.BehindMore.Contains(next.Lower)
        || _holder?.Words.Contains(RuleWords.Singular(next.Lower)) == true || RuleLimits.IsItem(next.Lower);
}
