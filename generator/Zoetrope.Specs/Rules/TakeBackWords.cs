namespace Zoetrope.Specs.Rules;

/// <summary>The words by which a sentence takes back what another one states (see <see cref="RuleTakeBacks"/>).</summary>
internal static class TakeBackWords
{
    /// <summary>What the service does with a value that is too much, in every form of the verb.</summary>
    public static readonly HashSet<string> Mended = Forms(
        "ignore disregard discard drop=dropp truncate trim=trimm clamp resize round cap=capp downscale rescale downsample subsample skip=skipp "
        + "crop=cropp shorten chunk compress shrink floor snap=snapp pad=padd adjust reduce normalize normalise remove summarize summarise re-encode "
        + "reencode optimize optimise convert downgrade downsize recompress transcode resample strip=stripp");

    /// <summary>The same of words that are nouns as well, without their plain form, and forms that only they have.</summary>
    public static readonly HashSet<string> MendedForms = Set(
        "clipped upscaled upscales scaled sampled scaling cut cuts cutting split splits splitting shrunk lost unlimited summarization fallback "
        + "unused overridden nearest closest");

    /// <summary>A value that stands for another one: "0 means automatic".</summary>
    public static readonly HashSet<string> Meanings = Set("means mean automatic auto disables disable off random none infinite unset is");

    /// <summary>What holds for some requests only.</summary>
    public static readonly HashSet<string> Plans = Set("pro free plan plans tier tiers users subscribers mode turbo enterprise");

    /// <summary>What the service does with two values of which one is enough.</summary>
    public static readonly HashSet<string> Overridden = Set(
        "ignored ignores ignore disregarded discarded dropped overrides overridden overriden overwrites precedence priority prioritized wins win "
        + "prevails preferred supersedes superseded considered skipped fallback replaces replaced unused");

    /// <summary>More or less than a limit allows. That something is done with it another word says (<see cref="Deeds"/>).</summary>
    public static readonly HashSet<string> Outside = Set(
        "longer larger bigger higher smaller shorter lower extra additional more fewer above below beyond outside rest remaining exceed exceeds "
        + "exceeding surplus excess otherwise else exceeded too big long large invalid after out further past greater");

    /// <summary>More or less than a limit allows, by itself.</summary>
    public static readonly HashSet<string> Excess = Set(
        "longer larger bigger higher greater above beyond exceed exceeds exceeding exceeded surplus excess past outside");

    /// <summary>Less than a limit asks, by itself.</summary>
    public static readonly HashSet<string> Shortfall = Set("smaller shorter lower fewer below less outside");

    /// <summary>The same, where a noun or a verb follows: "more images", and not "more creative".</summary>
    public static readonly HashSet<string> ExcessOfNouns = Set("more further");

    /// <summary>What may follow "more" where it is more of the items, besides their own noun.</summary>
    public static readonly HashSet<string> BehindMore = Set(
        "than of that this is are get gets will may can might could would do does take takes cost costs character characters item items entry "
        + "entries one ones");

    /// <summary>Words behind a comparative of something else: "for higher quality", "more information".</summary>
    public static readonly HashSet<string> Qualities = Set(
        "quality fidelity detail details control information info creativity accuracy consistency definition realism precision adherence");

    /// <summary>Words behind "over" and "past" that stand for the limit.</summary>
    public static readonly HashSet<string> Limit = Set("that this it");

    /// <summary>Nouns behind a comparative that is one of two: "the longer side".</summary>
    public static readonly HashSet<string> Sides = Set("side sides edge edges dimension dimensions");

    /// <summary>Words before "above" where it is a place of the text, and before a comparative of a limit: "no longer than", "8 or more".</summary>
    public static readonly HashSet<string> BeforeNoExcess = Set("no not or listed described mentioned see given shown explained noted defined specified as");

    /// <summary>That something is done, or is so.</summary>
    public static readonly HashSet<string> Deeds = Set("is are be gets get we will may works accepted supported has have can");

    /// <summary>What more of something does, so that more is taken.</summary>
    public static readonly HashSet<string> Effects = Set(
        "cost costs slow slows lead leads increase increases take takes work add adds give gives make makes");

    /// <summary>Words of a price, which varies without the limits.</summary>
    public static readonly string[] Prices = ["pric", "cost", "charge", "billed", "billing", "credits"];

    /// <summary>Phrases by which a sentence at another member lifts a rule.</summary>
    public static readonly string[] LiftedElsewhere =
    [
        "no limit", "does not apply", "do not apply", "doesn't apply", "not enforced", "exempt", "no restriction",
    ];

    /// <summary>Words of a refusal, and of a rule: such a sentence takes nothing back.</summary>
    public static readonly HashSet<string> Refusals = Set(
        "must cannot can't required requires mandatory rejected refused error errors fail fails failed invalid forbidden mustn't prohibited "
        + "disallowed");

    /// <summary>Words that make a refusal one of some requests only.</summary>
    public static readonly HashSet<string> Exceptions = Set("unless except however although though still nevertheless accepted possible");

    /// <summary>Phrases by which any rule is lifted, or made softer.</summary>
    public static readonly string[] Lifted =
    [
        "does not apply", "do not apply", "doesn't apply", "only applies", "applies only", "apply only", "no limit", "not enforced", "not a hard limit",
        "soft limit", "not strict", "no longer", "exempt", "not applicable", "only apply", "is optional for", "this is only a", "this applies", "this limit",
        "this restriction", "applies to", "apply to", "applies when", "apply when", "applies if", "apply if", "not validated", "not checked",
    ];

