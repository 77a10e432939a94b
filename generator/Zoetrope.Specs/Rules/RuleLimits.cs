using Zoetrope.Specs.Model;

namespace Zoetrope.Specs.Rules;

/// <summary>Decides what a number in a sentence limits: a count, a length, a number or a file, by its unit and by the type of the member.</summary>
internal static class RuleLimits
{
    private static readonly string[] _characters = ["character", "characters", "chars", "char", "letters", "symbols", "utf-8"];

    // Words that are neither nouns of items nor units: the number is alone.
    private static readonly string[] _noUnit =
    [
        "inclusive", "is", "are", "and", "or", "for", "in", "at", "to", "per", "each", "total", "supported", "allowed", "required", "recommended", "when",
        "if", "with", "of", "as", "the", "but", "by", "on", "will", "can", "may", "max", "maximum", "min", "minimum", "only", "that", "which", "else", "from",
        "based",
    ];

    private static readonly string[] _items =
    [
        "image", "video", "audio", "file", "url", "item", "element", "entry", "lora", "voice", "reference", "clip", "sample", "track", "frame", "photo",
        "picture", "keyframe", "object", "prompt", "embedding", "controlnet", "keyterm", "word", "term", "mask", "character", "segment", "scene", "shot",
    ];

    private static readonly string[] _otherUnits =
    [
        "ms", "millisecond", "milliseconds", "msec", "frame", "frames", "minute", "minutes", "min", "mins", "hour", "hours", "samples", "beats", "bars",
    ];

    // Words of the names of files that last some time.
    private static readonly string[] _played =
        ["video", "audio", "media", "clip", "voice", "sound", "speech", "song", "music", "track", "recording", "movie", "footage", "vocal", "animation"];

    private static readonly string[] _all = ["combined", "total", "overall", "sum", "altogether", "collectively"];

    /// <summary>Whether a word is a noun that lists have as items.</summary>
    public static bool IsItem(string word) => Array.IndexOf(_items, RuleWords.Singular(word)) >= 0;

    /// <summary>Whether a word is a unit of the length of a text.</summary>
    public static bool IsCharacter(string word) => Array.IndexOf(_characters, word) >= 0;

    /// <summary>The rule of a range.</summary>
    /// <param name="f">The match.</param>
    /// <param name="min">The least.</param>
    /// <param name="max">The greatest.</param>
    /// <param name="unit">The words behind the number; those behind the match where they are not captured.</param>
    /// <param name="needsNoun">Whether a number without a noun means nothing.</param>
    /// <param name="isExclusive">Whether the limits themselves are out.</param>
    public static ParameterRule? Of(
        RuleFinding f, decimal? min, decimal? max, List<RuleToken>? unit = null, bool needsNoun = false, bool isExclusive = false)
    {
        var after = unit ?? Following(f);
        var noun = after.Count > 0 && Array.IndexOf(_noUnit, after[0].Lower) < 0 ? after[0].Lower : null;
        if (min > max || IsOfAll(f))
            return null;
        if (noun is null)
            return needsNoun ? null : Bare(f, min, max, isExclusive);
        if (IsCharacter(noun) || after.Skip(1).Take(1).Any(token => IsCharacter(token.Lower)))
            return Characters(f, min, max, isExclusive);
        return noun switch
        {
            "mb" when after[0].Text == "Mb" => f.No("a megabit is not a size of a file"),
            "mb" or "megabyte" or "megabytes" or "mib" => Bytes(f, max, 1L << 20),
            "gb" or "gigabytes" or "gib" => Bytes(f, max, 1L << 30),
            "kb" or "kilobytes" or "kib" => Bytes(f, max, 1L << 10),
            "ms" or "milliseconds" or "millisecond" => f.Self.IsNumber && f.Self.Words.Contains("ms") ? Number(f, min, max, isExclusive) : null,
            "s" or "sec" or "secs" or "second" or "seconds" => Seconds(f, min, max, 1),
            "min" or "mins" or "minute" or "minutes" => Seconds(f, min, max, 60),
            "hour" or "hours" => Seconds(f, min, max, 3600),
            "px" or "pixel" or "pixels" or "words" or "tokens" or "lines" or "fps" or "%" => null,
            _ => Items(f, min, max, after, isExclusive),
        };
    }

    /// <summary>The rule that a number is so many times another one, and a rest.</summary>
    public static ParameterRule? Multiple(RuleFinding f, decimal? divisor, decimal rest)
    {
        if (divisor is not > 0)
            return null;
        if (f.Self.Sides is not null)
            return rest == 0 ? f.Rule(ParameterRuleKind.Sides, f.Self) with { Range = new() { MultipleOf = divisor } } : null;
        return !f.Self.IsNumber ? f.No("it is not a number")
            : f.Rule(ParameterRuleKind.Value, f.Self) with { Range = new() { MultipleOf = divisor, Remainder = rest } };
    }

    /// <summary>The words behind the match.</summary>
    private static List<RuleToken> Following(RuleFinding f) =>
        [.. f.Captures.Tokens.Skip(f.Captures.End).TakeWhile(token => token.Kind == RuleTokenKind.Word).Take(3)];

    /// <summary>Whether the clause of the number is about all values together, or all files of a list.</summary>
    private static bool IsOfAll(RuleFinding f)
    {
        var clause = RuleClauses.Around(f.Captures.Tokens, f.Captures.Start, f.Captures.End);
        return clause.Exists(token => Array.IndexOf(_all, token.Lower) >= 0);
    }

