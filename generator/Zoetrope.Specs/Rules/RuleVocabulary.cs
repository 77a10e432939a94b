using Zoetrope.Specs.Model;

namespace Zoetrope.Specs.Rules;

/// <summary>
/// The words that may stand beside a rule without changing what it means. Whatever is in none of the lists may: a plan, a mode, another subject, a remedy.
/// </summary>
internal static class RuleVocabulary
{
    /// <summary>Words beside any rule.</summary>
    public static readonly HashSet<string> Neutral = Set(
        "a an the this these it its your also and is are be note notes important please optional currently supported allowed permitted accepted "
        + "required needed provided specified parameter parameters field fields argument arguments option , : ;");

    /// <summary>Words before a limit.</summary>
    public static readonly HashSet<string> BeforeLimit = Set("must should shall has have to can contain contains include includes with number value");

    /// <summary>Words behind a limit.</summary>
    public static readonly HashSet<string> BehindLimit = Set("can inclusive only total");

    /// <summary>Words beside a rule about which members are given.</summary>
    public static readonly HashSet<string> BesidePresence = Set("you together simultaneously one of that must input inputs");

    /// <summary>Words of a heading that announces rules.</summary>
    public static readonly HashSet<string> Heading = Set(
        "requirement requirements limit limits limitation limitations restriction restrictions constraint constraints rule rules following for input "
        + "inputs format formats file files must meet of - #");

    /// <summary>Words of a part of the sentence that states another limit, or formats of files.</summary>
    public static readonly HashSet<string> OtherLimit = Set(
        "max maximum min minimum at least most up to between from not exceed than of size width height duration resolution length aspect ratio fps frame "
        + "rate dimension dimensions side sides pixel pixels px mb gb kb mib gib kib ms s sec second seconds minute minutes character characters each file "
        + "format formats only must combined timeout multiple multiples divisible by long shortest longest shorter longer inclusive word words "
        + "count - / mp4 mov webm gif jpg jpeg png webp avif heic bmp tiff wav mp3 m4a aac ogg flac zip glb");

    /// <summary>Words of a part of the sentence that says in which languages or letters a text is.</summary>
    public static readonly HashSet<string> OfTexts = Set(
        "supports only chinese english japanese korean french german spanish italian portuguese russian arabic hindi mandarin cantonese multilingual "
        + "letters digits alphanumeric ascii lowercase uppercase underscores hyphens spaces");

    /// <summary>Words that make a description of a member one of something else, or of less than all requests.</summary>
    public static readonly HashSet<string> Doubtful = Set(
        "not no never without or if when unless except only mode model plan tier user users free pro premium version account endpoint resolution per each "
        + "every depending result results detected returned cost costs credit credits must should can cannot may might will would could than more less "
        + "above below over under between until before after while where which that negative other another soft");

    /// <summary>Words that stand for several of a thing, or for the thing itself: "list of images", "image files".</summary>
    public static readonly HashSet<string> Containers = Set(
        "list set array number sequence collection url urls file files weights parameter value string text input inputs");

    /// <summary>Words behind which another noun begins.</summary>
    public static readonly HashSet<string> Links = Set("of in with for to from by on at as about used within inside");

    /// <summary>Phrases behind a limit that say nothing more.</summary>
    public static readonly string[][] Phrases =
    [
        .. "in size|in length|in total|in duration|at the moment|at once|at a time|at the same time|in the same request|can be provided|can be specified"
            .Split('|').Select(phrase => phrase.Split(' ')),
        .. "can be uploaded|can be supplied|can be passed|can be given|can be included|may be provided|may be given|a request can|a request|a call|per file"
            .Split('|').Select(phrase => phrase.Split(' ')),
        .. "can be used|may be used|can be passed in|can be sent".Split('|').Select(phrase => phrase.Split(' ')),
        .. "but not both|not both|or both|you must|or neither".Split('|').Select(phrase => phrase.Split(' ')),
    ];

    /// <summary>Units behind a limit of a kind.</summary>
    public static HashSet<string> UnitsOf(ParameterRule rule) => rule switch
    {
        { Kind: ParameterRuleKind.Length or ParameterRuleKind.ItemLength } => _ofTexts,
        { Kind: ParameterRuleKind.Count or ParameterRuleKind.ItemsWith } => _ofLists,
        { Kind: ParameterRuleKind.TotalCount } => _ofTotals,
        { Kind: ParameterRuleKind.Sum } => _ofSeconds,
        { Kind: ParameterRuleKind.Sides or ParameterRuleKind.Area or ParameterRuleKind.Aspect } => _ofSides,
        { Kind: ParameterRuleKind.File, File: { MaxFileSize: not null } } => _ofBytes,
        { Kind: ParameterRuleKind.File, File.Formats.Count: > 0 } => _ofFormats,
        { Kind: ParameterRuleKind.File, File: { MinDuration: not null } or { MaxDuration: not null } } => _ofDurations,
        { Kind: ParameterRuleKind.File } => _ofSides,
        _ => _ofNumbers,
    };

    private static readonly HashSet<string> _ofTexts = Set("character characters char chars long length text string each utf-8");
    private static readonly HashSet<string> _ofLists = Set("item items entry entries file files url urls list array length reference input");
    private static readonly HashSet<string> _ofTotals = Set("item items file files image images input inputs total in");
    private static readonly HashSet<string> _ofSides = Set("px pixel pixels each fps");
    private static readonly HashSet<string> _ofBytes = Set("mb megabyte megabytes mib gb gigabytes gib kb kilobytes kib size file files each");
    private static readonly HashSet<string> _ofSeconds = Set("s sec secs second seconds");
    private static readonly HashSet<string> _ofDurations = Set("s sec secs second seconds min mins minute minutes hour hours duration long length file each");
    private static readonly HashSet<string> _ofFormats = Set("format formats file files type types extension extensions in image images video videos audio");
    private static readonly HashSet<string> _ofNumbers = Set("ms s seconds number inclusive");

    private static HashSet<string> Set(string words) => new(words.Split(' '), StringComparer.Ordinal);
}