    /// <summary>More of them, which the sentence of the rule itself may have.</summary>
    public static readonly string[] Softened =
    [
        "guideline", "recommendation", "recommend it", "recommend this", "we recommend at", "not enforce", "not a hard", "no hard ", "is soft", "soft cap",
        "does not hold", "do not hold", "not true for", "not the case", "waived", "lifted", "relaxed", "raised for", "bypass", "negotiable", "overruled",
        "turns this off", "turns it off", "turn this off", "turn it off", "disables it", "disables this", "can be disabled", "doubled", "twice as",
        "give or take", "in most cases", "any amount", "any size", "as many as you", "as long as you", "only relevant", "relevant only", "only concerns",
        "may vary", "can vary", "limit varies", "limits vary", "maximum varies", "number varies", "(soft", "contact us", "contact support", "contact sales",
        "on request", "upon request", "rule of thumb", "not a rule", "is a suggestion", "just a hint", "only a hint", "is flexible", "can be raised",
        "can be increased", "can be lifted", "to raise it", "isn't enforced", "doesn't hold", "no restriction", "no maximum", "no minimum", "without limit",
        "any number of", "any length",
    ];

    /// <summary>Phrases by which a limit is taken back.</summary>
    public static readonly string[] OfLimits =
    [
        "only the", "will not be used", "won't be used", "may not be used", "might not be used", "has no effect", "have no effect", "left out", "fall back",
        "falls back", "summarization", "larger files are accepted", "are still accepted", "will be reduced", "is not used", "are not used", "out of range",
        "out of bounds", "the first part", "the first portion", "the first few", "the first ones", "the beginning", "the rest", "is not read", "are not read",
        "not be read", "not spoken", "not followed", "not be followed", "re-scaled", "scale it", "scale them",
    ];

    /// <summary>Phrases by which a rule of two members is taken back.</summary>
    public static readonly string[] OfPairs =
    [
        "will override", "used over", "used instead", "in place", "takes over", "has no effect", "have no effect", "will be used", "is used", "we use",
        "are used", "not used", "will win", "is only used", "only used", "if both", "when both", "if more than one", "when more than one", "if multiple",
        "when multiple", "if all ", "comes first", "takes effect", "come first", "without it", "takes the place", "take the place", "instead of",
        "falls back", "fall back", "will replace", "does nothing", "do nothing", "on its own", "with both", "is harmless", "applies", "counts", "is taken",
        "are taken", "is kept", "are merged", "are combined", "is blended", "are blended", "are mixed", "swapped", "used when no", "used if no",
        "used where no", "is chosen", "are chosen", "be chosen",
    ];

    /// <summary>Phrases by which a member need not be given.</summary>
    public static readonly string[] OfPresence =
    [
        "otherwise", "without it", "leave both", "leave it", "defaults to", "falls back", "fall back", "not needed", "isn't needed", "optional since",
        "optional for", "optional in", "optional on", "can be omitted", "may be omitted", "can be left", "can be empty", "omit both", "omit ", "omit them",
        "without either", "without any", "without them", "without both", "alone works", "alone is enough", "works alone", "alone suffices", "does nothing",
        "do nothing", "on its own", "are optional", "both optional", "is enough", "may be empty", "both may", "need not", "needn't", "don't have to",
        "do not have to", "not necessary", "unnecessary", "skip both", "skip them", "without an", "with neither",
    ];

    /// <summary>Phrases of what is not given, beside a condition.</summary>
    public static readonly string[] Missing =
    [
        "neither", "none", "omitted", "not provided", "not specified", "not given", "not set", "not supplied", "not passed", "left empty", "left blank",
        "is empty", "are empty", "missing", "unset", "blank", "isn't", "aren't", "no value", "absent", "without", "left out", "empty", "don't", "do not",
        "doesn't", "does not", "if no ", "when no ", "with no ", "where no ",
    ];

    /// <summary>Phrases of what is not required, which refuse nothing.</summary>
    public static readonly string[] NotRequired =
    [
        "not required", "isn't required", "aren't required", "no longer required", "never required", "not mandatory", "not be required",
        "neither is required", "none is required", "nothing is required",
    ];

    /// <summary>Words that begin an exception: "Except with gen4."</summary>
    public static readonly HashSet<string> Excepting = Set("except unless excluding excepting however but though although");

    /// <summary>Phrases of members that exclude each other, which take no such rule back.</summary>
    public static readonly string[] Excluding =
    [
        "exclusive", "incompatible", "not compatible", "not both", "only one", "at most one", "one of", "exactly one", "never both", "not together",
    ];

    /// <summary>Words before "to crop" that say what the member is for.</summary>
    public static readonly HashSet<string> BeforePurpose = Set(
        "the a an of url urls list set input inputs source original optional file files image images video videos audio text clip prompt reference "
        + "additional other what which that you want description describing describes describe object objects element elements thing things content "
        + "part parts area areas background person people subject subjects word words region regions");

    private static HashSet<string> Set(string words) => new(words.Split(' '), StringComparer.Ordinal);

    /// <summary>Verbs in their forms; of those that double their last letter the doubled stem follows.</summary>
    private static HashSet<string> Forms(string verbs)
    {
        var forms = new HashSet<string>(StringComparer.Ordinal);
        foreach (var verb in verbs.Split(' '))
        {
            var parts = verb.Split('=');
            var (plain, stem) = (parts[0], parts[parts.Length - 1]);
            var bare = stem.TrimEnd('e');
            forms.UnionWith([plain, plain + "s", bare + "ed", bare + "ing"]);
        }
        return forms;
    }
}