    private static ParameterRule? Bare(RuleFinding f, decimal? min, decimal? max, bool isExclusive)
    {
        if (f.Self.IsList)
            return Count(f, min, max, isExclusive);
        // A length without a unit may count tokens or words.
        if (f.Self.IsText && f.Captures.Tokens.GetRange(f.Captures.Start, f.Captures.End - f.Captures.Start).Exists(token => token.Is("length")))
            return f.No("it does not say what is counted");
        return f.Self.IsNumber ? Number(f, min, max, isExclusive) : null;
    }

    private static ParameterRule? Items(RuleFinding f, decimal? min, decimal? max, List<RuleToken> after, bool isExclusive)
    {
        var words = after.ConvertAll(token => RuleWords.Singular(token.Lower));
        var isNamed = words.Exists(f.Self.Words.Contains);
        if (f.Self.IsList && IsWithTotalSize(f))
            return f.No("it limits the size of all files together as well");
        if (f.Self.IsList)
            return isNamed || words.Exists(IsItem) ? Count(f, min, max, isExclusive) : null;
        // "Max 4 images" limits num_images, and not the strength of something in images.
        return f.Self.IsNumber && isNamed ? Number(f, min, max, isExclusive) : null;
    }

    private static bool IsWithTotalSize(RuleFinding f) =>
        f.Captures.Tokens.Exists(token => token.Is("total")) && f.Captures.Tokens.Exists(token => token.Lower is "mb" or "gb");

    private static ParameterRule? Count(RuleFinding f, decimal? min, decimal? max, bool isExclusive)
    {
        // A list that may be left out may be empty too, whatever the words say of the least number.
        if (!f.Self.IsRequired || min < 1)
            min = null;
        return min is null && max is null ? f.No("the list may be left out") : Limit(f, ParameterRuleKind.Count, min, max, isExclusive);
    }

    private static ParameterRule? Characters(RuleFinding f, decimal? min, decimal? max, bool isExclusive)
    {
        if (f.Self.IsText)
            return Limit(f, ParameterRuleKind.Length, f.Self.IsRequired || min > 1 ? min : null, max, isExclusive);
        return f.Self.IsList && IsEach(f) ? Limit(f, ParameterRuleKind.ItemLength, min, max, isExclusive) : null;
    }

    /// <summary>Whether the sentence is about each item.</summary>
    private static bool IsEach(RuleFinding f) =>
        f.Captures.Tokens.Exists(token => token.Lower is "each" or "every" or "per" or "apiece");

    private static ParameterRule? Number(RuleFinding f, decimal? min, decimal? max, bool isExclusive) =>
        Limit(f, ParameterRuleKind.Value, min, max, isExclusive);

    private static ParameterRule? Limit(RuleFinding f, ParameterRuleKind kind, decimal? min, decimal? max, bool isExclusive)
    {
        // Of whole numbers the limit itself is left out by the next one.
        var isWhole = kind != ParameterRuleKind.Value;
        if (!IsUsable(min, isWhole) || !IsUsable(max, isWhole))
            return f.No("the number is not a limit of this kind");
        if (isExclusive && isWhole)
            (min, max) = (min + 1, max - 1);
        var isOut = isExclusive && !isWhole;
        if (min is null && max is null)
            return null;
        return f.Rule(kind, f.Self) with
        {
            Range = new() { Minimum = min, Maximum = max, ExclusiveMinimum = isOut && min is not null, ExclusiveMaximum = isOut && max is not null },
        };
    }

    /// <summary>Whether a number can be a limit: a count has no fraction, and is not greater than there can be items.</summary>
    private static bool IsUsable(decimal? number, bool isWhole) =>
        number is not { } given || !isWhole || (given >= 0 && given < int.MaxValue && given == decimal.Truncate(given));

    /// <summary>Whether a description has a unit of time beside seconds, in which the number may be counted.</summary>
    private static bool IsOfOtherUnit(string text) => RuleTokens.Of(text).Exists(static token => Array.IndexOf(_otherUnits, token.Lower) >= 0);

    private static ParameterRule? Bytes(RuleFinding f, decimal? max, long unit) =>
        max is > 0 and < 1_000_000 and var size && f.Self.IsFile ? RuleForms.File(f, new() { MaxFileSize = (long)(size * unit) }) : null;

    private static ParameterRule? Seconds(RuleFinding f, decimal? min, decimal? max, int unit)
    {
        if (min >= 1_000_000 || max >= 1_000_000)
            return f.No("the number is not a duration of a file");
        if (f.Self.IsFile && !f.Self.Words.Exists(word => Array.IndexOf(_played, word) >= 0))
            return f.No("the file has no duration");
        if (f.Self.IsFile)
            return RuleForms.File(f, new() { MinDuration = Text(min * unit), MaxDuration = Text(max * unit) });
        var isSeconds = f.Self.IsNumber && f.Self.Words.Exists(word => word is "duration" or "second" or "length") && !f.Self.Words.Contains("ms");
        return isSeconds && unit == 1 && !IsOfOtherUnit(f.Self.AllText) ? Number(f, min, max, isExclusive: false) : null;

        static string? Text(decimal? value) => value is { } given ? ValueRange.Text(given) : null;
    }
}
